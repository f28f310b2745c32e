// A figure that is set into another page says how high it is. Where this file runs in that page too, the frame becomes so
// high: nothing is cut off, and nothing scrolls inside.
(() => {
  "use strict";
  const HEIGHT = "microscribe-height";
  const frames = () => [...document.querySelectorAll("iframe")];
  const figure = parent === window ? null : document.querySelector(".figure-page > .alone");
  const say = () => parent.postMessage({ [HEIGHT]: Math.ceil(figure.getBoundingClientRect().height) }, "*");

  addEventListener("message", ({ data, source }) => {
    const height = data?.[HEIGHT];
    if (height === "asked" && figure) say();
    if (!(Number.isFinite(height) && height > 0)) return;
    const frame = frames().find((one) => one.contentWindow === source);
    if (frame) frame.style.height = `${height}px`;
  });
  if (figure) new ResizeObserver(say).observe(figure);
  // Those that spoke before this file was here are asked to speak again.
  for (const frame of frames()) frame.contentWindow?.postMessage({ [HEIGHT]: "asked" }, "*");
})();
