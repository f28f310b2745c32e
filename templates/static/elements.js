// Tabs, the slider of comparisons, films that run by themselves: loaded only by pages that have them.
(() => {
  "use strict";

  // ---- Tabs: arrow keys move, those of one kind move together, links reach what is hidden ----
  const tabsOf = (box) => [...box.querySelector(":scope > .tab-list").children];

  const show = (tab) => {
    for (const other of tabsOf(tab.closest("[data-element=tabs]"))) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", String(chosen));
      other.tabIndex = chosen ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).classList.toggle("chosen", chosen);
    }
  };

  // What the reader clicked stays under the pointer, whatever grows or shrinks above it.
  const choose = (tab) => {
    const before = tab.getBoundingClientRect().top;
    show(tab);
    const { sync } = tab.dataset;
    if (sync) document.querySelectorAll(`[data-sync="${CSS.escape(sync)}"]`).forEach(show);
    scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: "instant" });
  };

  const step = (tabs, index, key) =>
    ({ ArrowRight: (index + 1) % tabs.length, ArrowLeft: (index + tabs.length - 1) % tabs.length,
       Home: 0, End: tabs.length - 1 })[key];

  for (const box of document.querySelectorAll("[data-element=tabs]")) {
    const tabs = tabsOf(box);
    tabs.forEach((tab, index) => {
      tab.addEventListener("click", () => choose(tab));
      tab.addEventListener("keydown", (event) => {
        const next = tabs[step(tabs, index, event.key)];
        if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        choose(next);
        next.focus();
      });
    });
  }

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let panel = target?.closest(".tab-panel:not(.chosen)");
    if (!panel) return;
    for (; panel; panel = panel.parentElement.closest(".tab-panel:not(.chosen)")) {
      show(document.getElementById(panel.getAttribute("aria-labelledby")));
    }
    target.scrollIntoView({ behavior: "instant" });
  };
  addEventListener("hashchange", reveal);
  reveal();

  // ---- Comparisons: the slider says where the first picture ends ------------------------------
  for (const box of document.querySelectorAll("[data-element=compare]")) {
    const slider = box.querySelector("input");
    const cut = () => {
      box.style.setProperty("--cut", `${slider.value}%`);
      slider.setAttribute("aria-valuetext", `${slider.value} % ${slider.dataset.name}`);
    };
    slider.addEventListener("input", cut);
    cut();
  }

  // ---- Films that loop run while they are seen, unless the reader minds motion or stopped them ---
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const watch = new IntersectionObserver((entries) => {
    for (const { target: film, isIntersecting } of entries) {
      if (!isIntersecting) film.pause();
      else if (!still.matches && !film.dataset.stopped) film.play().catch(() => {});
    }
  }, { threshold: 0.4 });
  for (const film of document.querySelectorAll("video[data-element=loop]")) {
    const seen = () => { const box = film.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; };
    film.addEventListener("pause", () => { if (seen() && !document.hidden && !film.ended) film.dataset.stopped = "yes"; });
    film.addEventListener("play", () => { delete film.dataset.stopped; });
    watch.observe(film);
  }
})();
