// Trees of units: one unit of each row is open, and the row below shows what it is composed of. Enter opens and closes,
// arrows go along the rows and from one to the next, k keeps a unit and d sets it apart; all of it stands in the address.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg", WIDEST = 11, KEPT = "kept", APART = "discarded";
  const { address } = window.microscribe;

  const make = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  const enliven = (walk) => {
    const figure = walk.closest("figure"), first = walk.dataset.walk;
    const cards = [...walk.querySelectorAll(".walk-card")];
    const card = (number) => walk.querySelector(`.walk-card[data-node="${number}"]`);
    const below = (one) => one.parentElement.querySelector(":scope > .walk-below");
    const childrenOf = (one) => (below(one) ? [...below(one).querySelectorAll(":scope > .walk-list > .walk-node > .walk-card")] : []);
    const parentOf = (one) => one.parentElement.parentElement.closest(".walk-node")?.querySelector(":scope > .walk-card") ?? null;
    const number = (one) => Number(one.dataset.node);
    const state = (one) => [KEPT, APART].find((word) => one.classList.contains(`walk-${word}`)) ?? "";
    const isOpen = (one) => Boolean(below(one)) && !below(one).classList.contains("walk-shut");
    const toggleOf = (one) => one.querySelector(".walk-toggle");
    const began = new Map(cards.map((one) => [one, state(one)]));
    const said = make("span", { className: "off-screen" });
    said.setAttribute("role", "status");
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "walk-edges");
    svg.setAttribute("aria-hidden", "true");
    walk.prepend(svg);
    walk.append(said);

    // ---- Lines: as wide as their share, side by side where they leave a unit -----------------
    const draw = () => {
      svg.replaceChildren();
      if (getComputedStyle(svg).display === "none") return;
      const frame = walk.getBoundingClientRect();
      for (const parent of cards.filter((one) => isOpen(one) && one.getClientRects().length)) fan(parent, frame);
    };
    const fan = (parent, frame) => {
      const from = parent.getBoundingClientRect();
      const row = childrenOf(parent).map((one) => ({ one, width: 1 + (WIDEST - 1) * Number(one.dataset.share), box: one.getBoundingClientRect() }))
        .sort((a, b) => a.box.left - b.box.left);
      const gap = 2, whole = row.reduce((sum, { width }) => sum + width + gap, -gap);
      let x = from.left + from.width / 2 - whole / 2 - frame.left;
      for (const { one, width, box } of row) {
        const start = x + width / 2, y = from.bottom - frame.top + 5, end = box.left + box.width / 2 - frame.left, until = box.top - frame.top - 4;
        const line = document.createElementNS(SVG, "path"), half = (y + until) / 2;
        line.setAttribute("d", `M${start},${y}C${start},${half} ${end},${half} ${end},${until}`);
        line.setAttribute("stroke-width", width.toFixed(1));
        line.setAttribute("class", [Number(one.dataset.signed) < 0 ? "walk-against" : "walk-for", state(one) === APART ? "walk-apart" : ""].join(" ").trim());
        svg.append(line);
        x += width + gap;
      }
    };

    // ---- Which units are open: all from the top down to one ----------------------------------
    const path = (one) => (one ? [...path(parentOf(one)), one] : []);
    const deepest = () => cards.filter((one) => isOpen(one) && path(one).every(isOpen)).at(-1) ?? null;
    const show = (one) => {
      const open = new Set(path(one));
      for (const each of cards.filter(below)) {
        below(each).classList.toggle("walk-shut", !open.has(each));
        toggleOf(each).setAttribute("aria-expanded", String(open.has(each)));
      }
      draw();
    };
    const open = (one) => {
      show(one);
      const at = one ? String(number(one)) : "none";
      address.keep(`${figure.id}.open`, at === first ? undefined : at);
    };
    const turn = (one) => { if (below(one)) open(isOpen(one) ? parentOf(one) : one); };

    // ---- What is kept and what is set apart --------------------------------------------------
    const sort = (one, word) => {
      for (const each of [KEPT, APART]) {
        one.classList.toggle(`walk-${each}`, each === word);
        one.querySelector(`.walk-ways [value="${each}"]`).setAttribute("aria-pressed", String(each === word));
      }
      one.querySelector(".walk-state").textContent = word;
    };
    const arrange = (parent) => {
      const row = childrenOf(parent).sort((a, b) => (state(a) === APART) - (state(b) === APART) || number(a) - number(b));
      row.forEach((one, place) => {
        one.style.setProperty("--place", place);
        one.parentElement.parentElement.append(one.parentElement);
      });
      const whole = row.filter((one) => state(one) !== APART), named = whole.filter((one) => one.dataset.caption);
      const words = named.map((one) => `${Number(one.dataset.signed) < 0 ? "−" : "+"} ${one.dataset.caption}`).join(" ").replace(/^\+ /, "");
      below(parent).querySelector(":scope > .walk-head > .walk-sum").textContent = words && named.length < whole.length ? `${words} + …` : words;
    };
    const put = (one, word) => {
      const focused = document.activeElement;
      sort(one, word);
      if (parentOf(one)) arrange(parentOf(one));
      focused?.focus({ preventScroll: true });
      draw();
    };
    const ask = (one, word) => {
      const wanted = state(one) === word ? "" : word;
      put(one, wanted);
      said.textContent = `${one.dataset.name} ${wanted || "as it was"}`;
      for (const each of [KEPT, APART]) {
        const names = (now) => cards.filter((card) => (now ? state(card) : began.get(card)) === each).map(number).join(",");
        address.keep(`${figure.id}.${each}`, names(true) === names(false) ? undefined : names(true) || "none");
      }
    };

    // ---- Keys --------------------------------------------------------------------------------
    const beside = (one, step) => {
      const row = parentOf(one) ? childrenOf(parentOf(one)) : [one];
      return row[row.indexOf(one) + step];
    };
    const down = (one) => {
      if (below(one) && !isOpen(one)) open(one);
      return childrenOf(one)[0];
    };
    const KEYS = {
      ArrowLeft: (one) => beside(one, -1), ArrowRight: (one) => beside(one, 1), ArrowUp: parentOf, ArrowDown: down,
      k: (one) => { if (parentOf(one)) ask(one, KEPT); }, d: (one) => { if (parentOf(one)) ask(one, APART); },
    };
    const press = (one) => (event) => {
      if (!KEYS[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const next = KEYS[event.key](one);
      if (next) toggleOf(next).focus();
    };

    for (const one of cards) {
      const toggle = make("button", { type: "button", className: "walk-toggle" });
      const lines = [...one.querySelectorAll(".walk-caption, .walk-line")].map(({ textContent }) => textContent);
      toggle.setAttribute("aria-label", [one.dataset.name, ...lines].join(", "));
      toggle.addEventListener("click", () => turn(one));
      toggle.addEventListener("keydown", press(one));
      one.querySelector(".walk-pictures").append(toggle);
      const ways = [[KEPT, "keep"], [APART, "discard"]].map(([value, textContent]) => {
        const way = make("button", { type: "button", value, textContent });
        way.setAttribute("aria-label", `${textContent} ${one.dataset.name}`);
        way.addEventListener("click", () => ask(one, value));
        return way;
      });
      if (parentOf(one)) one.querySelector(".walk-words").append(make("div", { className: "walk-ways" }, ...ways));
      else one.append(make("div", { className: "walk-ways", hidden: true }, ...ways));
      sort(one, state(one));
    }

    // The address may hold what the tree has not: then it stands as it came.
    const listed = (word) => {
      const text = address.value(`${figure.id}.${word}`);
      return text === undefined ? undefined : new Set(String(text).split(",").map(Number).filter((at) => card(at)).map(card));
    };
    const restore = () => {
      const [kept, apart] = [listed(KEPT), listed(APART)];
      for (const one of cards) {
        const word = (kept ? kept.has(one) : began.get(one) === KEPT) ? KEPT : (apart ? apart.has(one) : began.get(one) === APART) ? APART : "";
        if (word !== state(one)) put(one, word);
      }
      const at = address.value(`${figure.id}.open`) ?? first;
      const one = card(Number(at));
      show(at === "none" ? null : one && below(one) ? one : card(first));
    };
    restore();
    document.addEventListener("address-read", restore);
    new ResizeObserver(draw).observe(walk);
    document.fonts?.ready.then(draw);
  };

  for (const walk of document.querySelectorAll("[data-walk]")) enliven(walk);
})();
