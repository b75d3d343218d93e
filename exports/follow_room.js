/* Follows the news of a room, until what it returns is called: one stream per window, closed while nobody looks, since
   a browser opens at most six connections to one host over http. The phone's script, the pages of who leads and the
   projector are each joined behind this file (exports/follower.py). Plain functions, for old phones.
   `told` is called with what happened: "open", "beat", or "change" and its text; and "error" where the stream broke
   off, with true where the server refused it. It is asked for again all the same. */
function followRoom(url, told) {
  var source = null, heard, looking = setInterval(look, 5000);

  function hear(event) { heard = Date.now(); told(event.type, event.data); }
  function open() {
    if (source || document.hidden || !window.EventSource) return;
    heard = Date.now();
    source = new EventSource(url);
    ["open", "beat", "change"].forEach(function (kind) { source.addEventListener(kind, hear); });
    source.onerror = function () {
      var isRefused = source.readyState === 2;
      if (isRefused) close();
      told("error", isRefused);
    };
  }
  function close() { if (source) source.close(); source = null; }
  function look() {
    // A network can end without an error. The stream says something every 15 seconds: two beats missed, and it is gone.
    if (source && Date.now() - heard > 35000) {
      close();
      told("error");
      open();
      // The next try comes after ten seconds.
      heard -= 25000;
    }
    open();
  }
  function turn(event) { close(); if (event.type !== "pagehide") open(); }
  function each(verb) {
    ["visibilitychange", "pagehide", "online"].forEach(function (kind) { window[verb + "EventListener"](kind, turn, true); });
  }
  each("add");
  open();
  return function () { clearInterval(looking); each("remove"); close(); };
}
