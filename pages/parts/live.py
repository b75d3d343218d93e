"""News of the room: one component per page, which listens to the room's stream and runs the live parts again."""

import streamlit as st

from pages.parts.whole_page import is_standing, page_stands

# A hidden window closes its stream: a browser opens at most six connections to one host over http.
_SCRIPT = """export default function ({ data, setTriggerValue }) {
  let source = null, seen = null, changes = 0;
  const listen = () => {
    source = new EventSource(data.url);
    source.addEventListener("change", (event) => {
      if (event.data !== seen) { seen = event.data; setTriggerValue("change", ++changes); }
    });
  };
  const silence = () => { if (source) { source.close(); source = null; } };
  const follow = () => { if (document.hidden) silence(); else if (!source) listen(); };
  document.addEventListener("visibilitychange", follow);
  follow();
  return () => { document.removeEventListener("visibilitychange", follow); silence(); };
}"""
_component = st.components.v2.component("handslag_live", js=_SCRIPT)

STEP_BAR = "step_bar"


def live(code: str, *fragments: str, kind: str = "page") -> None:
    """Run the fragments with these keys again at every change in the room with join code `code`.

    Call it once per page, last, outside every fragment. The step bar's own fragment is added on facilitators'
    pages. `kind` is `page` (at most twice a second) or `projector` (at once). A fragment reads the database; the
    news itself only says that something changed.
    """
    keys = [STEP_BAR, *fragments] if kind == "page" else list(fragments)
    _component(
        key=f"live_{code}",
        data={"url": f"/p/{code}/live?as={kind}"},
        on_change_change=lambda: _draw_again(keys),
    )
    page_stands()


def _draw_again(fragments: list[str]) -> None:
    if is_standing():
        st.rerun(fragments)
