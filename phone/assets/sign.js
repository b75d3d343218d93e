"use strict";
// Draws the signature and keeps it as strokes of whole numbers in a box of 600 × 200 in the field `drawn`.
(() => {
  const form = document.querySelector("form.sign");
  if (!form || !window.SignaturePad) return;
  const WIDTH = 600, HEIGHT = 200;
  const canvas = form.querySelector(".pad");
  const field = form.elements.drawn;
  form.querySelector(".drawing").hidden = false;
  const pad = new SignaturePad(canvas, { minWidth: 1.2, maxWidth: 3.2 });
  let strokes = field.value ? JSON.parse(field.value) : [];

  let scale = 1;

  // Where the pad's corner lies in the box.
  const corner = () => ({
    left: (WIDTH - canvas.clientWidth * scale) / 2,
    top: (HEIGHT - canvas.clientHeight * scale) / 2,
  });
  const within = (value, limit) => Math.max(0, Math.min(limit, Math.round(value)));

  const store = () => {
    const { left, top } = corner();
    strokes = pad.toData().map((stroke) =>
      stroke.points.flatMap((point) => [within(point.x * scale + left, WIDTH), within(point.y * scale + top, HEIGHT)]));
    field.value = strokes.length ? JSON.stringify(strokes) : "";
  };

  const draw = () => {
    // Not shown now: there is nothing to measure, and the strokes stay.
    if (!canvas.clientWidth) return;
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.penColor = getComputedStyle(canvas).color;
    const across = WIDTH / canvas.clientWidth, down = HEIGHT / canvas.clientHeight;
    scale = Math.min(across, down);
    const reach = canvas.clientWidth * scale / 2;
    const isCut = strokes.some((stroke) =>
      stroke.some((value, at) => at % 2 === 0 && Math.abs(value - WIDTH / 2) > reach));
    // Drawn on a wider screen: show the whole box instead of cutting the name off.
    if (isCut) scale = Math.max(across, down);
    const { left, top } = corner();
    pad.fromData(strokes.map((stroke) => ({
      penColor: pad.penColor, dotSize: pad.dotSize, minWidth: pad.minWidth, maxWidth: pad.maxWidth,
      velocityFilterWeight: pad.velocityFilterWeight, compositeOperation: pad.compositeOperation,
      points: Array.from({ length: stroke.length / 2 }, (_, at) => ({
        x: (stroke[2 * at] - left) / scale, y: (stroke[2 * at + 1] - top) / scale, pressure: 0.5, time: 16 * (at + 1),
      })),
    })));
  };

  pad.addEventListener("endStroke", store);
  form.querySelector("[data-again]").addEventListener("click", () => { pad.clear(); store(); });
  // The canvas changes size when the phone turns, and when its part of the form is shown.
  if (window.ResizeObserver) new ResizeObserver(draw).observe(canvas);
  else window.addEventListener("resize", draw);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  if (scheme.addEventListener) scheme.addEventListener("change", draw);
  draw();
})();
