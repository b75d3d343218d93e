/* Draws the signature and keeps it as strokes of whole numbers in a box of 600 × 200 in the field `drawn`.
   All that is drawn comes from these strokes, so that the screen may turn and colours may switch at any moment.
   A finger that swipes over the sheet scrolls the page; it draws only after a tap on the sheet. */
(function () {
  "use strict";
  var WIDTH = 600, HEIGHT = 200, NEAR = 4, AFTER_TOUCH = 1000;
  var form = document.querySelector("form.sign"), canvas = form && form.querySelector(".pad");
  var paper = canvas && canvas.getContext && canvas.getContext("2d");
  if (!paper) return;
  var sheet = canvas.parentNode, field = form.elements.drawn, empty = form.querySelector("[data-empty]");
  // One finger draws at a time; `drawing` is its stroke, `finger` its number, null where none is down.
  var strokes = read(field.value), drawing = null, finger = null, isAwake = false, scale = 1, left = 0, top = 0, touchedAt = 0;

  function read(text) { try { return text ? JSON.parse(text) : []; } catch (error) { return []; } }
  function within(value, limit) { return Math.max(0, Math.min(limit, Math.round(value))); }

  function wake(yes) {
    isAwake = yes;
    // A stylesheet hears of it by the class: only then the page does not scroll under a finger.
    sheet.className = yes ? "sheet-of-paper awake" : "sheet-of-paper";
    empty.hidden = yes || strokes.length > 0;
  }
  function store() {
    field.value = strokes.length ? JSON.stringify(strokes) : "";
    // Set by a script, a field tells nobody that it changed.
    var changed = document.createEvent("Event");
    changed.initEvent("input", true, false);
    field.dispatchEvent(changed);
  }

  /* How the box lies over the sheet: its middle on the sheet's middle. */
  function measure() {
    // Not shown now: there is nothing to measure.
    if (!canvas.clientWidth) return false;
    var across = WIDTH / canvas.clientWidth, down = HEIGHT / canvas.clientHeight;
    scale = Math.min(across, down);
    var reach = canvas.clientWidth * scale / 2;
    // Drawn on a wider screen: show the whole box instead of cutting the name off.
    if (strokes.some(function (stroke) {
      return stroke.some(function (value, at) { return at % 2 === 0 && Math.abs(value - WIDTH / 2) > reach; });
    })) scale = Math.max(across, down);
    left = (WIDTH - canvas.clientWidth * scale) / 2;
    top = (HEIGHT - canvas.clientHeight * scale) / 2;
    return true;
  }
  function draw() {
    if (!measure()) return;
    var ratio = Math.max(window.devicePixelRatio || 1, 1);
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    paint();
  }
  function paint() {
    var ratio = canvas.width / canvas.clientWidth;
    paper.setTransform(1, 0, 0, 1, 0, 0);
    paper.clearRect(0, 0, canvas.width, canvas.height);
    paper.setTransform(ratio / scale, 0, 0, ratio / scale, -left * ratio / scale, -top * ratio / scale);
    paper.lineWidth = 2.6 * scale;
    paper.lineCap = paper.lineJoin = "round";
    paper.strokeStyle = getComputedStyle(canvas).color;
    strokes.forEach(function (stroke) {
      paper.beginPath();
      paper.moveTo(stroke[0], stroke[1]);
      for (var at = 2; at + 3 < stroke.length; at += 2) {
        paper.quadraticCurveTo(stroke[at], stroke[at + 1], (stroke[at] + stroke[at + 2]) / 2, (stroke[at + 1] + stroke[at + 3]) / 2);
      }
      // The last point, or a dot.
      paper.lineTo(stroke[stroke.length - 2], stroke[stroke.length - 1] + (stroke.length === 2 ? 0.1 : 0));
      paper.stroke();
    });
  }

  function point(touch) {
    var corner = canvas.getBoundingClientRect();
    return [
      within((touch.clientX - corner.left - canvas.clientLeft) * scale + left, WIDTH),
      within((touch.clientY - corner.top - canvas.clientTop) * scale + top, HEIGHT)
    ];
  }
  function begin(touch, number) {
    if (!measure()) return;
    finger = number;
    drawing = point(touch);
    strokes.push(drawing);
    empty.hidden = true;
    paint();
  }
  function go(touch, isLast) {
    var next = point(touch), across = next[0] - drawing[drawing.length - 2], down = next[1] - drawing[drawing.length - 1];
    if (Math.sqrt(across * across + down * down) < (isLast ? 1 : NEAR * scale)) return;
    drawing.push(next[0], next[1]);
    paint();
  }
  function end(touch) {
    if (!drawing) return;
    if (touch) go(touch, true);
    drawing = finger = null;
    store();
  }

  if (window.PointerEvent) {
    canvas.addEventListener("pointerdown", function (event) {
      if (event.button) return;
      if (event.pointerType === "mouse") wake(true);
      if (!isAwake || finger !== null && !event.isPrimary) return;
      // A first finger that comes down ends one whose end was never told.
      end(null);
      event.preventDefault();
      try { canvas.setPointerCapture(event.pointerId); } catch (error) { /* it has gone already */ }
      begin(event, event.pointerId);
    });
    canvas.addEventListener("pointermove", function (event) { if (event.pointerId === finger) go(event); });
    canvas.addEventListener("pointerup", function (event) { if (event.pointerId === finger) end(event); });
    // The screen turns, or the browser takes the finger for something else: what was drawn stays.
    canvas.addEventListener("pointercancel", function (event) { if (event.pointerId === finger) end(null); });
    canvas.addEventListener("lostpointercapture", function (event) { if (event.pointerId === finger) end(null); });
  } else {
    canvas.addEventListener("touchstart", function (event) {
      touchedAt = Date.now();
      if (!isAwake || event.touches.length > 1) return;
      end(null);
      begin(event.changedTouches[0], event.changedTouches[0].identifier);
    });
    ["touchmove", "touchend", "touchcancel"].forEach(function (name) {
      canvas.addEventListener(name, function (event) {
        touchedAt = Date.now();
        for (var at = 0; at < event.changedTouches.length; at += 1) {
          if (event.changedTouches[at].identifier !== finger) continue;
          if (name === "touchmove") go(event.changedTouches[at]);
          else end(name === "touchend" ? event.changedTouches[at] : null);
        }
      });
    });
    canvas.addEventListener("mousedown", function (event) {
      // An old browser makes a mouse of every tap.
      if (event.button || Date.now() - touchedAt < AFTER_TOUCH) return;
      wake(true);
      begin(event, "mouse");
    });
    document.addEventListener("mousemove", function (event) { if (finger === "mouse") go(event); });
    document.addEventListener("mouseup", function (event) { if (finger === "mouse") end(event); });
  }
  // Where a browser does not know touch-action, this keeps the page still while one draws.
  canvas.addEventListener("touchmove", function (event) { if (drawing) event.preventDefault(); }, { passive: false });
  canvas.addEventListener("click", function () { wake(true); });
  ["pointerdown", "touchstart", "mousedown"].forEach(function (name) {
    document.addEventListener(name, function (event) { if (isAwake && !sheet.contains(event.target)) wake(false); }, true);
  });
  form.querySelector("[data-again]").addEventListener("click", function () {
    drawing = finger = null;
    strokes = [];
    draw();
    store();
    wake(true);
  });
  form.addEventListener("draw", function () { strokes = read(field.value); draw(); wake(false); });

  // The sheet changes size when the phone turns, and when its part of the form is shown.
  if (window.ResizeObserver) new ResizeObserver(draw).observe(canvas);
  window.addEventListener("resize", draw);
  ["(prefers-color-scheme: dark)", "(forced-colors: active)"].forEach(function (colours) {
    var query = window.matchMedia(colours);
    if (query.addEventListener) query.addEventListener("change", draw);
    else query.addListener(draw);
  });
  form.querySelector(".drawing").hidden = false;
  wake(false);
  draw();
})();
