/* The pages of a mediation: counts words, keeps what is typed every ten seconds, holds the band while text stands, and
   leaves the page when it has locked. All of it works without this. */
(function () {
  "use strict";
  var main = document.getElementById("main");
  var forms = document.querySelectorAll("[data-words]");
  var fields = document.querySelectorAll("textarea[data-place]");
  var EVERY = 10000;
  var each = function (found, act) {
    for (var i = 0; i < found.length; i += 1) { act(found[i]); }
  };

  // What the browser kept of the page after a lock is not shown again.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { window.location.reload(); }
  });

  each(forms, function (form) {
    var field = form.querySelector("input[type=text]");
    var count = form.querySelector("[data-count]");
    var see = form.querySelector("[data-see]");
    var tell = function () {
      var words = field.value.replace(/^\s+|\s+$/g, "");
      count.textContent = count.getAttribute("data-count").replace("{n}", words ? words.split(/[\s,.-]+/).length : 0);
    };
    field.addEventListener("input", tell);
    tell();
    if (see) {
      see.parentNode.hidden = false;
      see.addEventListener("change", function () { field.classList.toggle("hides", !see.checked); });
    }
  });

  // Pressed once, words are being tried; a second press would only stand in line behind the first.
  each(document.querySelectorAll("[data-trying]"), function (told) {
    var until = 0;
    told.parentNode.addEventListener("submit", function (event) {
      var moment = new Date().getTime();
      if (moment < until) { event.preventDefault(); return; }
      until = moment + 60000;
      told.textContent = told.getAttribute("data-trying");
    });
  });

  each(document.querySelectorAll("[data-print]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  if (!main || !main.hasAttribute("data-seconds")) { return; }
  var address = "/m/" + main.getAttribute("data-token");
  // A draft that is on its way is kept before anything else goes: one that came after its text would stand there again,
  // and one after the lock would be lost. So a form that is sent in the meantime is pressed again once it has arrived.
  var underWay = 0;
  var pressed = null;
  var then = null;
  var arrived = function () {
    var act = then;
    underWay -= 1;
    if (underWay || !act) { return; }
    then = null;
    act();
  };
  document.addEventListener("click", function (event) {
    var at = event.target;
    while (at && at.nodeName !== "BUTTON") { at = at.parentNode; }
    pressed = at;
  }, true);
  document.addEventListener("submit", function (event) {
    var form = event.target;
    var button = pressed && pressed.form === form ? pressed : null;
    if (!underWay) { return; }
    event.preventDefault();
    event.stopPropagation();
    then = function () { if (button) { button.click(); } else { form.submit(); } };
  }, true);
  var closesAt = 0;
  var told = document.querySelectorAll("[data-locks]");
  var kept = document.querySelector("[data-kept]");
  var stays = function (seconds) { closesAt = new Date().getTime() + seconds * 1000; };
  stays(parseInt(main.getAttribute("data-seconds"), 10));

  var two = function (value) { return (value < 10 ? "0" : "") + value; };
  var tellTime = function () {
    var closes = new Date(closesAt);
    var left = Math.ceil((closesAt - new Date().getTime()) / 60000);
    var time = two(closes.getHours()) + ":" + two(closes.getMinutes());
    if (closesAt <= new Date().getTime()) {
      window.location.replace(address);
      return;
    }
    each(told, function (one) {
      var words = one.getAttribute(left <= 2 ? "data-soon" : "data-locks").replace("{time}", time);
      if (one.textContent !== words) { one.textContent = words; }
    });
  };
  tellTime();
  window.setInterval(tellTime, 5000);

  each(fields, function (field) {
    var last = field.value;
    var isSending = false;
    var over = function () { isSending = false; arrived(); };
    var held = field.form.querySelector("[data-held]");
    var hold = function () {
      var stands = field.value.replace(/\s/g, "") !== "";
      if (!held) { return; }
      each(document.querySelectorAll("[data-band]"), function (band) {
        if (stands) {
          band.removeAttribute("href");
          band.setAttribute("aria-disabled", "true");
          band.classList.add("off");
        } else {
          band.setAttribute("href", band.getAttribute("data-to"));
          band.removeAttribute("aria-disabled");
          band.classList.remove("off");
        }
      });
      held.textContent = stands ? held.getAttribute("data-held") : "";
    };
    each(document.querySelectorAll("[data-band]"), function (band) {
      band.setAttribute("data-to", band.getAttribute("href"));
    });
    hold();
    field.addEventListener("input", hold);
    var keep = function () {
      if (isSending || field.value === last) { return; }
      var sent = field.value;
      var post = new XMLHttpRequest();
      isSending = true;
      underWay += 1;
      post.open("POST", address + "/draft");
      post.timeout = 8000;
      post.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
      post.setRequestHeader("Accept", "application/json");
      post.onloadend = over;
      post.onload = function () {
        if (post.status !== 200) { return; }
        var now = new Date();
        last = sent;
        stays(JSON.parse(post.responseText).seconds);
        if (kept) {
          kept.textContent = kept.getAttribute("data-kept").replace("{time}", two(now.getHours()) + ":" + two(now.getMinutes()));
        }
        tellTime();
      };
      post.send("place=" + encodeURIComponent(field.getAttribute("data-place")) + "&text=" + encodeURIComponent(sent));
    };
    window.setInterval(keep, EVERY);
    field.addEventListener("blur", keep);
    field.form.addEventListener("submit", function () { last = field.value; });
  });
}());
