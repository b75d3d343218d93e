/* How long a round still lasts, in whole minutes by the server's clock, as words and as blocks.
   It changes once a minute: nothing moves. Without this script stands until what time the round lasts. */
(function () {
  "use strict";
  var MINUTE = 60000, LOOKS_EVERY = 1000;
  var own = document.querySelector("script[data-now]"), ahead = Number(own.getAttribute("data-now")) - Date.now();

  function tell() {
    var clocks = document.querySelectorAll("[data-until]");
    for (var place = 0; place < clocks.length; place += 1) show(clocks[place]);
  }
  function show(clock) {
    var words = clock.querySelector("span"), left = Number(clock.getAttribute("data-until")) - Date.now() - ahead;
    var minutes = Math.max(0, Math.ceil(left / MINUTE)), name = minutes > 1 ? "data-many" : minutes ? "data-last" : "data-over";
    var told = clock.getAttribute(name).replace("{n}", minutes);
    if (words.textContent !== told) words.textContent = told;
    blocks(clock.querySelector(".blocks"), minutes, Number(clock.getAttribute("data-minutes")));
  }
  function blocks(line, left, all) {
    if (line.getAttribute("data-shown") === left + "/" + all) return;
    line.setAttribute("data-shown", left + "/" + all);
    line.textContent = "";
    for (var minute = 0; minute < Math.max(left, all); minute += 1) {
      line.appendChild(document.createElement("i")).className = minute < left ? "on" : "";
    }
  }
  tell();
  setInterval(tell, LOOKS_EVERY);
  // What the room's news brought is told at once.
  if (window.MutationObserver) new MutationObserver(tell).observe(document.body, { childList: true, subtree: true });
})();
