// Remembered in the window, since a component may be mounted anew: then nothing moves a second time.
export default function ({ data }) {
  const memory = (window.handslagInSight ??= {}), before = memory[data.about];
  memory[data.about] = data.place;
  if (before === data.place || (before === undefined && !data.field)) return;
  const app = () => document.querySelector("[data-testid=stApp]");
  const find = () => !data.field
    ? document.querySelector("[data-testid=stMain] h1")
    : document.querySelector(`.st-key-${data.about} .st-key-${data.field} :is(textarea, input, button)`);
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
}
