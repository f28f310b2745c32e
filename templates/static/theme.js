// Runs before the first paint: sets the theme that the reader chose, so that nothing flashes.
// Later it makes the switch work. Without a choice, the system's setting rules.
(() => {
  "use strict";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const remembered = () => {
    try { return localStorage.getItem("microscribe-theme"); } catch { return null; }
  };
  const remember = (theme) => {
    try {
      if (theme) localStorage.setItem("microscribe-theme", theme);
      else localStorage.removeItem("microscribe-theme");
    } catch { /* Reading works without a memory. */ }
  };
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  const current = () => root.dataset.theme ?? (system.matches ? "dark" : "light");

  root.classList.add("scripts");
  apply(remembered());

  // Fetch the fonts early, but not from the disk: browsers refuse preloads there.
  if (location.protocol.startsWith("http")) {
    for (const href of (document.currentScript.dataset.fonts ?? "").split(" ").filter(Boolean)) {
      document.head.append(Object.assign(document.createElement("link"),
        { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href }));
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".theme-switch");
    if (!button) return;
    const name = () => {
      const other = current() === "dark" ? "Light" : "Dark";
      button.textContent = other;
      button.setAttribute("aria-label", `${other} theme`);
    };
    button.addEventListener("click", () => {
      const wanted = current() === "dark" ? "light" : "dark";
      const asSystem = wanted === (system.matches ? "dark" : "light");
      remember(asSystem ? null : wanted);
      apply(asSystem ? null : wanted);
      name();
    });
    system.addEventListener("change", name);
    name();
  });
})();
