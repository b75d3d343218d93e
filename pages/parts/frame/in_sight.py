"""Where one looks and types after a click: the top of a new page, or the form that was just opened.

Streamlit keeps a page's scroll when the page changes, and leaves the focus on a button that is gone.
"""

import streamlit as st

# Remembered in the window, since a component may be mounted anew: then nothing moves a second time.
_SCRIPT = """export default function ({ data }) {
  const memory = (window.handslagInSight ??= {}), before = memory[data.about];
  memory[data.about] = data.place;
  if (before === data.place || (before === undefined && !data.field)) return;
  const app = () => document.querySelector("[data-testid=stApp]");
  const find = () => !data.field
    ? document.querySelector("[data-testid=stMain] h1")
    : document.querySelector(`.st-key-${data.about} .st-key-${data.field} :is(textarea, input)`);
  if (data.isPage) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  let tries = 0;
  const move = () => {
    const target = find();
    // While the page is still being made, what one finds may belong to the page that one leaves.
    if ((!target || app()?.dataset.testScriptState !== "notRunning") && ++tries < 600) {
      setTimeout(move, 50);
      return;
    }
    if (!target || memory[data.about] !== data.place) return;
    if (!data.isPage && !data.field) {
      document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
      return;
    }
    if (data.isPage) {
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
      return;
    }
    document.querySelector(`.st-key-${data.about}`).scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  };
  // Never taken back: the page may be drawn again, and this with it, before it is at rest.
  setTimeout(move, 50);
}"""
_component = st.components.v2.component("handslag_in_sight", js=_SCRIPT)


def begin_at_the_top(place: str) -> None:
    """Show a page from its top, with the focus on its heading, when `place` differs from the one before."""
    _component(key="in_sight_page", data={"about": "page", "place": place, "field": "", "isPage": True})


def show_the_top(about: str, place: str) -> None:
    """Show the page from its top when `place`, of what is called `about`, differs from the one before."""
    data = {"about": about, "place": place, "field": "", "isPage": False}
    _component(key=f"in_sight_{about}", data=data)


def bring_into_sight(key: str, field: str, opening: str) -> None:
    """Bring the container `key` into sight, with the focus in its field with the key `field`, once an `opening`."""
    data = {"about": key, "field": field, "place": opening, "isPage": False}
    _component(key=f"in_sight_{key}", data=data)
