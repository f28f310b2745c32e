// Charts of many images: a reader draws a line around some, or names them one by one, and they are listed below with what
// they are of. On a touch screen a button says that fingers draw now, and do not scroll. Which are chosen stands in the
// address. A chart offers it by `data-lasso`; `figures/charts/lasso.py` says what signals it has.
(() => {
  "use strict";
  const { address } = window.microscribe;
  const NAMED = 6, MOVED_PX = 4, EDGE_PX = 12, SVG = "http://www.w3.org/2000/svg";
  const coarse = matchMedia("(pointer: coarse)").matches, LISTED = coarse ? 24 : 60;
  const HINT = coarse ? "Choose some to see them side by side: touch them, or draw a line around them."
    : "Draw a line around some, or click one, to see them side by side. By keyboard, Enter chooses one, and R at two corners all between.";

  const make = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const button = (textContent, act) => {
    const made = make("button", { type: "button", textContent });
    made.addEventListener("click", act);
    return made;
  };

  // ---- Numbers as the address has them: 3,7-12 ------------------------------------------------
  const written = (numbers) => {
    const runs = [];
    for (const number of [...numbers].sort((a, b) => a - b)) {
      if (runs.at(-1)?.[1] === number - 1) runs.at(-1)[1] = number;
      else runs.push([number, number]);
    }
    return runs.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(",");
  };
  // What the address holds may be anything: what is no number of an image is passed over.
  const read = (text, count) => new Set(String(text ?? "").split(",").flatMap((run) => {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(run) ?? [];
    const from = Number(first), until = Math.min(Number(last), count - 1);
    return first === undefined || until < from ? [] : Array.from({ length: until - from + 1 }, (_, i) => from + i);
  }));

  const inside = ([x, y], line) => {
    let odd = false;
    for (let i = 0, j = line.length - 1; i < line.length; j = i++) {
      const [x0, y0] = line[j], [x1, y1] = line[i];
      if ((y0 > y) !== (y1 > y) && x < x0 + (y - y0) / (y1 - y0) * (x1 - x0)) odd = !odd;
    }
    return odd;
  };

  // ---- What stands below: how many of what, and each ------------------------------------------
  const prepare = (chart) => {
    const things = chart.dataset.lasso;
    const told = make("p", { className: "lasso-told", textContent: HINT }), list = make("ul", { className: "lasso-list" });
    const tools = make("div", { className: "lasso-tools" }), box = chart.nextElementSibling;
    told.setAttribute("role", "status");
    list.setAttribute("aria-label", `Chosen ${things}`);
    box.append(tools, told, list);
    return { box, tools, told, list, things };
  };

  const enliven = (chart, view, { box, tools, told, list, things }) => {
    const stage = chart.querySelector(".chart-live"), key = `${chart.id.replace(/-narrow$/, "")}.chosen`;
    const [columns, rows] = view.signal("cells"), slots = view.signal("slots");
    const datumOf = (mark) => [mark?.__data__].flat()[0]?.datum;
    const pointed = (mark) => [mark?.__data__].flat()[0]?.tooltip != null && Number.isInteger(datumOf(mark)?.i);
    const marks = () => [...stage.querySelectorAll('[class*="role-mark"] > :not(g)')].filter(pointed);
    const known = new Map(marks().map((mark) => [datumOf(mark).i, datumOf(mark)]));
    let chosen = new Set(), all = false, corner = null, line = null, touching = !coarse;

    const groups = () => {
      const counts = new Map();
      for (const i of chosen) counts.set(known.get(i).w, (counts.get(known.get(i).w) ?? 0) + 1);
      return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    };
    const sentence = (counted) => {
      const parts = counted.slice(0, NAMED).map(([word, count]) => `${count} ${word || "without a name"}`);
      const left = counted.slice(NAMED), sum = left.reduce((total, [, count]) => total + count, 0);
      if (left.length) parts.push(`${sum} of ${left.length} others`);
      const what = counted.length > 1 || counted[0][0] ? `: ${parts.join(", ")}` : "";
      return `${chosen.size} of ${known.size} ${things}${what}.`;
    };
    const tile = (i) => {
      const { n: name, w: word } = known.get(i), made = button("", () => choose(without(i)));
      const share = (at, count) => `${count > 1 ? at / (count - 1) * 100 : 0}%`;
      made.className = "lasso-tile";
      made.title = word && word !== name ? `${name}: ${word}` : name;
      made.setAttribute("aria-label", `${made.title}; take it out`);
      made.style.backgroundSize = `${columns * 100}% ${rows * 100}%`;
      made.style.backgroundPosition = `${share(slots[i] % columns, columns)} ${share(Math.floor(slots[i] / columns), rows)}`;
      for (const kind of ["pointerenter", "focus"]) made.addEventListener(kind, () => view.signal("at", i).runAsync());
      return make("li", {}, made);
    };
    const show = () => {
      const counted = groups(), place = new Map(counted.map(([word], at) => [word, at]));
      const sorted = [...chosen].sort((a, b) => place.get(known.get(a).w) - place.get(known.get(b).w) || a - b);
      told.textContent = chosen.size ? sentence(counted) : HINT;
      list.replaceChildren(...(all ? sorted : sorted.slice(0, LISTED)).map(tile));
      list.querySelectorAll("button").forEach((one, at) => { one.tabIndex = at ? -1 : 0; });
      clear.hidden = !chosen.size;
      more.hidden = all || chosen.size <= LISTED;
      more.textContent = `Show all ${chosen.size}`;
    };
    const take = (numbers) => {
      chosen = numbers;
      view.signal("chosen", numbers.size ? Array.from({ length: known.size }, (_, i) => numbers.has(i)) : []).runAsync();
      show();
    };
    const choose = (numbers) => {
      const focused = [...list.querySelectorAll("button")].indexOf(document.activeElement);
      all = false;
      take(numbers);
      address.keep(key, numbers.size ? written(numbers) : undefined);
      if (focused >= 0) (list.querySelectorAll("button")[Math.min(focused, list.children.length - 1)] ?? stage).focus();
    };
    const without = (i) => new Set([...chosen].filter((other) => other !== i));
    const turned = (i) => (chosen.has(i) ? without(i) : new Set([...chosen, i]));

    // ---- A line with the pointer: with Shift what it holds comes to the others ------------------
    const middle = (mark) => {
      const { left, top, width, height } = mark.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    };
    const ground = () => {
      const boxes = marks().map((mark) => mark.getBoundingClientRect());
      const edge = (side, most) => most(...boxes.map((one) => one[side]));
      return [edge("left", Math.min) - EDGE_PX, edge("top", Math.min) - EDGE_PX, edge("right", Math.max) + EDGE_PX, edge("bottom", Math.max) + EDGE_PX];
    };
    const within = ([x, y], [left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom;
    const held = (points) => marks().filter((mark) => inside(middle(mark), points)).map((mark) => datumOf(mark).i);

    const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    svg.setAttribute("class", "lasso-line");
    svg.setAttribute("aria-hidden", "true");
    svg.append(path);
    stage.append(svg);
    const draw = () => {
      const { left, top } = stage.getBoundingClientRect();
      path.setAttribute("d", line ? `M${line.map(([x, y]) => `${(x - left).toFixed(1)} ${(y - top).toFixed(1)}`).join("L")}Z` : "");
    };
    let drawn = false;
    stage.addEventListener("dragstart", (event) => event.preventDefault());
    stage.addEventListener("pointerdown", (event) => {
      const at = [event.clientX, event.clientY];
      drawn = false;
      if (!event.isPrimary || event.button || !touching || !within(at, ground())) return;
      line = [at];
    });
    stage.addEventListener("pointermove", (event) => {
      if (!line || !event.isPrimary) return;
      const at = [event.clientX, event.clientY], [x, y] = line.at(-1);
      if (Math.hypot(at[0] - x, at[1] - y) < MOVED_PX) return;
      if (line.length === 1) stage.setPointerCapture(event.pointerId);
      line.push(at);
      draw();
    });
    stage.addEventListener("pointerup", (event) => {
      if (!line || !event.isPrimary) return;
      drawn = line.length > 2;
      if (drawn) choose(new Set([...(event.shiftKey ? chosen : []), ...held(line)]));
      line = null;
      draw();
    });
    stage.addEventListener("pointercancel", () => { line = null; draw(); });
    // A finger chooses only while the button says so; keys come as clicks of no pointer.
    stage.addEventListener("click", (event) => {
      if (pointed(event.target) && !drawn && (touching || event.pointerType !== "touch")) choose(turned(datumOf(event.target).i));
    });

    // ---- Keys: R marks one corner of a rectangle, then the other --------------------------------
    const KEYS = {
      r: (mark) => {
        if (!corner?.isConnected) {
          corner = mark;
          told.textContent = `From ${datumOf(mark).n}: go to the other corner and press R again.`;
          return;
        }
        const [[x0, y0], [x1, y1]] = [middle(corner), middle(mark)];
        const box = [Math.min(x0, x1) - 1, Math.min(y0, y1) - 1, Math.max(x0, x1) + 1, Math.max(y0, y1) + 1];
        corner = null;
        choose(new Set([...chosen, ...marks().filter((one) => within(middle(one), box)).map((one) => datumOf(one).i)]));
      },
      Backspace: () => choose(new Set()),
    };
    stage.addEventListener("keydown", (event) => {
      const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      const ring = stage.querySelector(".chart-ring"), mark = marks().find((one) => datumOf(one).i === view.signal("at"));
      if (!act || ring.hidden || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      act(mark);
    });
    list.addEventListener("keydown", (event) => {
      const every = [...list.querySelectorAll("button")], step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = every[every.indexOf(document.activeElement) + step];
      if (!next) return;
      event.preventDefault();
      for (const one of every) one.tabIndex = one === next ? 0 : -1;
      next.focus();
    });

    // ---- Tools --------------------------------------------------------------------------------
    const clear = button("Clear", () => { choose(new Set()); stage.focus({ preventScroll: true }); });
    const more = button("", () => { all = true; show(); list.querySelector("button").focus(); });
    const fingers = button("Choose by touch", () => {
      touching = !touching;
      fingers.setAttribute("aria-pressed", String(touching));
      chart.classList.toggle("lasso-touched", touching);
    });
    fingers.setAttribute("aria-pressed", "false");
    tools.replaceChildren(...(coarse ? [fingers] : []), clear);
    box.append(more);
    box.style.setProperty("--lasso-sheet", `url("${view.signal("sheet")}")`);

    const restore = () => take(read(address.value(key), known.size));
    restore();
    document.addEventListener("address-read", restore);
  };

  const boxes = new Map([...document.querySelectorAll("[data-lasso]")].map((chart) => [chart, prepare(chart)]));
  document.addEventListener("chart-ready", ({ target, detail: { view } }) => {
    if (boxes.has(target)) enliven(target, view, boxes.get(target));
  });
})();
