/* Makes a participant's page live. Without it everything still works, by plain forms.
   Plain functions for old phones over plain http: no modules, no crypto.randomUUID, no service worker. */
(function () {
  "use strict";
  var doc = document, RETRY = 5000, PATIENCE = 400, SLOW = 4000, AGAIN = 450, FINGER = 44;
  var start = doc.getElementById("main");
  if (!start || !start.dataset.code || !window.fetch || !window.DOMParser || !window.URLSearchParams) return;
  // What the page was made for. A translator changes <html lang>, somebody else may join on this phone: these stand.
  var PATH = "/p/" + start.dataset.code, ME = start.dataset.me, LANGUAGE = start.dataset.language;
  // What a phone keeps is one person's: another who joins on it neither sees nor sends it.
  var KEY = "handslag-" + start.dataset.code + "-" + ME;
  var fetching = null, ahead = null, held = null, isConnected = null, pressed = null, newest = null, answered = null;
  var inFlight = {}, highest = {}, patience = {}, settled = {}, tries = {}, untried = {}, emptied = {}, tapped = null, isNews = false, turns = 0, removed = "", ticking = 0;

  function main() { return doc.getElementById("main"); }
  function all(selector, within) { return [].slice.call((within || doc).querySelectorAll(selector)); }
  function number(text) { return parseInt(text, 10) || 0; }
  // What came too late is told in this window, and that the rule was read; neither is kept for ever.
  function shelf(name) { return name === "-late" || name === "-rule" ? sessionStorage : localStorage; }
  function kept(name) { try { return shelf(name).getItem(KEY + name); } catch (error) { return memory[name] || null; } }
  function keep(name, text) {
    memory[name] = text;
    try { if (text) shelf(name).setItem(KEY + name, text); else shelf(name).removeItem(KEY + name); } catch (error) { /* private window: this page remembers */ }
  }
  function stock(name) { try { return JSON.parse(kept(name)) || {}; } catch (error) { return {}; } }
  function restock(name, things) { keep(name, Object.keys(things).length ? JSON.stringify(things) : ""); }
  function forget(name, key) { var things = stock(name); delete things[key]; restock(name, things); }
  var memory = {};
  function counted(element, count) {
    element.textContent = count === 1 ? element.dataset.one
      : element.dataset.many.replace("{n}", count.toLocaleString(LANGUAGE));
  }
  function say(text) { var line = doc.getElementById("say"); if (line) line.textContent = text; }
  function randomId() {
    var bytes = new Uint8Array(12);
    window.crypto.getRandomValues(bytes);
    return [].map.call(bytes, function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
  }
  function ask(url, options) {
    options.credentials = "same-origin";
    options.cache = "no-store";
    return Promise.race([fetch(url, options), new Promise(function (done, fail) { setTimeout(fail, 2 * RETRY); })]);
  }
  function send(url, fields, kind) {
    return ask(url, { method: "POST", body: new URLSearchParams(fields.concat([["me", ME]])), headers: { Accept: kind || "application/json" } });
  }
  function connected(yes) {
    isConnected = yes;
    all("[data-online]").forEach(function (line) { line.hidden = yes !== true; });
    all("[data-offline]").forEach(function (line) { line.hidden = yes !== false; });
  }

  /* ---- What is typed is never lost ---- */
  function fields(within) { return all("textarea:not([readonly]), input[type=text]", within); }
  function isAside(field) { var form = field.form; return form && form.hasAttribute("data-reason") && !form.hasAttribute("data-open"); }
  function isDirty(field) { return field.id !== "first-step" && !isAside(field) && field.value !== field.defaultValue && field.value.trim() !== ""; }
  function isBusy(within) {
    return !within && wordsOfOthers().length > 0 || fields(within).some(function (field) { return isDirty(field) || (field === doc.activeElement && field.value.trim() !== "" && field.id !== "first-step"); });
  }
  function hasOpenChoice() {
    return Object.keys(queue()).some(function (key) { return askOf(key); });
  }
  /* As the server counts: characters of the text as it will be kept, whatever they take in here. */
  function letters(text) {
    return (text.normalize ? text.normalize() : text).trim().replace(/[^\S\n]*(\s)[^\S\n]*/g, "$1").replace(/\n{3,}/g, "\n\n").replace(/[\uD800-\uDBFF]./g, "_").length;
  }
  function countLetters(counter) {
    var field = doc.getElementById(counter.dataset.counts), left = field ? number(field.dataset.room) - letters(field.value) : 0;
    if (left < 0) counter.textContent = counter.dataset.over.replace("{n}", -left);
    else if (field) counted(counter, left);
  }
  /* What came for a part, but for a form's request id, which is new each time. */
  function made(part) { return part.innerHTML.replace(/"[0-9a-f]{24}"/g, ""); }
  /* Words that were typed and not sent: by voice and field, until they are sent or thrown away. */
  function words() { return stock("-words"); }
  function placeOf(field) { return field.form && field.form.dataset.place || voice() + "|" + field.id; }
  function input(form, name) { return form.querySelector("[name=" + name + "]"); }
  function keepWords(field) {
    var known = words(), place = placeOf(field), before = known[place], at = field.closest(".ask");
    if (field.dataset.keep || field.readOnly || !field.id || /code|hidden/.test(field.className + field.type)) return;
    delete known[place];
    if (field.value.trim() && (field.value !== field.defaultValue || field.form.dataset.place)) {
      known[place] = at ? about(at, field.form.querySelector("[name=choice]").value) : before || {};
      known[place].text = field.value;
      // Other words are another post.
      if (field.form.dataset.place) input(field.form, "request_id").value = known[place].request = randomId();
    }
    restock("-words", known);
  }
  function about(at, choice) {
    var link = main().querySelector("a[aria-current][data-votes] [data-name]");
    return {
      round: at.dataset.round, item: at.dataset.item, choice: choice, label: labelOf(at, choice), who: voice() && link ? link.textContent : "",
      of: at.querySelector(".item").textContent, was: at.dataset.choice, counts: labelOf(at, at.dataset.choice), isNamed: !!at.dataset.named
    };
  }
  function labelOf(at, choice) {
    var button = choice && at.querySelector('.vote[value="' + choice + '"]');
    return button ? button.dataset.name : number(choice) ? choice + " ●" : "";
  }
  function wordsOfOthers() {
    var known = words();
    return Object.keys(known).filter(function (place) {
      return known[place].round === main().dataset.round && place.split("|")[0] !== voice() && doc.getElementById(place.split("|")[1]);
    });
  }
  function restore() {
    var known = words();
    fields().forEach(function (field) {
      var entry = known[placeOf(field)], box = field.closest("details");
      if (field.dataset.keep && !field.value) field.value = kept("-draft-" + field.dataset.keep) || "";
      if (!entry || field.value !== field.defaultValue) return;
      field.value = entry.text;
      if (box) box.open = true;
    });
    all("[data-unsent-draft]").forEach(function (box) {
      box.querySelector("textarea").value = kept("-draft-" + box.dataset.unsentDraft) || "";
      box.hidden = !box.querySelector("textarea").value;
    });
  }
  /* What came too late, and words whose field is no longer here: told on every page until their author is done with it. */
  function showLate() {
    var known = words(), choices = stock("-late"), old = doc.getElementById("lates"), box = doc.createElement("div"), pattern = doc.getElementById("late");
    if (old) old.parentNode.removeChild(old);
    Object.keys(known).forEach(function (place) {
      var entry = known[place], key = entry.item + (place[0] === "|" ? "" : ":" + place.split("|")[0]);
      if (!entry.item || doc.getElementById(place.split("|")[1])) return;
      if (!entry.request) { entry.request = randomId(); restock("-words", known); }
      box.appendChild(lateCard(pattern, entry, place, key, choices[key]));
      delete choices[key];
    });
    Object.keys(choices).forEach(function (key) {
      if (main().dataset.phase === "open" && main().dataset.round !== choices[key].round) forget("-late", key);
      else box.appendChild(lateCard(pattern, choices[key], "", key, choices[key]));
    });
    if (!box.firstChild) return;
    box.id = "lates";
    main().insertBefore(box, main().querySelector("[data-part=problem]").nextSibling);
    if (isNews) focusOn(box.querySelector("h2:not([hidden])"));
    isNews = false;
  }
  function lateCard(pattern, entry, place, key, choice) {
    var card = (pattern.content || pattern).querySelector("section").cloneNode(true), form = card.querySelector("form"), field = form.querySelector("textarea"), data = card.dataset;
    function part(name) { return card.querySelector("[data-" + name + "]"); }
    data.key = key;
    data.place = form.dataset.place = place;
    part("words-title").hidden = !!choice;
    part("late-choice").hidden = !choice || choice.isSent;
    part("sent").hidden = !entry.isSent;
    part("ok").hidden = !!place;
    if (!place) card.removeChild(form);
    part("of").textContent = (entry.who ? entry.who + ": " : "") + entry.of;
    if (choice && !choice.isSent) {
      var isSure = choice.isNamed || !choice.isTried;
      if (!isSure) part("unsure").textContent = part("unsure").dataset.unsure;
      part("label").textContent = choice.label;
      part("counted").textContent = (isSure ? "" : data.otherwise + " ") + (choice.counts ? data.what + " " + choice.counts + "." : data.none);
    }
    if (place) {
      field.id = "late-" + place;
      form.querySelector("label").htmlFor = field.id;
      field.value = field.defaultValue = entry.text;
      ["round", "item", "choice"].forEach(function (name) { input(form, name).value = entry[name]; });
      input(form, "voice").value = place.split("|")[0];
      input(form, "request_id").value = entry.request;
    }
    return card;
  }
  function wordsSent(form) {
    var key = form.closest("[data-key]").dataset.key, entry = words()[form.dataset.place] || {}, choices;
    drop(form);
    choices = stock("-late");
    choices[key + " sent"] = { isSent: true, round: entry.round, of: entry.of, who: entry.who };
    restock("-late", choices);
    isNews = true;
    showLate();
  }
  function drop(button) {
    var card = button.closest("[data-key], [data-unsent-draft]"), data = card.dataset;
    if (data.unsentDraft) { keep("-draft-" + data.unsentDraft, ""); card.hidden = true; return; }
    forget("-words", data.place);
    forget("-late", data.key);
    showLate();
  }
  function prepare() {
    all("[data-part], [data-hold] [data-id]").forEach(function (part) { part.made = made(part); });
    restore();
    all("[data-counts]").forEach(countLetters);
    all("[data-needs-script]").forEach(function (part) { part.hidden = false; });
    connected(isConnected);
    startTimer();
    showStep();
    resumeVotes();
    showLate();
  }
  doc.addEventListener("input", function (event) {
    var field = event.target;
    if (field.dataset.keep) keep("-draft-" + field.dataset.keep, field.value);
    else if (main().contains(field)) keepWords(field);
    all("[data-counts]").forEach(countLetters);
  });
  doc.addEventListener("focusout", function () {
    setTimeout(function () { if (held) { var page = held; held = null; merge(page, null); } }, 500);
  });

  /* ---- The facilitator's timer, by the server's clock. It closes nothing ---- */
  // What passed, however a phone's clock is set meanwhile.
  function passed() { return window.performance ? performance.now() : Date.now(); }
  function startTimer() {
    var line = main().querySelector("[data-ends]"), begun = passed();
    clearInterval(ticking);
    if (!line) return;
    var words = line.querySelector("span"), left = number(line.dataset.ends) - number(line.dataset.now);
    function tick() {
      var seconds = Math.ceil((left - passed() + begun) / 1000), isOver = seconds <= 0;
      words.textContent = isOver ? line.dataset.over
        : line.dataset.left.replace("{time}", Math.floor(seconds / 60) + ":" + ("0" + seconds % 60).slice(-2));
      line.classList.toggle("over", isOver);
      if (isOver) { clearInterval(ticking); say(line.dataset.over); }
    }
    ticking = setInterval(tick, 1000);
    tick();
  }

  /* ---- What the stream says, and what the page does when one comes back to it ---- */
  function follow(kind, text) {
    connected(kind !== "error");
    if (kind === "open") sendAll();
    if (kind === "change") hear(JSON.parse(text));
    if (text === true) load();
  }
  doc.addEventListener("visibilitychange", function () {
    // While a phone sleeps, nothing passes.
    if (!doc.hidden && main().querySelector("[data-ends]")) load();
  });
  // A page that Back brings from memory may be of who used this phone before.
  window.addEventListener("pageshow", function (event) { if (event.persisted) load(); });
  window.addEventListener("offline", function () { connected(false); });

  function hear(news) {
    var shown = main().dataset;
    newest = news;
    // Whatever else happens to this page, it asks for the newer one.
    try { tell(news, shown); } finally { look(); }
  }
  function tell(news, shown) {
    all("[data-people]").forEach(function (line) { counted(line, news.people); });
    news.hidden.forEach(function (id) {
      all('[data-part=others] [data-id="' + id + '"]').forEach(function (card) { card.parentNode.removeChild(card); });
    });
    var isSameRound = String(news.round || "") === shown.round;
    if (shown.phase === "open" && (!isSameRound || news.phase !== "open")) closeVotes(news.phase === "cancelled");
    if (isSameRound && news.result) showOutcome(news.result);
  }
  /* Asks for the page until it shows what was heard last; never for two at once, or a slow phone would read none. */
  function look() {
    var shown = main().dataset, news = newest;
    if (news === answered || fetching) return;
    var isSameRound = String(news.round || "") === shown.round;
    var hasMoved = !isSameRound || news.step !== shown.roomStep || news.phase !== shown.phase || news.state !== shown.state;
    var hasChanged = String(news.content) !== shown.content || (shown.waiting && String(news.revision) !== shown.revision);
    if (!hasMoved && !hasChanged) return;
    // Spread: a room does not ask all at once.
    fetching = setTimeout(function () {
      load().then(function (isRead) { fetching = null; if (isRead) { answered = news; if (!ahead) look(); } });
    }, Math.random() * 2 * Math.max(1, news.people));
  }

  /* The news of a reveal carries the outcome: nobody waits for its page. */
  function showOutcome(result) {
    result.forEach(function (item) {
      var box = main().querySelector('[data-outcome="' + item.item + '"]');
      if (!box || !box.hidden) return;
      box.querySelector("h2").textContent = box.querySelector("h2").getAttribute("data-" + item.decision.replace(" ", "-"));
      box.querySelector("[data-counts-of]").hidden = !item.counts;
      all("[data-dots-count]", box).forEach(function (line) { line.textContent = item.dots === null ? "" : line.dataset.dotsCount.replace("{n}", item.dots); });
      all("[data-choice-count]", box).forEach(function (line) { line.textContent = item.counts ? item.counts[line.dataset.choiceCount] || 0 : ""; });
      box.hidden = false;
    });
  }

  /* ---- A newer page ---- */
  function here() { return location.pathname === PATH ? PATH + location.search : PATH; }
  function load(goesAlong) {
    var turn = ++turns, isRead = false;
    return ask(goesAlong ? PATH : here(), { headers: { Accept: "text/html" } }).then(function (answer) {
      // An answer that was overtaken by a later question would show an older page.
      isRead = answer.ok && turn === turns;
      return turn === turns ? read(answer, null, goesAlong) : null;
    }).then(function () { if (goesAlong) history.replaceState(null, "", PATH); return isRead; }, function () { connected(false); return false; });
  }
  function read(answer, form, goesAlong) {
    if (answer.redirected && new URL(answer.url).pathname.indexOf("/p/") !== 0) { location.href = answer.url; return null; }
    return answer.text().then(function (text) { take(new DOMParser().parseFromString(text, "text/html"), form, goesAlong, answer.ok); });
  }
  function place(shown) {
    var at = shown.dataset;
    return at.step !== at.roomStep ? "back " + at.step : [at.page, at.step, at.round, at.phase, at.state, at.voice, at.shown].join(" ");
  }
  function take(page, form, goesAlong, isFine) {
    var fresh = page.getElementById("main");
    if (!fresh || (!fresh.dataset.code && !form)) return;
    if (fresh.dataset.code && fresh.dataset.me !== ME) { begin(); return; }
    var isSameRound = fresh.dataset.code && fresh.dataset.round === main().dataset.round;
    if (isSameRound && fresh.dataset.phase === "open" && main().dataset.phase === "closing") openVotes();
    if (fresh.dataset.code && !goesAlong && place(fresh) === place(main())) {
      try { merge(page, form); return; } catch (error) { /* Somebody else's script took parts of this page: the new one comes whole. */ }
    }
    if (!goesAlong && (!form || isFine) && (isBusy() || hasOpenChoice())) { ahead = page; showAhead(true); return; }
    replace(page);
    if (form && !isFine) focusOn(doc.getElementById("problem"));
  }
  // Somebody else joined on this phone: the page and all that it remembers are that person's now.
  function begin() { location.href = PATH; }
  function replace(page) {
    var old = main(), fresh = doc.adoptNode(page.getElementById("main"));
    // A new question begins at its top, also for who listens.
    var isSame = place(old) === place(fresh), height = window.pageYOffset;
    var active = doc.activeElement, hadFocus = old.contains(active) || doc.getElementById("ahead").contains(active), id = active && active.id;
    old.parentNode.replaceChild(fresh, old);
    doc.title = page.title;
    showAhead(false);
    var footer = doc.querySelector("footer"), newer = page.querySelector("footer");
    if (footer && newer && !isBusy(footer) && !footer.contains(doc.activeElement)) redraw(footer, newer);
    all("header input[name=back]").forEach(function (field) {
      var other = page.querySelector("header input[name=back]");
      if (other) field.value = other.value;
    });
    window.scrollTo(0, isSame ? height : 0);
    if (tapped) tapped.top = window.pageYOffset;
    var heading = all("h1", fresh).filter(function (found) { return found.offsetParent; })[0];
    if (hadFocus) focusOn(isSame && id && doc.getElementById(id) || heading || fresh, true);
    if (heading) say(heading.textContent);
    prepare();
  }
  /* News above what one reads moves it: the page goes along, so that it stands still under the eye and the finger. */
  function merge(page, form) {
    var marks = [doc.activeElement].concat(all("[id], h1, h2, form, .card", main())).map(function (mark) {
      return { mark: mark, top: mark.getBoundingClientRect().top };
    }).filter(function (at) {
      return main().contains(at.mark) && at.mark.offsetParent && !at.mark.closest("details:not([open])") && at.top >= 0 && at.top < window.innerHeight;
    });
    mergeParts(page, form);
    marks.some(function (at) {
      var mark = doc.contains(at.mark) ? at.mark : at.mark.id && doc.getElementById(at.mark.id);
      if (mark) window.scrollBy(0, mark.getBoundingClientRect().top - at.top);
      return mark;
    });
  }
  function mergeParts(page, form) {
    var shown = main(), fresh = page.getElementById("main"), changed = form && form.closest("[data-part]");
    Object.keys(fresh.dataset).forEach(function (name) { shown.dataset[name] = fresh.dataset[name]; });
    all("symbol", fresh).forEach(function (symbol) {
      if (!doc.getElementById(symbol.id)) (shown.querySelector(".sheet") || shown).appendChild(doc.importNode(symbol, true));
    });
    all("[data-part]", shown).forEach(function (part) {
      var twin = fresh.querySelector('[data-part="' + part.dataset.part + '"]');
      if (!twin) return;
      if (part.dataset.hold) mergeList(part, twin);
      // Compared with what came, not with what stands there: a translator changes every word of that.
      else if (part.made !== made(twin) || part === changed) {
        if (part !== changed && isBusy(part)) held = page;
        else swap(part, twin);
      }
    });
    all("[data-counts]").forEach(countLetters);
    markVoices();
    startTimer();
    if (!form) return;
    var problem = doc.getElementById("problem"), states = all("[data-part=own] .pill");
    if (problem) focusOn(problem);
    else if (states.length) say(states[states.length - 1].textContent);
  }
  function swap(part, twin) {
    var hadFocus = part.contains(doc.activeElement), id = hadFocus && doc.activeElement.id;
    var card = hadFocus && doc.activeElement.closest("[data-id]");
    redraw(part, twin);
    if (id && doc.getElementById(id)) doc.getElementById(id).focus({ preventScroll: true });
    else if (hadFocus) focusOn(card && part.querySelector('[data-id="' + card.dataset.id + '"]') || part);
  }
  /* What one opened stays open, and what one closed stays closed. */
  function redraw(part, twin) {
    var was = {};
    eachBox(part, function (box, key) { was[key] = box.open; });
    part.innerHTML = twin.innerHTML;
    [part].concat(all("[data-id]", part)).forEach(function (piece) { piece.made = made(piece); });
    eachBox(part, function (box, key) { if (key in was) box.open = was[key]; });
  }
  // Others may come and go: of two in one place each has an id.
  function eachBox(part, visit) {
    all("details", part).forEach(function (box) { visit(box, box.id || box.parentNode.dataset.id); });
  }
  function mergeList(part, twin) {
    var news = 0, line = part.querySelector("[data-new]"), button = line.querySelector("button");
    all("[data-id]", part).forEach(function (card) {
      var other = twin.querySelector('[data-id="' + card.dataset.id + '"]');
      if (!other) card.parentNode.removeChild(card);
      else if (card.made !== made(other) && !card.contains(doc.activeElement)) redraw(card, other);
    });
    all("[data-id]", twin).forEach(function (card) {
      if (!part.querySelector('[data-id="' + card.dataset.id + '"]')) { news += 1; card.classList.add("new"); }
    });
    if (!news || !part.querySelector("[data-id]")) { if (news || line.hidden) swap(part, twin); return; }
    line.hidden = false;
    counted(button, news);
    say(button.textContent);
    button.onclick = function () {
      swap(part, twin);
      focusOn(part.querySelector(".new"));
    };
  }
  function focusOn(element, isStill) {
    if (!element) return;
    if (element.tabIndex < 0) element.tabIndex = -1;
    element.focus({ preventScroll: isStill });
  }

  /* ---- The room moved on while somebody was typing or choosing ---- */
  function showAhead(yes) {
    var bar = doc.getElementById("ahead"), words = bar.querySelector("b");
    if (!yes) ahead = null;
    if (bar.hidden && yes) words.textContent = words.dataset.text;
    bar.hidden = !yes;
    doc.body.classList.toggle("is-ahead", yes);
  }
  function sendTyped() {
    all("a[data-votes]").forEach(function (link) {
      if (wordsOfOthers().some(function (place) { return place.split("|")[0] === link.dataset.voice; })) {
        speakFor(link);
        all(".ask form", main()).filter(function (form) { return fields(form).some(isDirty); }).forEach(chooseFrom);
      }
    });
    var forms = all("form", main()).filter(function (form) { return fields(form).some(isDirty); });
    sendAll();
    if (!forms.length) { if (!hasOpenChoice()) load(true); return; }
    forms.forEach(function (form) { submit(form, true); });
  }

  /* ---- A second touch of the same gesture does nothing: what it hits may have come under the finger just now ---- */
  doc.addEventListener("click", function (event) {
    var target = event.target.closest && event.target.closest("button, a, summary, label, input"), last = tapped;
    // A key has no detail. A label's click comes twice at once.
    if (!event.detail || !target) return;
    var since = last ? event.timeStamp - last.at : AGAIN;
    if (since < 30) return;
    var isHere = last && Math.abs(event.clientX - last.x) + Math.abs(event.clientY - last.y) + Math.abs(window.pageYOffset - last.top) < FINGER;
    // The same choice again, or one dot more: that is meant.
    var isMeant = last && target === last.target && (target.classList.contains("vote") || target.dataset.step);
    if (since < AGAIN && isHere && !isMeant) { event.preventDefault(); event.stopPropagation(); return; }
    tapped = { target: target, at: event.timeStamp, x: event.clientX, y: event.clientY, top: window.pageYOffset };
  }, true);

  /* ---- Forms other than votes ---- */
  function entries(form) {
    var pairs = all("input, textarea, select", form).filter(function (field) {
      return field.name && !((field.type === "checkbox" || field.type === "radio") && !field.checked);
    }).map(function (field) { return [field.name, field.value]; });
    if (pressed && form.contains(pressed) && pressed.name) pairs.push([pressed.name, pressed.value]);
    return pairs;
  }
  function submit(form, goesAlong) {
    if (form.hasAttribute("data-reason")) { chooseFrom(form); return; }
    var action = form.getAttribute("action"), isEmpty = fields(form).every(function (field) { return !field.value.trim(); });
    // Tapped twice: the first has sent it already.
    if (form.dataset.sending || isEmpty && Date.now() - emptied[action] < 4 * AGAIN) return;
    form.dataset.sending = "1";
    turns += 1;
    var unsent = form.querySelector("[data-unsent]");
    send(action, entries(form), "text/html").then(function (answer) {
      connected(true);
      delete form.dataset.sending;
      if (unsent) unsent.hidden = true;
      if (answer.ok && !isEmpty) emptied[action] = Date.now();
      if (answer.ok) fields(form).forEach(function (field) {
        if (field.dataset.keep) keep("-draft-" + field.dataset.keep, "");
        field.defaultValue = field.value;
        if (main().contains(field)) keepWords(field);
      });
      if (answer.ok && form.dataset.place) wordsSent(form);
      if (answer.ok && form.dataset.goes !== undefined) { location.href = answer.url; return null; }
      if (answer.ok && goesAlong) return load(true);
      return read(answer, form);
    }).catch(function () {
      delete form.dataset.sending;
      connected(false);
      if (unsent) unsent.hidden = false;
    });
  }
  function support(form) {
    var button = form.querySelector("button"), on = form.querySelector("[name=on]"), card = form.closest("[data-id]");
    card.made = "";
    send(form.getAttribute("action"), entries(form)).then(function (answer) {
      connected(true);
      if (answer.status === 404) { card.parentNode.removeChild(card); return; }
      if (!answer.ok) return load();
      return answer.json().then(function (given) {
        button.setAttribute("aria-pressed", given.on ? "true" : "false");
        on.value = given.on ? "0" : "1";
        counted(card.querySelector("[data-support]"), given.count);
      });
    }).catch(function () { connected(false); });
  }
  function firstStep(form) {
    keep("-draft-first-step", doc.getElementById("first-step").value);
    form.querySelector("[data-kept]").hidden = false;
    send(form.getAttribute("action"), []).then(function () { return load(); }).catch(function () { connected(false); });
  }
  function showStep() {
    var text = kept("-draft-first-step") || "";
    all("[data-own-step]").forEach(function (box) {
      box.hidden = !text && !removed;
      box.querySelector("[data-step-text]").textContent = text;
      box.querySelector("[data-step-stands]").hidden = !text;
      box.querySelector("[data-step-gone]").hidden = !!text;
    });
  }
  function moveStep(button) {
    var isGone = button.dataset.movesStep === "remove";
    if (isGone) removed = kept("-draft-first-step");
    keep("-draft-first-step", isGone ? "" : removed);
    showStep();
    focusOn(main().querySelector(isGone ? "[data-moves-step=restore]" : "[data-moves-step=remove]"));
  }
  doc.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("button, a[data-votes]") : null;
    if (!button) return;
    if (button.dataset.votes !== undefined) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      speakFor(button);
      return;
    }
    pressed = button;
    if (button.hasAttribute("data-go")) load(true);
    else if (button.hasAttribute("data-send")) sendTyped();
    else if (button.hasAttribute("data-drop")) { drop(button); focusOn(main()); }
    else if (button.dataset.movesStep) moveStep(button);
    else if (button.classList.contains("vote")) {
      event.preventDefault();
      choose(button.closest(".ask"), button.value);
      // What has opened below, for who does not see it.
      var asked = button.closest(".ask").querySelector(".reason[data-open] label");
      if (asked) say(asked.textContent);
    }
    else if (button.dataset.step) { event.preventDefault(); moveDot(button); }
    else if (button.dataset.turn || button.dataset.to) turn(button);
    else if (button.classList.contains("below")) {
      choices().pop().scrollIntoView(false);
      window.scrollBy(0, 100);
      if (tapped) tapped.top = window.pageYOffset;
    }
  });
  doc.addEventListener("submit", function (event) {
    var form = event.target, data = form.dataset;
    if (data.fetch === undefined && data.reason === undefined && data.supportForm === undefined && data.firstStep === undefined) return;
    event.preventDefault();
    if (data.supportForm !== undefined) support(form);
    else if (data.firstStep !== undefined) firstStep(form);
    else submit(form);
  });

  /* ---- Votes: kept on the phone until the server has them. A key is an item, with a voice that is not the own ---- */
  function queue() { return stock("-votes"); }
  function store(waiting) { restock("-votes", waiting); }
  function voice() { return main().dataset.voice || ""; }
  function keyOf(at, who) { who = who === undefined ? voice() : who; return at.dataset.item + (who ? ":" + who : ""); }
  function askOf(key) { return main().querySelector('.ask[data-item="' + key.split(":")[0] + '"]'); }
  function section(key) { return (key.split(":")[1] || "") === voice() ? askOf(key) : null; }
  function chooseFrom(form) {
    var box = form.querySelector("[name=may_name]");
    choose(form.closest(".ask"), form.querySelector("[name=choice]").value, form.querySelector("[name=reason]").value, box && box.checked);
  }
  function choose(at, choice, reason, mayName) {
    var key = keyOf(at), waiting = queue(), before = waiting[key];
    var sequence = Math.max(number(at.dataset.sequence), before ? before.sequence : 0, highest[key] || 0) + 1;
    var vote = { round: at.dataset.round, item: at.dataset.item, choice: choice, request_id: randomId(), sequence: sequence };
    if (voice()) vote.voice = voice();
    if (reason === undefined && before && before.choice === choice) { reason = before.reason; mayName = before.may_name; }
    if (reason !== undefined) vote.reason = reason;
    if (mayName) vote.may_name = "1";
    // What its author is told when it comes too late. It does not go with the vote.
    vote.note = about(at, choice);
    untried[vote.request_id] = true;
    highest[key] = sequence;
    waiting[key] = vote;
    store(waiting);
    at.dataset.state = "sent";
    press(at, choice);
    clearTimeout(patience[key]);
    // A slow network is a network.
    patience[key] = setTimeout(function () { if (queue()[key]) wait(key); }, SLOW);
    sendVote(key);
  }
  function press(at, choice) {
    // A page that grew shorter would move what stands under the finger.
    main().style.minHeight = main().offsetHeight + "px";
    drawDots(at, choice);
    openReasons(at, choice);
    all(".vote", at).forEach(function (button) { button.setAttribute("aria-pressed", button.value === choice ? "true" : "false"); });
    tellEach();
  }
  /* Dots: a budget over all texts. */
  function dotsIn(at) { return number((at.querySelector("[data-dots]") || main()).dataset.dots); }
  function dotsLeft() {
    var line = main().querySelector("[data-budget]");
    return all(".ask").reduce(function (left, at) { return left - dotsIn(at); }, number(line.dataset.budget));
  }
  function tellDots(isFull) {
    var line = main().querySelector("[data-budget]"), left = dotsLeft();
    if (line) line.textContent = isFull ? line.dataset.full : (left === 1 ? line.dataset.one : line.dataset.many).replace("{n}", left);
  }
  function drawDots(at, choice) {
    var form = at.querySelector("[data-dots]"), put = number(choice);
    if (!form) return;
    form.dataset.dots = put;
    form.querySelector("[data-dots-here]").textContent = put;
    all("i", form).forEach(function (pip, index) { pip.className = index < put ? "on" : ""; });
    all("[data-step]", form).forEach(function (button) {
      button.value = Math.max(0, put + number(button.dataset.step));
      button.disabled = number(button.dataset.step) < 0 ? !put : put >= number(form.dataset.most);
    });
    tellDots();
  }
  function moveDot(button) {
    var at = button.closest(".ask"), put = dotsIn(at) + number(button.dataset.step);
    if (number(button.dataset.step) > 0 && dotsLeft() < 1) { tellDots(true); return; }
    choose(at, String(put));
    if (button.disabled) all("[data-step]", at).filter(function (other) { return !other.disabled; })[0].focus({ preventScroll: true });
  }
  function openReasons(at, choice) {
    all(".reason", at).forEach(function (part) {
      var isFor = part.dataset.for.split("|").indexOf(choice) >= 0, field = part.querySelector("[name=choice]");
      if (isFor) part.setAttribute("data-open", ""); else part.removeAttribute("data-open");
      if (isFor && field) field.value = choice;
    });
  }
  function wait(key) {
    var at = section(key), vote = queue()[key];
    markVoices();
    if (!at || !vote) return;
    press(at, vote.choice);
    at.dataset.state = "waiting";
  }
  function settle(key, answer) {
    var at = section(key);
    clearTimeout(patience[key]);
    settled[key] = answer;
    markVoices();
    if (at) show(at, answer);
  }
  function show(at, stored) {
    at.dataset.choice = stored.choice;
    at.dataset.sequence = stored.sequence;
    at.dataset.state = stored.choice ? "stored" : "";
    press(at, stored.choice);
    var button = stored.choice && at.querySelector('.vote[value="' + stored.choice + '"]');
    if (button) at.querySelector("[data-chosen]").textContent = button.dataset.name;
    all("form.reason", at).forEach(function (form) {
      var field = form.querySelector("textarea"), isHere = form.hasAttribute("data-open");
      var text = isHere && stored.reason || "";
      if (isHere && (field.value === text || !field.value)) field.value = text;
      field.defaultValue = text;
      var received = form.querySelector("[data-reason-stored]");
      if (received.hidden && text) say(received.textContent);
      received.hidden = !text;
    });
  }
  function sendVote(key) {
    var waiting = queue(), vote = waiting[key], isAlone = Object.keys(waiting).length === 1;
    if (!vote || inFlight[key]) return;
    inFlight[key] = true;
    send(PATH + "/ballots", Object.keys(vote).filter(function (name) { return name !== "note"; }).map(function (name) { return [name, vote[name]]; })).then(function (answer) {
      inFlight[key] = false;
      connected(true);
      if (answer.status === 429 || answer.status >= 500) { delete untried[vote.request_id]; wait(key); return null; }
      return answer.json().then(function (body) {
        // Dots put here can overtake those that were taken away elsewhere to make room for them.
        if (body.error === "too_many_dots" && !isAlone && (tries[vote.request_id] = (tries[vote.request_id] || 0) + 1) < 5) {
          wait(key);
          setTimeout(sendVote, PATIENCE * Math.pow(2, tries[vote.request_id]), key);
        } else voted(key, vote, answer, body);
      });
    }).catch(function () {
      var left = queue();
      inFlight[key] = false;
      delete untried[vote.request_id];
      // It may have arrived all the same: only the answer may be lost.
      if (navigator.onLine !== false && left[key] && left[key].note && left[key].request_id === vote.request_id) { left[key].note.isTried = true; store(left); }
      connected(false);
      wait(key);
    });
  }
  function voted(key, vote, answer, body) {
    var waiting = queue();
    // Kept for when this person is back.
    if (body.error === "another_person") { begin(); return; }
    if (body.error === "not_admitted") { if (section(key)) load(); return; }
    if (body.sequence) highest[key] = Math.max(highest[key] || 0, body.sequence);
    // A choice made meanwhile has its own request id: it stays, and goes now.
    if (waiting[key] && waiting[key].request_id !== vote.request_id) { sendVote(key); return; }
    // Chosen in another window meanwhile: the newest tap wins. Never for what was tapped long ago.
    if (answer.ok && untried[vote.request_id] && (body.sequence !== vote.sequence || body.choice !== vote.choice || (vote.reason || "").trim() !== (body.reason || "") && vote.reason !== undefined)) {
      delete untried[vote.request_id];
      vote.request_id = randomId();
      vote.sequence = highest[key] = body.sequence + 1;
      waiting[key] = vote;
      store(waiting);
      sendVote(key);
      return;
    }
    delete untried[vote.request_id];
    delete waiting[key];
    store(waiting);
    if (answer.ok && vote.reason !== undefined && !vote.reason === !body.reason) wordsArrived(key, vote, body);
    if (answer.ok) tellWindows(key, body);
    else refuse(key, body, vote);
    if (ahead && !isBusy() && !hasOpenChoice()) load(true);
  }
  function wordsArrived(key, vote, body) {
    var known = words(), at = section(key);
    Object.keys(known).forEach(function (place) {
      if (known[place].item === vote.item && place.split("|")[0] === (vote.voice || "") && known[place].text === vote.reason) forget("-words", place);
    });
    all("textarea", at || doc.createElement("div")).forEach(function (field) { if (field.value === vote.reason) field.value = body.reason || ""; });
  }
  /* Every window of this phone shows what is stored. */
  function tellWindows(key, answer) {
    settle(key, answer);
    keep("-told", JSON.stringify({ key: key, answer: answer }));
    keep("-told", "");
  }
  window.addEventListener("storage", function (event) {
    var told = event.key === KEY + "-told" && event.newValue ? JSON.parse(event.newValue) : null;
    if (told && !queue()[told.key]) settle(told.key, told.answer);
  });
  /* The round is closed: what counts is what was stored before. Words wait for what their author wants with them. */
  function late(key, vote, body) {
    var note = vote.note, at = section(key), choices = stock("-late"), known = words(), who = vote.voice || "";
    if (!note) return;
    if (body.choice && at) note.counts = labelOf(at, body.choice);
    if (vote.choice !== (body.choice || note.was)) { choices[key] = note; restock("-late", choices); }
    var isKept = Object.keys(known).some(function (place) { return place.split("|")[0] === who && known[place].item === vote.item && known[place].text === vote.reason; });
    if (vote.reason && !isKept) { note.text = vote.reason; known[who + "|late-" + vote.item] = note; restock("-words", known); }
    // Nothing holds the page any more.
    all("textarea", at || doc.createElement("div")).forEach(function (field) { field.defaultValue = field.value; });
    isNews = true;
    if (!at) showLate();
  }
  function refuse(key, body, vote) {
    var at = section(key);
    if (body.error === "round_closed") late(key, vote, body);
    clearTimeout(patience[key]);
    markVoices();
    if (at) {
      at.dataset.state = body.choice ? "stored" : "";
      at.dataset.choice = body.choice || "";
      press(at, body.choice || "");
    }
    if (ahead) doc.querySelector("#ahead b").textContent = body.message;
    else say(body.message);
    if (at && at.querySelector("[data-dots]")) catchUp();
    else if (at) load();
  }
  /* Another phone of the same person put dots too. */
  function catchUp() {
    ask(PATH + "/state", { headers: { Accept: "application/json" } }).then(function (answer) { return answer.json(); }).then(function (told) {
      var mine = !voice() ? told.round : told.voices.filter(function (other) { return String(other.voice) === voice(); })[0];
      ((mine || {}).items || []).forEach(function (item) {
        var at = askOf(String(item.id));
        if (at && !queue()[keyOf(at)]) show(at, item);
      });
    }).catch(function () { connected(false); });
  }
  function sendAll() {
    Object.keys(queue()).forEach(sendVote);
    all("[data-unsent]").forEach(function (line) { if (!line.hidden) submit(line.closest("form")); });
  }
  function resumeVotes() {
    var waiting = queue();
    all(".ask").forEach(function (at) {
      var key = keyOf(at), vote = waiting[key];
      if (vote && number(at.dataset.sequence) >= vote.sequence) { delete waiting[key]; store(waiting); }
      else if (vote) wait(key);
    });
    markVoices();
    showEach();
    foldRule();
    tellBelow();
    sendAll();
  }

  /* ---- Many texts, one at a time. What has an answer folds to a line, but only at a tap on Next or Back ---- */
  var sights = {};
  function sightOf() { return voice() + "|" + main().dataset.round; }
  function each() { return doc.getElementById("each"); }
  function isAnswered(at) { return at.dataset.choice || queue()[keyOf(at)]; }
  function inSight() { return main().querySelector(".ask.here"); }
  function fill(text, values) { return Object.keys(values).reduce(function (filled, name) { return filled.replace("{" + name + "}", values[name]); }, text); }
  function nextOf(at) {
    var asks = all(".ask"), index = asks.indexOf(at);
    return asks.slice(index + 1).concat(asks.slice(0, Math.max(0, index))).filter(function (other) { return !isAnswered(other); })[0];
  }
  function showEach() {
    if (!each()) return;
    var known = sights[sightOf()], at = known && askOf(known);
    main().classList.add("each");
    each().hidden = doc.getElementById("chosen").hidden = main().querySelector(".nextbar").hidden = false;
    bringUp(at || (known === 0 ? null : nextOf()));
  }
  function bringUp(at) {
    var asks = all(".ask"), chosen = doc.getElementById("chosen"), lines = chosen.lastElementChild;
    sights[sightOf()] = at ? at.dataset.item : 0;
    asks.forEach(function (other) { other.classList.toggle("here", other === at); });
    lines.textContent = "";
    asks.slice().reverse().forEach(function (other) { if (other !== at && isAnswered(other)) lines.appendChild(lineOf(other, asks.indexOf(other) + 1, chosen.dataset)); });
    chosen.hidden = !lines.firstChild;
    tellEach();
  }
  function tellEach() {
    if (!each() || each().hidden) return;
    var asks = all(".ask"), at = inSight(), next = nextOf(at), words = each().dataset;
    var count = asks.filter(isAnswered).length, go = main().querySelector("[data-turn='1']"), back = main().querySelector("[data-turn='-1']");
    each().querySelector("b").textContent = fill(at ? words.place : words.all, { n: at ? asks.indexOf(at) + 1 : asks.length, all: asks.length });
    each().querySelector(".count").textContent = at ? fill(words.chosen, { n: count, left: asks.length - count }) : "";
    all("li", each()).forEach(function (mark, index) { mark.className = asks[index] === at ? "now" : isAnswered(asks[index]) ? "on" : ""; });
    go.firstElementChild.textContent = next ? fill(go.dataset.next, { n: asks.indexOf(next) + 1 }) : at && !isAnswered(at) ? go.dataset.last : go.dataset.done;
    go.disabled = !next && !(at && isAnswered(at));
    go.style.visibility = at ? "" : "hidden";
    back.disabled = at === asks[0];
  }
  function lineOf(at, place, words) {
    var line = doc.createElement("details"), top = doc.createElement("summary"), text = at.querySelector(".item"), said = at.querySelector(".vote[aria-pressed=true]");
    var number = doc.createElement("b"), whole = text.cloneNode(true), told = doc.createElement("p"), change = doc.createElement("button");
    line.className = "done";
    number.textContent = place;
    if (said) top.appendChild(said.querySelector("svg").cloneNode(true));
    top.appendChild(number);
    top.appendChild(text.cloneNode(true)).className = "cut";
    top.lastChild.removeAttribute("id");
    whole.removeAttribute("id");
    whole.className = "";
    told.textContent = words.you + " " + (said ? said.dataset.name : "") + ". ";
    if (fields(at).some(isDirty)) { number.textContent += " \u00b7 " + words.waits; line.open = true; }
    change.type = "button";
    change.className = "btn second small";
    change.textContent = fill(words.change, { n: place });
    change.dataset.to = at.dataset.item;
    [top, whole, told, change].forEach(function (part) { line.appendChild(part); });
    return line;
  }
  function turn(button) {
    var asks = all(".ask"), at = inSight(), to = button.dataset.to ? askOf(button.dataset.to)
      : button.dataset.turn === "1" ? nextOf(at) : asks[at ? asks.indexOf(at) - 1 : asks.length - 1];
    main().style.minHeight = "";
    bringUp(to);
    foldRule(true);
    each().scrollIntoView();
    if (each().getBoundingClientRect().top + window.pageYOffset < 300) window.scrollTo(0, 0);
    // The second touch of the same gesture does nothing here either.
    if (tapped) tapped.top = window.pageYOffset;
    focusOn(to ? to.querySelector(".item") : each(), true);
    tellBelow();
  }
  /* The rule is read the first time; then it folds, so that every choice is in sight. Or the page says what is below. */
  function foldRule(isRead) {
    var fold = main().querySelector(".fold"), text = fold && fold.textContent;
    if (!fold) return;
    if (isRead || kept("-rule") === text) {
      fold.open = false;
      // Of many texts it is read with the first.
      if (each()) main().querySelector(".many").insertBefore(fold, doc.getElementById("chosen"));
    }
    keep("-rule", text);
  }
  function choices() { return all(".vote").filter(function (choice) { return choice.offsetParent; }); }
  function tellBelow() {
    var button = main().querySelector(".below"), bar = main().querySelector(".nextbar:not([hidden])");
    if (!button) return;
    function under(end) { return choices().filter(function (choice) { return choice.getBoundingClientRect().bottom > end; }).length; }
    button.hidden = !under(Math.min(window.innerHeight, bar ? bar.getBoundingClientRect().top : Infinity));
    // What this line itself covers is not in sight either.
    counted(button, under(button.getBoundingClientRect().top));
  }
  window.addEventListener("scroll", tellBelow);
  window.addEventListener("resize", tellBelow);

  /* ---- Several voices on one phone: what each chose is on the page, so that one changes without network too ---- */
  function stored(at, link) {
    var key = keyOf(at, link.dataset.voice), known = JSON.parse(link.dataset.votes)[at.dataset.item] || { choice: "", sequence: 0 };
    return settled[key] && settled[key].sequence > known.sequence ? settled[key] : known;
  }
  function speakFor(link) {
    if (link.dataset.voice === voice()) return;
    // A page that was asked for before this is somebody else's.
    turns += 1;
    main().dataset.voice = link.dataset.voice;
    history.replaceState(null, "", link.getAttribute("href"));
    all(".ask").forEach(function (at) {
      all("textarea", at).forEach(function (field) { field.value = ""; });
      show(at, stored(at, link));
      all("textarea", at).forEach(function (field) { field.value = (words()[placeOf(field)] || {}).text || field.defaultValue; });
      all("[name=may_name]", at).forEach(function (box) { box.checked = !!stored(at, link).may_name; });
    });
    resumeVotes();
    say(link.querySelector("[data-name]").textContent);
  }
  function markVoices() {
    var waiting = queue(), asks = all(".ask");
    all("a[data-votes]").forEach(function (link) {
      var words = link.closest("nav").dataset, line = link.querySelector("[data-said]"), isHere = link.dataset.voice === voice();
      var waits = asks.some(function (at) { return waiting[keyOf(at, link.dataset.voice)]; });
      var cast = asks.filter(function (at) { return stored(at, link).choice; }).length;
      line.textContent = waits ? words.wait : !cast ? words.none : cast < asks.length ? words.some.replace("{n}", cast).replace("{all}", asks.length) : words.done;
      link.classList.toggle("waits", waits);
      if (isHere) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
      if (isHere) all("[data-small-groups]").forEach(function (line) { line.hidden = !link.dataset.other; });
    });
    all("[data-stands]").forEach(function (line) { line.hidden = line.dataset.stands !== voice(); });
    all("[data-about]").forEach(function (card) { if (card.dataset.about) card.hidden = card.dataset.about !== voice(); });
  }
  function closeVotes(isCancelled) {
    // Old news? Then too the next page replaces this.
    main().dataset.phase = "closing";
    all("[data-closed]").forEach(function (note) { if (note.hidden && !isCancelled) { note.hidden = false; say(note.textContent); } });
    var hadFocus = main().contains(doc.activeElement) && doc.activeElement.nodeName === "BUTTON";
    all(".vote, [data-step], .ask form.reason button").forEach(function (button) { button.disabled = true; });
    if (hadFocus && doc.activeElement.disabled !== false) focusOn(main().querySelector("[data-closed]"), true);
  }
  function openVotes() {
    main().dataset.phase = "open";
    all("[data-closed]").forEach(function (note) { note.hidden = true; });
    all(".vote, .ask form.reason button").forEach(function (button) { button.disabled = false; });
    all(".ask").forEach(function (at) { drawDots(at, dotsIn(at)); });
  }
  setInterval(function () {
    if (!ahead) look();
    if (!window.EventSource) load();
    sendAll();
  }, RETRY);

  try { prepare(); } finally { followRoom(PATH + "/live", follow); }
})();
