// Preview only: reload when a build changed what this page shows, and show what went wrong.
(() => {
  "use strict";
  const overlay = document.createElement("div");
  overlay.setAttribute("role", "alert");
  overlay.style.cssText =
    "position:fixed;inset:auto 0 0 0;z-index:99;max-height:60vh;overflow:auto;padding:16px 24px;" +
    "font:14px/1.5 ui-monospace,monospace;white-space:pre-wrap;background:#2a0f0b;color:#ffe3da;" +
    "border-top:3px solid #e8603c";
  const show = (problems) => {
    overlay.remove();
    if (!problems.length) return;
    overlay.textContent = problems.join("\n");
    document.body.append(overlay);
  };
  const seen = Number(document.currentScript.dataset.changes);
  const events = new EventSource("/-microscribe/events");
  events.onmessage = ({ data }) => {
    const { problems, changes } = JSON.parse(data);
    show(problems);
    if (changes > seen) location.reload();
  };
})();
