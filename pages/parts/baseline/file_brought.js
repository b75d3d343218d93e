// The file goes to the page's callback as base64; one that is too large does not travel.
export default function ({ data, parentElement, setTriggerValue }) {
  const field = parentElement.querySelector("input");
  parentElement.querySelector("b").textContent = data.label;
  field.accept = data.accepts;
  field.onchange = () => {
    const file = field.files[0];
    if (!file) return;
    if (file.size > data.limit) {
      setTriggerValue("file", { name: file.name, content: "", too_large: true });
    } else {
      const reader = new FileReader();
      reader.onload = () => setTriggerValue("file", { name: file.name, content: reader.result.split(",")[1] || "" });
      reader.readAsDataURL(file);
    }
    field.value = "";
  };
}
