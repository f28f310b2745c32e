// Charts come alive: the drawing in the page is replaced, at the same size, by a Vega view of
// the same chart when it comes near a reader or is touched. If anything fails, the drawing stays, and says so.
// Vega's expressions are interpreted (see expressions.js), so a page may forbid eval.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
  const specs = (microscribe.specs ??= {});
  const views = (microscribe.views ??= {});
  const runtime = document.currentScript.dataset.runtime;
  const loaded = new Map();

  const load = (url) => {
    if (!loaded.has(url)) {
      loaded.set(url, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = url;
        script.onload = resolve;
        script.onerror = () => reject(new Error(`cannot load ${url}`));
        document.head.append(script);
      }));
    }
    return loaded.get(url);
  };

  // Text is measured when a view is built, so the label font must be there first.
  const fonts = () => document.fonts?.load('13px "Source Sans Pro"').catch(() => {}) ?? Promise.resolve();

  const idle = () => new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve, { timeout: 300 }));

  // ---- The tooltip ------------------------------------------------------------------------
  const tip = document.createElement("div");
  tip.className = "chart-tip";
  tip.hidden = true;

  const cell = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

  const picture = (url) => {
    const image = new Image();
    image.src = url;
    image.alt = "";
    return image;
  };

  const row = ([name, value]) => {
    if (name === "image") return picture(value);
    const line = document.createElement("div");
    line.append(cell("span", name), cell("b", String(value)));
    return line;
  };

  const showTip = (event, value) => {
    const rows = value !== null && typeof value === "object" ? Object.entries(value).map(row) : [cell("div", String(value))];
    tip.replaceChildren(...rows);
    tip.hidden = false;
    const wide = document.documentElement.clientWidth;
    const { offsetWidth: width, offsetHeight: height } = tip;
    const right = event.clientX + 14 + width < wide - 8;
    const below = event.clientY + 16 + height < innerHeight - 8;
    tip.style.left = `${Math.max(right ? event.clientX + 14 : event.clientX - width - 14, 8)}px`;
    tip.style.top = `${Math.max(below ? event.clientY + 16 : event.clientY - height - 12, 8)}px`;
  };

  const hideTip = () => { tip.hidden = true; };
  const nothing = (value) => value === null || value === undefined || value === "";
  // A finger leaves the page with every touch: what it touched is told until it touches something else.
  const leave = (event) => { if (event?.pointerType !== "touch") hideTip(); };
  const tooltip = (_, event, __, value) => (nothing(value) ? leave(event) : showTip(event, value));
  const touched = (event) => {
    if (event.pointerType !== "touch") return;
    const value = [event.target.__data__].flat()[0]?.tooltip;
    if (nothing(value)) hideTip();
    else showTip(event, value);
  };
  addEventListener("pointerdown", ({ target }) => { if (!target.closest?.(".chart, .chart-tip")) hideTip(); });
  addEventListener("keydown", (event) => { if (event.key === "Escape") hideTip(); });
  addEventListener("scroll", hideTip, { passive: true });

  // ---- One chart --------------------------------------------------------------------------
  const keepSize = (live, still) => {
    const width = still.getAttribute("width"), height = still.getAttribute("height");
    live.setAttribute("width", width);
    live.setAttribute("height", height);
    live.setAttribute("viewBox", `0 0 ${width} ${height}`);
  };

  const introduce = (live, still) => {
    live.setAttribute("role", "img");
    live.setAttribute("aria-label", still.getAttribute("aria-label") ?? still.getAttribute("alt") ?? "");
    live.removeAttribute("aria-roledescription");
    // One picture with one label: its pieces are not announced, and its numbers stand in the table.
    for (const group of live.children) group.setAttribute("aria-hidden", "true");
  };

  // Vega only writes down what goes wrong while it evaluates; what goes wrong at first is a failure.
  const journal = () => {
    const quiet = () => log;
    const log = { first: null, level: quiet, info: quiet, debug: quiet,
      warn: (...words) => (console.warn(...words), log),
      error: (...words) => (log.first ??= words[0], console.error(...words), log) };
    return log;
  };

  const viewed = async (spec, stage) => {
    const logger = journal();
    const view = new vega.View(vega.parse(structuredClone(spec), undefined, { ast: true }),
      { renderer: "svg", container: stage, hover: true, tooltip, logger, expr: microscribe.expressions });
    await view.runAsync();
    if (!logger.first) return view;
    view.finalize();
    throw logger.first;
  };

  const specification = async (chart) => {
    await Promise.all([load(runtime), load(chart.dataset.spec), fonts()]);
    return specs[chart.dataset.key];
  };

  const enliven = async (chart) => {
    const still = chart.querySelector("svg, img");
    const spec = await specification(chart);
    await idle();
    const stage = document.createElement("div");
    const view = await viewed(spec, stage);
    const live = stage.querySelector("svg");
    keepSize(live, still);
    introduce(live, still);
    view.addResizeListener(() => keepSize(live, still));
    stage.className = "chart-live";
    microscribe.walkable(stage, live, { tip, hideTip });
    chart.replaceChildren(stage);
    chart.dataset.live = "";
    views[chart.id] = view;
    if (!tip.isConnected) document.body.append(tip);
    chart.addEventListener("pointerleave", leave);
    chart.addEventListener("click", touched);
    chart.dispatchEvent(new CustomEvent("chart-ready", { bubbles: true, detail: { id: chart.id, view } }));
  };

  // The drawing is good by itself: one quiet line below its figure, however many charts are in it.
  const stay = (chart, error) => {
    chart.dataset.still = String(error.message ?? error);
    console.warn(`${chart.id} stays a drawing:`, error);
    const caption = chart.closest("figure")?.querySelector(".caption");
    if (!caption || caption.querySelector(".chart-stays")) return;
    const note = cell("p", "A drawing: the interactive version is not available in this browser.");
    note.className = "figure-note chart-stays";
    caption.append(note);
  };

  Object.assign(microscribe, { specification, stays: stay });

  const started = new WeakSet();
  const start = (chart) => {
    if (started.has(chart)) return;
    started.add(chart);
    near.unobserve(chart);
    enliven(chart).catch((error) => stay(chart, error));
  };
  const near = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) start(entry.target);
  }, { rootMargin: "400px 0px" });

  // Drawings are enough for who has done nothing yet: until a first sign of a reader the page stays light, unless its
  // address leads to a place or says what a chart shows.
  const SIGNS = ["scroll", "wheel", "pointermove", "pointerdown", "keydown", "click", "input"];
  const charts = document.querySelectorAll(".chart[data-spec]");
  const begin = () => {
    for (const sign of SIGNS) removeEventListener(sign, begin, true);
    for (const chart of charts) near.observe(chart);
  };
  if (location.hash) begin();
  else for (const sign of SIGNS) addEventListener(sign, begin, { capture: true, passive: true });

  for (const chart of charts) {
    for (const kind of ["pointerenter", "focusin"]) chart.addEventListener(kind, () => start(chart), { once: true });
  }
})();
