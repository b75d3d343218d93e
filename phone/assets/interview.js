/* An interview on a phone: what is typed stands here until the server has it, is sent by itself, and then leaves.
   Without this script everything still works, by plain forms. Plain functions for old phones over plain http. */
(function () {
  "use strict";
  var PAUSE = 2500, RETRY = 5000, PATIENCE = 15000, doc = document, main = doc.getElementById("main");
  if (!main || !main.getAttribute("data-kept") || !window.XMLHttpRequest || !window.JSON) return;
  var PLACE = main.getAttribute("data-place"), LAST = number(main.getAttribute("data-last")), LIMIT = number(main.getAttribute("data-limit"));
  // Not under the link itself: who finds it here could type under it.
  var KEY = "handslag-interview-" + main.getAttribute("data-kept") + "-";
  var memory = {}, field = doc.getElementById("text"), form = one("[data-note-form]"), current = null, taps = [];
  var stored = number(main.getAttribute("data-stored")), sending = false, isStopped = false, isFull = false, timer = null, retry = null, sentAt = "";

  function one(selector) { return doc.querySelector(selector); }
  function all(selector) { return [].slice.call(doc.querySelectorAll(selector)); }
  function number(text) { return parseInt(text, 10) || 0; }
  function show(selector, yes) { all(selector).forEach(function (element) { element.hidden = !yes; }); }
  function randomName() {
    var bytes = new Uint8Array(12);
    window.crypto.getRandomValues(bytes);
    return [].map.call(bytes, function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  }
  function now() {
    var at = new Date();
    return main.getAttribute("data-colon").replace("{hour}", at.getHours()).replace("{minute}", ("0" + at.getMinutes()).slice(-2));
  }

  /* ---- On this phone ---- */
  function keep(note) {
    memory[note.key] = note;
    try {
      localStorage.setItem(KEY + note.key, JSON.stringify(note));
      isFull = false;
    } catch (error) { isFull = true; }
    show("[data-full]", isFull && (note.text || "") !== "");
  }
  function drop(note) {
    delete memory[note.key];
    try { localStorage.removeItem(KEY + note.key); } catch (error) { /* private window: it stood in this page only */ }
  }
  function fromBefore() {
    var found = [];
    try {
      for (var place = 0; place < localStorage.length; place++) {
        var name = localStorage.key(place);
        if (name.indexOf(KEY) === 0) found.push(JSON.parse(localStorage.getItem(name)));
      }
    } catch (error) { /* private window */ }
    return found.sort(function (a, b) { return a.at - b.at; });
  }
  function waiting() {
    return Object.keys(memory).map(function (key) { return memory[key]; })
      .filter(function (note) { return note.isDone; })
      .sort(function (a, b) { return a.at - b.at; });
  }

  /* ---- The note at hand ---- */
  function fresh(question) { return { key: randomName(), question: question, text: "", themes: [], sequence: 0, acked: 0, isDone: false, at: Date.now() }; }
  function chosen() {
    return all(".chip input").filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
  }
  function typed() {
    if (current === null) return;
    current.text = field.value;
    current.themes = chosen();
    current.sequence += 1;
    if (current.text.trim()) keep(current); else drop(current);
    tellKept();
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE);
  }
  /* A quote ends at the end of a word: what is longer than one note goes as several. */
  function finish() {
    var rest = current.text.trim(), cut;
    drop(current);
    while (rest) {
      cut = rest.length;
      if (cut > LIMIT) {
        cut = Math.max(rest.lastIndexOf("\n", LIMIT - 1), rest.lastIndexOf(" ", LIMIT - 1));
        if (cut <= 0) cut = LIMIT - 1;
        if (/[\uD800-\uDBFF]/.test(rest.charAt(cut - 1))) cut -= 1;
      }
      current.text = rest.slice(0, cut);
      current.isDone = true;
      current.sequence += 1;
      current.at = Date.now();
      keep(current);
      rest = rest.slice(cut).trim();
      if (rest) current = { key: randomName(), question: current.question, text: "", themes: current.themes, sequence: 0, acked: 0, isDone: false, at: Date.now() };
    }
  }
  function view(question) {
    var at = Math.min(Math.max(question, 1), LAST), name = question < 1 ? "start" : question > LAST ? "end" : "ask";
    all("[data-view]").forEach(function (section) { section.hidden = section.getAttribute("data-view") !== name; });
    var asked = one('[data-to="' + at + '"]'), next = one("[data-next] span"), words = one("[data-number]");
    one("[data-question]").textContent = asked.textContent;
    words.textContent = words.getAttribute("data-words").replace("{number}", at).replace("{count}", LAST);
    next.textContent = next.getAttribute(at < LAST ? "data-next-words" : "data-last-words");
    main.setAttribute("data-shown", question);
    // Where the language is changed, and after a reload, this question stands.
    if (window.history.replaceState) history.replaceState(null, "", PLACE + "?question=" + question);
    all("input[name=back]").forEach(function (back) { back.value = PLACE + "?question=" + question; });
  }
  function draw() {
    field.value = current.text;
    all(".chip input").forEach(function (box) { box.checked = current.themes.indexOf(box.value) >= 0; });
    taps = [];
    offerUndo();
    tellKept();
  }
  function go(question) {
    if (current.text.trim()) finish();
    current = fresh(Math.min(Math.max(question, 1), LAST));
    view(question);
    draw();
    one("[data-view]:not([hidden]) h1").focus();
    window.scrollTo(0, 0);
    flush();
  }
  function offerUndo() {
    var button = one("[data-undo]"), words = button.querySelector("[data-words]"), last = taps[taps.length - 1];
    button.hidden = !last;
    if (last) words.textContent = words.getAttribute("data-words").replace("{theme}", last.parentNode.textContent.trim());
  }

  /* ---- What one is told ---- */
  function counted(element, count) {
    element.textContent = count === 1 ? element.getAttribute("data-one") : element.getAttribute("data-many").replace("{n}", count);
  }
  function tellKept() {
    var waits = waiting().length, foot = one("[data-foot] span"), hasText = current && current.text.trim() !== "";
    counted(one("[data-count]"), stored + waits);
    show("[data-waits]", waits > 0);
    if (waits) counted(one("[data-waits] b"), waits);
    show("[data-all-sent]", waits === 0);
    show("[data-foot]", !isFull && (hasText || waits > 0 || sentAt !== ""));
    foot.textContent = hasText || waits ? foot.getAttribute("data-kept-at").replace("{time}", now()) : foot.getAttribute("data-sent-at").replace("{time}", sentAt);
  }
  function offline(yes) { show("[data-offline]", yes); }
  function refused(words) {
    isStopped = true;
    offline(false);
    show("[data-refused]", true);
    one("[data-refused-text]").textContent = words;
    var left = one("[data-left]");
    left.textContent = "";
    waiting().forEach(function (note) {
      var line = doc.createElement("p");
      line.className = "left";
      line.dir = "auto";
      line.textContent = note.text;
      left.appendChild(line);
    });
  }

  /* ---- Sending: one at a time, finished ones first, until the server says that it has them ---- */
  function flush() {
    clearTimeout(retry);
    if (sending || isStopped) return;
    var note = waiting()[0];
    if (!note && current && current.text.trim() && current.acked < current.sequence && current.text.length <= LIMIT) note = current;
    if (note) send(note);
  }
  function again() { retry = setTimeout(flush, RETRY); }
  function send(note) {
    var request = new XMLHttpRequest(), sequence = note.sequence, isDone = note.isDone;
    sending = true;
    request.open("POST", PLACE);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.timeout = PATIENCE;
    request.onload = function () {
      var told = null;
      sending = false;
      try { told = JSON.parse(request.responseText); } catch (error) { /* a wall of a guest network */ }
      if (request.status === 200 && told && told.note === note.key) {
        offline(false);
        stored = told.stored;
        one("[data-phones] span").textContent = told.phones;
        show("[data-phones]", told.phones !== "");
        sentAt = now();
        note.acked = sequence;
        // What is finished leaves this phone. What is still being typed stays with who types it.
        if (isDone) drop(note);
        tellKept();
        flush();
      } else if (told && told.error === "request_reused") {
        // What this phone began was taken in without it: all of it goes again, under another name.
        drop(note);
        note.key = randomName();
        keep(note);
        flush();
      } else if (told && told.message && request.status !== 429 && request.status < 500) {
        refused(told.message);
      } else { offline(!told || !told.message); again(); }
    };
    request.onerror = request.ontimeout = function () {
      sending = false;
      offline(true);
      again();
    };
    request.send([["note", note.key], ["sequence", sequence], ["question", note.question], ["text", note.text], ["finished", isDone ? 1 : 0]]
      .concat(note.themes.map(function (theme) { return ["theme", theme]; }))
      .map(function (pair) { return pair[0] + "=" + encodeURIComponent(pair[1]); }).join("&"));
  }

  /* ---- Begin: what stood here before the screen went dark comes back ---- */
  fromBefore().forEach(function (note) {
    memory[note.key] = note;
    if (note.isDone) return;
    // One note is being typed; an older one that was left is finished.
    if (current) { current.isDone = true; keep(current); }
    current = note;
  });
  // The page that this phone kept was made for another question than the address may ask for.
  var asked = /[?&]question=(\d+)/.exec(location.search), shown = number(asked ? asked[1] : main.getAttribute("data-shown"));
  if (current) { if (!asked || shown >= 1 && shown <= LAST) shown = current.question; }
  else current = fresh(Math.min(Math.max(shown, 1), LAST));
  // A form that came back with what was wrong holds what was typed.
  if (!current.text && field.defaultValue.trim()) { current.text = field.defaultValue; current.themes = chosen(); }
  view(shown);
  draw();

  field.addEventListener("input", typed);
  all(".chip input").forEach(function (box) {
    box.addEventListener("change", function () {
      taps.push(box);
      offerUndo();
      typed();
    });
  });
  one("[data-undo]").addEventListener("click", function () {
    var box = taps.pop();
    box.checked = !box.checked;
    if (taps.length) offerUndo(); else { box.focus(); offerUndo(); }
    typed();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  one("[data-next]").addEventListener("click", function () { go(number(main.getAttribute("data-shown")) + 1); });
  one("[data-more]").addEventListener("click", function () { go(number(main.getAttribute("data-shown"))); });
  all("[data-to]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      var box = one(".all");
      go(number(link.getAttribute("data-to")));
      if (box) box.open = false;
    });
  });
  one("[data-explained]").addEventListener("submit", function (event) {
    var request = new XMLHttpRequest();
    event.preventDefault();
    request.open("POST", PLACE + "/explained");
    request.setRequestHeader("Accept", "application/json");
    request.send();
    go(1);
  });
  doc.addEventListener("visibilitychange", flush);
  window.addEventListener("online", flush);
  window.addEventListener("pagehide", flush);
  // Another window of this phone has the same note: this one stops, so that neither overwrites the other.
  window.addEventListener("storage", function (event) {
    if (current && event.key === KEY + current.key && event.newValue && JSON.parse(event.newValue).text !== current.text) location.reload();
  });
  flush();

  /* ---- The page itself, where a phone may keep it ---- */
  var canKeep = "serviceWorker" in navigator && window.isSecureContext;
  show("[data-works-without]", canKeep);
  show("[data-plain]", !canKeep);
  if (canKeep) {
    window.addEventListener("load", function () {
      navigator.serviceWorker.register("/i/worker.js", { scope: "/i/" }).then(function () { return navigator.serviceWorker.ready; }).then(function (worker) {
        var parts = all("link[rel=stylesheet], link[rel=icon]").map(function (link) { return link.href; })
          .concat(all("script[src]").map(function (script) { return script.src; }));
        worker.active.postMessage({ keep: [location.origin + PLACE].concat(parts) });
      }).catch(function () {
        show("[data-works-without]", false);
        show("[data-plain]", true);
      });
    });
  }
})();
