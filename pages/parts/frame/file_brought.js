// The file goes to the page's callback as base64, where one that is too large does not travel; or to a route of ours.
export default function ({ data, parentElement, setTriggerValue }) {
  const field = parentElement.querySelector("input");
  const status = parentElement.querySelector("[role=status]"), alert = parentElement.querySelector("[role=alert]");
  const say = (busy, refused) => { status.textContent = busy; alert.textContent = refused; };
  parentElement.querySelector("b").textContent = data.label;
  field.accept = data.accepts;
  const send = async (file) => {
    const form = new FormData();
    form.append("file", file);
    say(data.busy, "");
    field.disabled = true;
    try {
      const answer = await fetch(data.address, { method: "POST", body: form, headers: { Accept: "application/json" } });
      const told = await answer.json();
      say("", answer.ok ? "" : told.message);
      if (answer.ok) setTriggerValue("sent", { event: told.event });
    } catch (error) {
      say("", data.failed);
    }
    field.disabled = false;
  };
  field.onchange = () => {
    const file = field.files[0];
    if (!file) return;
    if (data.address) {
      send(file);
    } else if (file.size > data.limit) {
      setTriggerValue("file", { name: file.name, content: "", too_large: true });
    } else {
      const reader = new FileReader();
      reader.onload = () => setTriggerValue("file", { name: file.name, content: reader.result.split(",")[1] || "" });
      reader.readAsDataURL(file);
    }
    field.value = "";
  };
}
