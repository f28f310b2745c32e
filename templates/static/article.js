// Reading furniture: hover cards, the contents list that follows, copying, figure menus.
(() => {
  "use strict";

  // ---- Hover cards ---------------------------------------------------------------------
  // A card is a copy of what its mark leads to: a footnote, a reference, a unit's card.
  // It stays 300 ms after the pointer leaves the mark and 500 ms after it leaves the card.
  const AFTER_MARK = 300, AFTER_CARD = 500;
  const MARKS = 'a[role="doc-noteref"], a[role="doc-biblioref"], a.unit-chip[data-unit], a.crossref[data-kind="equation"]';
  const state = { card: null, mark: null, pinned: false, timer: 0, pointer: "mouse" };

  const target = (mark) => document.getElementById(decodeURIComponent(mark.hash.slice(1)));

  const content = (mark) => {
    const source = mark.dataset.unit
      ? document.querySelector(`#cards [data-unit="${CSS.escape(mark.dataset.unit)}"]`)
      : target(mark)?.querySelector(".entry, math");
    if (!source) return null;
    const copy = source.cloneNode(true);
    copy.removeAttribute("id");
    copy.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
    return copy;
  };

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
    if (mark && event.pointerType === "mouse" && !state.pinned) open(mark, { x: event.clientX });
  });
  document.addEventListener("pointerout", (event) => {
    const mark = markOf(event);
    if (mark && event.pointerType === "mouse" && !mark.contains(event.relatedTarget)) closeSoon(AFTER_MARK);
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
    if (mark.dataset.unit) {
      // A unit's mark is a link to its page: only the first touch shows the card instead.
      if (touched && state.mark !== mark && open(mark, { pinned: true })) event.preventDefault();
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
  for (const block of document.querySelectorAll(".copyable, .code")) {
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
  }

  // ---- Figure menus: one drawer open at a time, Escape closes -------------------------------
  for (const foot of document.querySelectorAll(".figure-foot")) {
    const drawers = [...foot.querySelectorAll("details")];
    for (const drawer of drawers) {
      drawer.addEventListener("toggle", () => {
        if (drawer.open) drawers.forEach((other) => { if (other !== drawer) other.open = false; });
      });
      drawer.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !drawer.open) return;
        drawer.open = false;
        drawer.querySelector("summary").focus();
      });
    }
  }
})();
