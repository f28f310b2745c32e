// A square of pictures that a reader comes closer to: wheel, pinch, buttons, + and −. Closer, a finer grid takes over.
// Drag moves it, arrow keys go from picture to picture, a list leaves one label bright. What is seen stands in the address:
// its middle, how close it is, and the label. The picture that stands in the page without this script stays in its place
// for paper.
(() => {
  "use strict";
  const { address } = window.microscribe ?? {};
  // A grid takes over as soon as its cells are so large, in pixels of the page.
  const CELL_PX = 44, CLOSEST = 10, STEP = 1.6, FILM_MS = 220, DIM = 0.12;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const HINT = matchMedia("(pointer: coarse)").matches
    ? "Touch a picture to read what it stands for. Two fingers, or the buttons, come closer."
    : "Point at a picture. Click, then turn the wheel to come closer; drag to move.";
  const within = (value, low, high) => Math.min(Math.max(value, low), high);

  const levelOf = (node) => {
    const grid = Number(node.dataset.grid);
    const patches = JSON.parse(node.dataset.patches).map(([row, column, count, ...labels]) => ({ row, column, count, labels }));
    const at = new Map(patches.map((patch) => [patch.row * grid + patch.column, patch]));
    return { grid, patches, at, source: node.dataset.src, picture: null };
  };

  // What nobody comes close to is not fetched.
  const fetched = (level, ready) => {
    if (!level.picture) {
      level.picture = new Image();
      level.picture.addEventListener("load", ready);
      level.picture.src = level.source;
    }
    return level.picture.complete && level.picture.naturalWidth > 0;
  };

  const start = (box) => {
    const labels = JSON.parse(box.dataset.mosaic), things = box.dataset.things;
    const levels = [...box.querySelectorAll(".mosaic-level")].map(levelOf);
    const stage = box.querySelector(".mosaic-stage"), told = box.querySelector(".mosaic-told");
    const tools = box.querySelector(".mosaic-tools"), list = box.querySelector("select");
    const canvas = Object.assign(document.createElement("canvas"), { className: "mosaic-canvas", tabIndex: 0 });
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", `${box.dataset.words} Arrow keys go from picture to picture, plus and minus change the size.`);
    const pen = canvas.getContext("2d");
    // x and y are the corner of what is seen, in [0, 1); the side of what is seen is 1 / scale.
    const view = { x: 0, y: 0, scale: 1 };
    let side = 0, chosen = null, only = -1, waiting = false, film = 0, ready = false;

    // ---- What is seen -------------------------------------------------------------------------
    const wanted = () => levels.findLast(({ grid }) => side * view.scale / grid >= CELL_PX) ?? levels[0];
    const shown = () => {
      const level = wanted();
      if (fetched(level, ask)) return level;
      return levels.find(({ picture }) => picture?.complete && picture.naturalWidth) ?? level;
    };

    const copy = (picture, x, y, size) => {
      const full = picture.naturalWidth, scale = side * view.scale;
      pen.drawImage(picture, x * full, y * full, size * full, size * full, (x - view.x) * scale, (y - view.y) * scale, size * scale, size * scale);
    };

    const draw = () => {
      waiting = false;
      const level = shown(), density = devicePixelRatio || 1;
      if (!side || !level.picture?.naturalWidth) return;
      pen.setTransform(density, 0, 0, density, 0, 0);
      pen.clearRect(0, 0, side, side);
      pen.globalAlpha = only < 0 ? 1 : DIM;
      copy(level.picture, view.x, view.y, 1 / view.scale);
      pen.globalAlpha = 1;
      if (only >= 0) for (const patch of level.patches) if (patch.labels[0] === only) bright(level, patch);
      if (chosen) ring(level);
    };
    const bright = ({ grid, picture }, { row, column }) => {
      const left = column / grid - view.x, top = row / grid - view.y, seen = 1 / view.scale;
      if (left > -1 / grid && top > -1 / grid && left < seen && top < seen) copy(picture, column / grid, row / grid, 1 / grid);
    };
    const ring = (level) => {
      if (chosen.level !== level) choose(under(level, (chosen.patch.column + 0.5) / chosen.level.grid, (chosen.patch.row + 0.5) / chosen.level.grid), level);
      if (!chosen) return;
      const size = side * view.scale / level.grid, { row, column } = chosen.patch;
      pen.strokeStyle = getComputedStyle(box).getPropertyValue("--accent");
      pen.lineWidth = 2;
      pen.strokeRect(column * size - view.x * side * view.scale + 1, row * size - view.y * side * view.scale + 1, size - 2, size - 2);
    };
    const ask = () => {
      if (!waiting) requestAnimationFrame(draw);
      waiting = true;
    };

    // ---- Coming closer --------------------------------------------------------------------------
    const place = (x, y, scale) => {
      view.scale = within(scale, 1, CLOSEST);
      view.x = within(x, 0, 1 - 1 / view.scale);
      view.y = within(y, 0, 1 - 1 / view.scale);
      box.classList.toggle("mosaic-closer", view.scale > 1);
      for (const button of tools.querySelectorAll("button")) {
        button.disabled = button.dataset.way === "in" ? view.scale >= CLOSEST : view.scale <= 1;
      }
      if (ready) keep();
      ask();
    };
    // What lies at (px, py) of the canvas stays there.
    const zoom = (factor, px = side / 2, py = side / 2) => {
      const scale = within(view.scale * factor, 1, CLOSEST);
      const shift = (1 / view.scale - 1 / scale) / side;
      place(view.x + px * shift, view.y + py * shift, scale);
    };
    const smoothly = (factor, px, py) => {
      cancelAnimationFrame(film);
      if (still.matches) return zoom(factor, px, py);
      const begun = performance.now();
      let done = 0;
      const turn = (now) => {
        const share = within((now - begun) / FILM_MS, 0, 1), eased = share * (2 - share);
        zoom(factor ** (eased - done), px, py);
        done = eased;
        if (share < 1) film = requestAnimationFrame(turn);
      };
      film = requestAnimationFrame(turn);
    };

    // ---- The address: in hundredths, a half of what is seen is never less than five of them ------
    const SEEN = `${box.id}.seen`, ONLY = `${box.id}.only`;
    const keep = () => {
      const { x, y, scale } = view, half = 0.5 / scale;
      address?.keep(SEEN, scale > 1 ? [x + half, y + half, scale].map((value) => value.toFixed(3).replace(/\.?0+$/, "")).join(",") : undefined);
      address?.keep(ONLY, only < 0 ? undefined : labels[only]);
    };
    // The address may hold what there is not: then the whole is seen.
    const restore = () => {
      const [x, y, scale] = (address?.value(SEEN) ?? "").split(",").map(Number), label = address?.value(ONLY) ?? "";
      const there = [x, y, scale].every(Number.isFinite) && scale >= 1, half = 0.5 / within(scale, 1, CLOSEST);
      only = [...list?.options ?? []].some((option) => option.value === label) ? labels.indexOf(label) : -1;
      if (list) list.value = labels[only] ?? "";
      choose(null);
      if (there) place(x - half, y - half, scale);
      else place(0, 0, 1);
    };

    // ---- What a reader points at -----------------------------------------------------------------
    const under = ({ grid, at }, x, y) => at.get(Math.floor(y * grid) * grid + Math.floor(x * grid)) ?? null;
    const choose = (patch, level = shown()) => {
      chosen = patch && { patch, level };
      tell();
    };
    const tell = () => {
      if (chosen) {
        const [first, ...others] = chosen.patch.labels.map((label) => labels[label]);
        const rest = [`${chosen.patch.count} ${things}`, ...(others.length ? [`next ${others.join(", ")}`] : [])].join("; ");
        const name = document.createElement("b");
        name.textContent = first;
        told.replaceChildren(name, `: ${rest}`);
      } else {
        told.textContent = only < 0 ? HINT : `${labels[only]}: ${counted(only)}`;
      }
    };
    const counted = (label) => {
      const patches = wanted().patches.filter((patch) => patch.labels[0] === label);
      const count = patches.reduce((sum, patch) => sum + patch.count, 0);
      return `${count} ${things} in ${patches.length} ${patches.length === 1 ? "cell" : "cells"} of this size`;
    };
    const local = (event) => {
      const { left, top } = canvas.getBoundingClientRect();
      return [event.clientX - left, event.clientY - top];
    };
    const point = (event) => {
      const [px, py] = local(event), full = side * view.scale;
      const patch = under(shown(), view.x + px / full, view.y + py / full);
      if (patch !== (chosen?.patch ?? null)) {
        choose(patch);
        ask();
      }
    };

    // ---- Hands ------------------------------------------------------------------------------------
    const hands = new Map();
    const spread = ([one, other]) => Math.hypot(one[0] - other[0], one[1] - other[1]);
    const middle = (all) => [0, 1].map((axis) => all.reduce((sum, hand) => sum + hand[axis], 0) / all.length);
    canvas.addEventListener("pointerdown", (event) => {
      hands.set(event.pointerId, local(event));
      canvas.setPointerCapture(event.pointerId);
      box.classList.add("mosaic-held");
      point(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!hands.has(event.pointerId)) return point(event);
      const before = [...hands.values()];
      hands.set(event.pointerId, local(event));
      const after = [...hands.values()], [x0, y0] = middle(before), [x1, y1] = middle(after), full = side * view.scale;
      if (view.scale > 1 || after.length > 1) place(view.x - (x1 - x0) / full, view.y - (y1 - y0) / full, view.scale);
      if (after.length === 2 && spread(before) > 0) zoom(spread(after) / spread(before), x1, y1);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, (event) => {
        hands.delete(event.pointerId);
        box.classList.toggle("mosaic-held", hands.size > 0);
      });
    }
    canvas.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "mouse" || document.activeElement === canvas) return;
      choose(null);
      ask();
    });
    // The page scrolls past a mosaic that nobody has taken hold of.
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && document.activeElement !== canvas) return;
      event.preventDefault();
      zoom(2 ** (-event.deltaY * (event.deltaMode ? 16 : 1) / 240), ...local(event));
    }, { passive: false });
    canvas.addEventListener("dblclick", (event) => smoothly(STEP, ...local(event)));

    // ---- Keys ---------------------------------------------------------------------------------------
    const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const nearest = (level, from, [dx, dy]) => {
      let best = null, least = Infinity;
      for (const patch of level.patches) {
        const x = patch.column - from.column, y = patch.row - from.row;
        const along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
        if (along > 0 && along + 2 * aside < least && aside <= along) [best, least] = [patch, along + 2 * aside];
      }
      return best;
    };
    const step = (way) => {
      const level = shown(), middleOf = (corner) => Math.floor((corner + 0.5 / view.scale) * level.grid);
      const from = chosen?.level === level ? chosen.patch : { row: middleOf(view.y), column: middleOf(view.x) };
      const to = (chosen ? nearest(level, from, way) : level.at.get(from.row * level.grid + from.column)) ?? nearest(level, from, way);
      if (!to) return;
      choose(to, level);
      const seen = 1 / view.scale, cell = 1 / level.grid;
      const held = (corner, first) => within(corner, first + cell - seen, first);
      place(held(view.x, to.column * cell), held(view.y, to.row * cell), view.scale);
    };
    const around = () => {
      if (!chosen) return [];
      const full = side * view.scale, { row, column } = chosen.patch, { grid } = chosen.level;
      return [((column + 0.5) / grid - view.x) * full, ((row + 0.5) / grid - view.y) * full];
    };
    const whole = () => place(0, 0, 1);
    const KEYS = { "+": () => smoothly(STEP, ...around()), "=": () => smoothly(STEP, ...around()), "-": () => smoothly(1 / STEP, ...around()), 0: whole, Home: whole };
    canvas.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const act = WAYS[event.key] ? () => step(WAYS[event.key]) : KEYS[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    });

    // ---- Tools --------------------------------------------------------------------------------------
    tools.addEventListener("click", (event) => {
      const way = event.target.closest("button")?.dataset.way;
      if (way === "whole") whole();
      else if (way) smoothly(way === "in" ? STEP : 1 / STEP, ...around());
    });
    list?.addEventListener("change", () => {
      only = list.value ? labels.indexOf(list.value) : -1;
      choose(null);
      keep();
      ask();
    });

    const fit = () => {
      side = stage.clientWidth;
      const density = devicePixelRatio || 1;
      canvas.width = canvas.height = Math.round(side * density);
      place(view.x, view.y, view.scale);
    };
    new ResizeObserver(fit).observe(stage);
    stage.append(canvas);
    box.classList.add("mosaic-live");
    restore();
    ready = true;
    document.addEventListener("address-read", restore);
  };

  // Nothing is drawn, and no sheet fetched, before a reader comes near.
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      start(target);
    }
  }, { rootMargin: "600px" });
  for (const box of document.querySelectorAll("[data-mosaic]")) {
    // The place of tools and words is taken at once: nothing moves later.
    for (const part of box.querySelectorAll(".mosaic-tools, .mosaic-told")) part.hidden = false;
    near.observe(box);
  }
})();
