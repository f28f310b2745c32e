// Reading furniture: hover cards, the contents list that follows, copying, figure menus.
(() => {
  "use strict";

  // ---- Hover cards ---------------------------------------------------------------------
  // A card is a copy of what its mark leads to: a footnote, a reference, a unit's card, the head of a
  // figure, table or section.
  // It stays 300 ms after the pointer leaves the mark and 500 ms after it leaves the card.
  // Over the tiles of a sheet the pointer only passes: their cards wait until it rests.
  const AFTER_MARK = 300, AFTER_CARD = 500, OVER_TILE = 450;
  const MARKS = 'a[role="doc-noteref"], a[role="doc-biblioref"], a[data-unit], a.crossref[href^="#"]';
  const state = { card: null, mark: null, pinned: false, timer: 0, rest: 0, pointer: "mouse" };

  const target = (mark) => document.getElementById(decodeURIComponent(mark.hash.slice(1)));

  const make = (tag, name, ...children) => {
    const made = Object.assign(document.createElement(tag), { className: name });
    made.append(...children.filter(Boolean));
    return made;
  };

  // Numbers and links of a copy must not be found twice, nor reached by keyboard.
  const copied = (source) => {
    const copy = document.importNode(source, true);
    for (const node of [copy, ...copy.querySelectorAll("[id], [tabindex], [aria-haspopup]")]) {
      for (const name of ["id", "tabindex", "aria-haspopup"]) node.removeAttribute(name);
    }
    return copy;
  };

  const unitCard = (mark) => {
    const key = mark.dataset.unit;
    const card = document.getElementById("cards")?.content.querySelector(`[data-unit="${CSS.escape(key)}"]`);
    const copy = card ? copied(card) : tileCard(mark);
    const { units } = window.microscribe ?? {};
    if (!copy || !units) return copy;
    const button = make("button", "unit-card-choose", units.chosen === key ? "Marked everywhere: clear" : "Mark everywhere in this article");
    button.type = "button";
    button.addEventListener("click", () => { units.toggle(key); close(); });
    (copy.querySelector(".unit-card-side") ?? copy).append(button);
    return copy;
  };

  // A tile whose unit has no card here shows itself, larger.
  const tileCard = (mark) => {
    const tile = mark.querySelector(".tile, .icon"), name = mark.dataset.unit;
    if (!tile) return null;
    const picture = copied(tile);
    picture.classList.add("icon");
    const head = make("p", "unit-card-name", make("b", "", name.slice(name.lastIndexOf("/") + 1)));
    const lines = [...mark.querySelectorAll(".tile-label:not(:has(span)), .tile-label > span")].map((line) => make("p", "quiet", line.textContent));
    const card = make("div", "unit-card", picture, make("div", "unit-card-side", head, ...lines));
    card.dataset.unit = name;
    return card;
  };

  const pictureOf = (figure) => {
    const first = figure.querySelector(".chart svg, .drawing, .picture, .sprite .tile, video");
    if (first?.matches(".drawing")) return make("div", "", ...[...first.parentElement.children].map(copied));
    if (!first?.matches(".sprite .tile")) return first && first.localName !== "video" ? copied(first) : null;
    return make("div", "crossed-tiles", ...[...figure.querySelectorAll(".sprite .tile")].slice(0, 12).map(copied));
  };

  const lead = (node) => node && make("p", "crossed-words", ...copied(node).childNodes);

  const rowsOf = (table) => {
    const copy = copied(table);
    copy.querySelectorAll("tbody tr:nth-child(n + 6)").forEach((row) => row.remove());
    return copy;
  };

  const crossed = {
    figure: (there) => [pictureOf(there), lead(there.querySelector(".caption > p"))],
    table: (there) => [lead(there.querySelector(".caption > p")), rowsOf(there.querySelector("table"))],
    section: (there) => [make("b", "", there.firstChild?.textContent ?? ""), lead(sectionText(there))],
    equation: (there) => [copied(there.querySelector("math"))],
  };

  const sectionText = (heading) => {
    let node = heading.nextElementSibling;
    while (node && !node.matches("p, h1, h2, h3, h4, h5, h6")) node = node.nextElementSibling;
    return node?.localName === "p" ? node : null;
  };

  const content = (mark) => {
    if (mark.dataset.unit) return unitCard(mark);
    const there = target(mark), draw = crossed[mark.dataset.kind];
    if (draw) return there && make("div", "crossed", ...draw(there));
    const entry = there?.querySelector(".entry");
    return entry ? copied(entry) : null;
  };

  // A click on these goes where they lead; on the others it pins the card.
  const leads = (mark) => mark.dataset.unit || ["figure", "table", "section"].includes(mark.dataset.kind);

  const label = (mark) =>
    mark.dataset.unit ?? mark.getAttribute("aria-label") ?? mark.textContent.trim();

  const build = (mark) => {
    const copy = content(mark);
    if (!copy) return null;
    const card = document.createElement("div");
    card.className = `card ${mark.dataset.unit ? "card-unit" : "card-text"}`;
    card.tabIndex = -1;
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", label(mark));
    card.append(copy);
    card.addEventListener("pointerenter", () => clearTimeout(state.timer));
    card.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && closeSoon(AFTER_CARD));
    card.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !card.contains(event.relatedTarget)) close();
    });
    return card;
  };

  const place = (card, mark, x) => {
    const rects = [...mark.getClientRects()];
    const rect = rects.find((r) => x !== undefined && x >= r.left - 2 && x <= r.right + 2) ?? rects[0];
    const wide = document.documentElement.clientWidth;
    const width = card.offsetWidth, height = card.offsetHeight;
    const left = Math.min(Math.max(rect.left + rect.width / 2 - width / 2, 12), Math.max(wide - width - 12, 12));
    const below = rect.bottom + 8;
    const fits = below + height < innerHeight - 8 || rect.top < height + 16;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(fits ? below : rect.top - height - 8) + scrollY}px`;
  };

  const open = (mark, { pinned = false, x } = {}) => {
    clearTimeout(state.timer);
    if (state.mark === mark) {
      state.pinned ||= pinned;
      return true;
    }
    close();
    const card = build(mark);
    if (!card) return false;
    (document.querySelector("main") ?? document.body).append(card);
    place(card, mark, x);
    mark.classList.add("carded");
    Object.assign(state, { card, mark, pinned });
    return true;
  };

  const close = () => {
    clearTimeout(state.timer);
    state.card?.remove();
    state.mark?.classList.remove("carded");
    Object.assign(state, { card: null, mark: null, pinned: false });
  };

  const closeSoon = (delay) => {
    clearTimeout(state.timer);
    if (!state.pinned) state.timer = setTimeout(close, delay);
  };

  const markOf = (event) => (event.target instanceof Element ? event.target.closest(MARKS) : null);

  document.addEventListener("pointerdown", (event) => {
    state.pointer = event.pointerType;
    if (state.card && !state.card.contains(event.target) && markOf(event) !== state.mark) close();
  });
  document.addEventListener("pointerover", (event) => {
    const mark = markOf(event);
    if (!mark || event.pointerType !== "mouse" || state.pinned) return;
    clearTimeout(state.rest);
    if (!mark.closest(".sprite")) open(mark, { x: event.clientX });
    else state.rest = setTimeout(() => open(mark, { x: event.clientX }), state.mark === mark ? 0 : OVER_TILE);
  });
  document.addEventListener("pointerout", (event) => {
    const mark = markOf(event);
    if (!mark || event.pointerType !== "mouse" || mark.contains(event.relatedTarget)) return;
    clearTimeout(state.rest);
    closeSoon(AFTER_MARK);
  });
  document.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark?.matches(":focus-visible")) open(mark);
  });
  document.addEventListener("focusout", (event) => {
    if (markOf(event) && !state.card?.contains(event.relatedTarget)) closeSoon(AFTER_MARK);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !state.card) return;
    event.preventDefault();
    const mark = state.mark, inside = state.card.contains(document.activeElement);
    close();
    if (inside) mark.focus({ preventScroll: true });
    if (inside) close();
  });
  document.addEventListener("click", (event) => {
    const mark = markOf(event);
    if (!mark || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    const byKeyboard = event.detail === 0;
    const touched = !byKeyboard && state.pointer !== "mouse";
    if (leads(mark)) {
      // A unit's mark is a link to its page: only the first touch shows the card instead.
      if (mark.dataset.unit && touched && state.mark !== mark && open(mark, { pinned: true })) event.preventDefault();
      else close();
      return;
    }
    if (state.mark === mark && state.pinned) {
      event.preventDefault();
      close();
    } else if (open(mark, { pinned: true })) {
      event.preventDefault();
      if (byKeyboard) state.card.focus({ preventScroll: true });
    }
  });
  addEventListener("resize", close);

  // ---- The contents list follows the reader ------------------------------------------------
  const links = [...document.querySelectorAll(".contents-side a")];
  const headings = links.map(target);
  if (links.length && headings.every(Boolean)) {
    let waiting = false;
    const follow = () => {
      waiting = false;
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 140).length;
      links.forEach((link, i) => {
        if (i === passed - 1) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    };
    addEventListener("scroll", () => {
      if (!waiting) requestAnimationFrame(follow);
      waiting = true;
    }, { passive: true });
    follow();
  }
  document.querySelector(".contents-fold")?.addEventListener("click", (event) => {
    if (event.target.closest("a")) event.currentTarget.open = false;
  });

  // Charts that scroll in their own box can be reached by keyboard.
  for (const chart of document.querySelectorAll(".chart")) {
    if (chart.scrollWidth <= chart.clientWidth) continue;
    chart.tabIndex = 0;
    chart.setAttribute("role", "group");
    chart.setAttribute("aria-label", "Chart, scrolls sideways");
  }

  // ---- Copying ----------------------------------------------------------------------------
  const copyText = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Pages opened from the disk may not use the clipboard directly.
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "off-screen";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  const copying = (block) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await copyText(block.querySelector("pre").textContent);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 1600);
    });
    block.append(button);
  };
  document.querySelectorAll(".copyable, .code").forEach(copying);

  // ---- Figure menus: one drawer open at a time, Escape closes -------------------------------
  // Until it is opened, a drawer holds its elements as words alone, as they stand for readers without scripts.
  const fill = (drawer) => {
    const kept = drawer.querySelector("noscript");
    if (!kept) return;
    kept.outerHTML = kept.textContent;
    drawer.querySelectorAll(".copyable").forEach(copying);
  };
  for (const foot of document.querySelectorAll(".figure-foot")) {
    const drawers = [...foot.querySelectorAll("details")];
    for (const drawer of drawers) {
      drawer.querySelector("summary").addEventListener("click", () => fill(drawer));
      drawer.addEventListener("toggle", () => {
        fill(drawer);
        if (drawer.open) drawers.forEach((other) => { if (other !== drawer) other.open = false; });
      });
      drawer.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !drawer.open) return;
        event.preventDefault();
        drawer.open = false;
        drawer.querySelector("summary").focus();
      });
    }
  }
})();
