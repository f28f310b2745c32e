// Networks in a page are fetched when one of them comes near, or somebody reaches for it.
(() => {
  "use strict";
  const { script, ...devices } = document.currentScript.dataset, boxes = document.querySelectorAll(".live[data-live]");
  const fetch = () => {
    near.disconnect();
    for (const box of boxes) for (const kind of ["pointerenter", "focusin"]) box.removeEventListener(kind, fetch);
    const element = document.createElement("script");
    element.src = script;
    Object.assign(element.dataset, devices);
    document.head.append(element);
  };
  const near = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) fetch();
  }, { rootMargin: "400px 0px" });
  for (const box of boxes) {
    near.observe(box);
    for (const kind of ["pointerenter", "focusin"]) box.addEventListener(kind, fetch);
  }
})();
