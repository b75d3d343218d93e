// Asks for the file itself, so that the page can say how long it takes. What lasts less than two seconds says nothing.
const PATIENCE = 2000;

export default function ({ data, parentElement }) {
  const link = parentElement.querySelector("a"), waits = parentElement.querySelector(".waits");
  const status = parentElement.querySelector("[role=status]"), clock = status.nextElementSibling;
  const alert = parentElement.querySelector("[role=alert]"), bar = parentElement.querySelector("progress");
  link.href = data.address;
  link.className = data.kind;
  link.querySelector("b").textContent = data.label;
  bar.setAttribute("aria-label", data.making);

  const keep = async (answer) => {
    const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
    const address = URL.createObjectURL(await answer.blob());
    const saves = document.createElement("a");
    saves.href = address;
    saves.download = name ? name[1] : "";
    saves.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  };
  link.onclick = async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.getAttribute("aria-disabled") === "true") return;
    const began = Date.now();
    const tick = () => {
      const passed = Date.now() - began;
      if (passed < PATIENCE) return;
      if (waits.hidden) { waits.hidden = false; bar.hidden = false; status.textContent = data.making; }
      clock.textContent = data.seconds.replace("{seconds}", Math.floor(passed / 1000));
    };
    const ticking = setInterval(tick, 250);
    link.setAttribute("aria-disabled", "true");
    alert.textContent = status.textContent = clock.textContent = "";
    waits.hidden = true;
    try {
      const answer = await fetch(data.address, { headers: { Accept: "*/*, application/json;q=0.1" } });
      if (answer.ok) await keep(answer);
      else alert.textContent = await sentence(answer);
    } catch (error) {
      alert.textContent = data.failed;
    }
    clearInterval(ticking);
    link.removeAttribute("aria-disabled");
    bar.hidden = true;
    clock.textContent = "";
    status.textContent = alert.textContent || waits.hidden ? "" : data.done;
    waits.hidden = !status.textContent;
  };
  const sentence = async (answer) => {
    try { return (await answer.json()).message || data.failed; } catch (error) { return data.failed; }
  };
}
