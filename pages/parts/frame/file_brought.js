// The file goes to a route of ours; what that answers goes to the page's callback.
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
      if (answer.ok) setTriggerValue("sent", told);
    } catch (error) {
      say("", data.failed);
    }
    field.disabled = false;
  };
  field.onchange = () => {
    if (field.files[0]) send(field.files[0]);
    field.value = "";
  };
}
