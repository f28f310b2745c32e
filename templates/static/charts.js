// Charts come alive: the drawing in the page is replaced, at the same size, by a Vega view of
// the same chart when it comes near or is touched. If anything fails, the drawing stays, and says so.
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
  tip.setAttribute("role", "status");
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
  const tooltip = (_, event, __, value) => (value === null || value === undefined || value === "" ? hideTip() : showTip(event, value));
  addEventListener("keydown", (event) => { if (event.key === "Escape") hideTip(); });
  addEventListener("scroll", hideTip, { passive: true });

  // ---- By keyboard -------------------------------------------------------------------------
  // A live chart takes the focus once; arrow keys then go from mark to mark, to the nearest one that
  // lies there. A mark reached so hears what it hears from a pointer: it tells its numbers, and the
  // others fade where pointing fades them.
  const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  const itemOf = (mark) => [mark.__data__].flat()[0];

  // Where a pointer would meet a mark. A line is met at its points alone, and Vega tells what is there.
  const middle = (mark) => {
    const { marktype, items } = itemOf(mark).mark;
    if (marktype === "line") {
      const there = items.filter((item) => item.defined !== false);
      const { x, y } = there[there.length >> 1];
      const point = new DOMPoint(x, y).matrixTransform(mark.getScreenCTM());
      return [point.x, point.y];
    }
    const { left, top, width, height } = mark.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  };

  const nearest = (marks, from, [right, down]) => {
    const [x0, y0] = middle(from);
    let best = null, least = Infinity;
    for (const mark of marks) {
      const [x, y] = middle(mark);
      const ahead = (x - x0) * right + (y - y0) * down, aside = Math.abs((x - x0) * down) + Math.abs((y - y0) * right);
      const cost = ahead + 3 * aside;
      if (ahead > 0.5 && cost < least) [best, least] = [mark, cost];
    }
    return best;
  };

  // Lines and areas run through the whole chart; there every arrow goes to the one before or after.
  const LONG = new Set(["line", "area", "trail"]);

  const next = (marks, from, key) => {
    if (key === "Home" || !from) return marks[0];
    if (key === "End") return marks.at(-1);
    const way = WAYS[key];
    return LONG.has(itemOf(from).mark.marktype) ? marks[marks.indexOf(from) + way[0] + way[1]] : nearest(marks, from, way);
  };

  const tells = (mark) => itemOf(mark)?.tooltip != null;

  const walkable = (stage, live) => {
    const marks = () => [...live.querySelectorAll('[class*="role-mark"] > :not(g)')].filter(tells);
    if (!marks().length) return;
    let at = null;
    const ring = Object.assign(document.createElement("div"), { className: "chart-ring", hidden: true });
    const hear = (kind) => {
      if (!at) return;
      const [clientX, clientY] = middle(at);
      at.dispatchEvent(new PointerEvent(kind, { bubbles: true, clientX, clientY }));
    };
    const leave = () => {
      for (const kind of ["pointerout", "mouseout"]) hear(kind);
      at = null;
      ring.hidden = true;
      hideTip();
    };
    const surround = () => {
      const box = at.getBoundingClientRect(), ground = stage.getBoundingClientRect();
      ring.hidden = false;
      Object.assign(ring.style, { left: `${box.left - ground.left - 3}px`, top: `${box.top - ground.top - 3}px`,
        width: `${box.width + 6}px`, height: `${box.height + 6}px` });
    };
    const go = (mark) => {
      if (!mark) return;
      leave();
      at = mark;
      surround();
      for (const kind of ["pointerover", "pointermove"]) hear(kind);
    };
    stage.tabIndex = 0;
    stage.setAttribute("role", "application");
    stage.setAttribute("aria-label", `Chart; arrow keys go through its ${marks().length} marks`);
    stage.append(ring);
    stage.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && at) {
        leave();
        event.preventDefault();
      }
      // What a click would do, choosing a unit or a series, Enter does too.
      if (at?.isConnected && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        hear("click");
      }
      if (!(event.key in WAYS || event.key === "Home" || event.key === "End")) return;
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      go(next(marks(), at?.isConnected ? at : null, event.key));
    });
    stage.addEventListener("blur", leave);
    stage.addEventListener("pointermove", (event) => { if (event.isTrusted && at) leave(); });
  };

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

  const enliven = async (chart) => {
    const still = chart.querySelector("svg, img");
    await Promise.all([load(runtime), load(chart.dataset.spec), fonts()]);
    await idle();
    const stage = document.createElement("div");
    const view = await viewed(specs[chart.dataset.key], stage);
    const live = stage.querySelector("svg");
    keepSize(live, still);
    introduce(live, still);
    view.addResizeListener(() => keepSize(live, still));
    stage.className = "chart-live";
    walkable(stage, live);
    chart.replaceChildren(stage);
    chart.dataset.live = "";
    views[chart.id] = view;
    if (!tip.isConnected) document.body.append(tip);
    chart.addEventListener("pointerleave", hideTip);
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

  for (const chart of document.querySelectorAll(".chart[data-spec]")) {
    near.observe(chart);
    for (const kind of ["pointerenter", "focusin"]) chart.addEventListener(kind, () => start(chart), { once: true });
  }
})();
