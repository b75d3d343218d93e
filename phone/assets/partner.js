/* A partner's own page and the public copy: tells of news, keeps what is typed, prints the whole text.
   Without it everything still works, by plain forms. Plain functions for old phones, like phone.js. */
(function () {
  "use strict";
  var LOOK = 5000, doc = document, main = doc.getElementById("main"), place = main.getAttribute("data-place");
  var bar = doc.getElementById("ahead"), timer = null;

  function all(selector, within) { return Array.prototype.slice.call((within || doc).querySelectorAll(selector)); }

  /* ---- On paper nothing is folded ---- */
  var folded = [];
  function unfold() {
    folded = folded.concat(all("details").filter(function (box) { return !box.open; }));
    folded.forEach(function (box) { box.open = true; });
  }
  function fold() {
    folded.forEach(function (box) { box.open = false; });
    folded = [];
  }
  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", fold);
  var printing = window.matchMedia && window.matchMedia("print");
  // Phones that do not know the two events above.
  if (printing && printing.addListener && !("onbeforeprint" in window)) {
    printing.addListener(function (query) { if (query.matches) unfold(); else fold(); });
  }
  if (!place) return;

  /* ---- The answer to a post stands at the page's own address: Back and reload ask for a page that can be read ---- */
  if (location.pathname !== place && window.history.replaceState) {
    history.replaceState(null, "", bar.querySelector("a").getAttribute("href") + location.hash);
  }

  /* ---- What is typed stays until it was sent, also when the page is read again. It belongs to this link alone ---- */
  // Not under the link itself: who finds it can sign.
  var KEY = "handslag-typed-" + main.getAttribute("data-drafts"), SENT = KEY + "-sent";
  function kept(name) { try { return sessionStorage.getItem(name); } catch (error) { return null; } }
  function keep(name, text) {
    try { if (text) sessionStorage.setItem(name, text); else sessionStorage.removeItem(name); } catch (error) { /* private window */ }
  }
  function each(visit) {
    all("form[data-keep]").forEach(function (form) {
      all("input[type=text], input[type=radio], textarea, input[name=drawn]", form).forEach(function (field) {
        visit(field, form.getAttribute("data-keep") + " " + field.name, field.type === "radio");
      });
    });
  }
  function standing() {
    var now = {};
    each(function (field, name, isChoice) { if (!isChoice || field.checked) now[name] = field.value; });
    return now;
  }
  var first = standing();
  function keepAll() {
    var typed = standing();
    Object.keys(typed).forEach(function (name) { if (typed[name] === first[name]) delete typed[name]; });
    keep(KEY, Object.keys(typed).length ? JSON.stringify(typed) : "");
  }
  function bringBack() {
    var typed = kept(KEY), drawn = doc.querySelector("form.sign input[name=drawn]");
    // What was sent stands on the page: it was stored, or it stands in its field again, beside what is wrong.
    if (kept(SENT)) { keep(SENT, ""); keep(KEY, ""); return; }
    if (!typed) return;
    typed = JSON.parse(typed);
    each(function (field, name, isChoice) {
      if (!Object.prototype.hasOwnProperty.call(typed, name)) return;
      if (isChoice) field.checked = field.value === typed[name];
      else field.value = typed[name];
      for (var box = field.parentNode; box && box !== main; box = box.parentNode) if (box.tagName === "DETAILS") box.open = true;
    });
    if (drawn && drawn.value) {
      var told = doc.createEvent("Event");
      told.initEvent("draw", true, false);
      drawn.form.dispatchEvent(told);
    }
  }
  doc.addEventListener("input", keepAll);
  doc.addEventListener("change", keepAll);
  doc.addEventListener("submit", function (event) { if (event.target.hasAttribute("data-keep")) keep(SENT, "1"); });
  bringBack();

  /* ---- News: the page says that there is some, and changes only when one asks ---- */
  function tell(words) {
    clearInterval(timer);
    bar.querySelector("b").textContent = bar.getAttribute("data-" + words);
    bar.hidden = false;
    doc.body.className += " is-ahead";
  }
  function look() {
    if (doc.hidden) return;
    var question = new XMLHttpRequest();
    question.open("GET", place + "/state");
    question.setRequestHeader("Accept", "application/json");
    question.onload = function () {
      if (!bar.hidden || question.status !== 200) return;
      var told = JSON.parse(question.responseText);
      if (told.mark === main.getAttribute("data-mark")) return;
      tell(String(told.version || "") === main.getAttribute("data-version") ? "news" : "text");
    };
    question.send();
  }
  timer = setInterval(look, LOOK);
  doc.addEventListener("visibilitychange", function () { if (bar.hidden) look(); });
  window.addEventListener("pageshow", function (event) { if (event.persisted && bar.hidden) look(); });
})();
