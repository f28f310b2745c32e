// The pictures of a figure, one at a time, as large as the window: a click on a picture, or "Enlarge" below
// a sheet of tiles. Arrow keys go on, Escape closes, and the focus returns to where it was.
(() => {
  "use strict";
  // Small pictures are not blown up to mush: six of the window's pixels to one of theirs is enough.
  const MOST = 6;
  const SOURCES = ".sprite .tile, img.picture";
  const state = { items: [], at: 0, opener: null };

  const make = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  const large = (source) => !source.closest(".compare, .icon, a:not([data-unit])");
  const visible = (source) => source.getClientRects().length > 0;
  const picturesOf = (figure) => [...figure.querySelectorAll(SOURCES)].filter((one) => large(one) && visible(one));

  // ---- The window ---------------------------------------------------------------------------
  const stage = make("div", { className: "zoom-stage" });
  const words = make("div", { className: "zoom-words" });
  const place = make("span", { className: "zoom-place" });
  const button = (text, act) => {
    const made = make("button", { type: "button", textContent: text });
    made.addEventListener("click", act);
    return made;
  };
  const before = button("← Previous", () => go(state.at - 1));
  const after = button("Next →", () => go(state.at + 1));
  const close = button("Close", () => dialog.close());
  const foot = make("div", { className: "zoom-foot" }, words, make("div", { className: "zoom-ways" }, place, before, after, close));
  const dialog = make("dialog", { className: "zoom" }, stage, foot);
  words.setAttribute("aria-live", "polite");

  const natural = (source) => {
    const image = source.querySelector("img");
    // A tile is as large as its part of the picture that it is cut from.
    if (image) return Array(2).fill(image.getAttribute("width") / getComputedStyle(source).getPropertyValue("--columns"));
    return [source.naturalWidth || source.width, source.naturalHeight || source.height];
  };

  const copied = (source) => {
    const copy = source.cloneNode(true);
    for (const name of ["id", "tabindex", "aria-haspopup"]) copy.removeAttribute(name);
    for (const image of [copy, ...copy.children]) image.removeAttribute("loading");
    if (copy.localName === "img") {
      copy.removeAttribute("role");
      copy.removeAttribute("aria-label");
    }
    copy.classList.remove("picture", "icon", "sharp");
    copy.classList.add("zoom-picture");
    return copy;
  };

  const fit = () => {
    const copy = stage.firstElementChild, [width, height] = natural(state.items[state.at]);
    if (!copy || !width) return;
    const scale = Math.min((stage.clientWidth - 32) / width, (stage.clientHeight - 32) / height, MOST);
    copy.style.width = `${Math.round(width * scale)}px`;
    copy.style.height = `${Math.round(height * scale)}px`;
    copy.classList.toggle("sharp", scale >= 2 && state.items[state.at].classList.contains("sharp"));
  };

  const lineOf = (text) => make("span", { textContent: text });

  // A tile's name, its lines and what it shows; a picture's words.
  const told = (source) => {
    const item = source.closest("li"), link = source.closest("a[data-unit]");
    const key = source.closest("[data-unit]")?.dataset.unit ?? "";
    const name = key.slice(key.lastIndexOf("/") + 1);
    const shows = (source.querySelector("img") ?? source).alt;
    const lines = [...(item?.querySelectorAll(".tile-label:not(:has(span)), .tile-label > span") ?? [])].map((line) => line.textContent).filter((text) => text !== name);
    const head = link ? make("a", { href: link.href, textContent: `Page of ${name}` }) : name && make("b", { textContent: name });
    return [...(head ? [head] : []), ...lines.map(lineOf), ...(shows ? [lineOf(shows)] : [])];
  };

  const go = (at) => {
    if (at < 0 || at >= state.items.length) return;
    state.at = at;
    const source = state.items[at];
    stage.replaceChildren(copied(source));
    words.replaceChildren(...told(source));
    place.textContent = state.items.length > 1 ? `${at + 1} of ${state.items.length}` : "";
    for (const [way, end] of [[before, 0], [after, state.items.length - 1]]) {
      way.hidden = state.items.length < 2;
      // A button that goes away would take the focus with it.
      way.setAttribute("aria-disabled", String(at === end));
    }
    fit();
  };

  const open = (figure, source, opener) => {
    const items = picturesOf(figure);
    if (!items.length) return;
    if (!dialog.isConnected) (document.querySelector("main") ?? document.body).append(dialog);
    const caption = figure.querySelector(".figure-number")?.textContent.replace(/\.$/, "");
    dialog.setAttribute("aria-label", caption ? `Pictures of ${caption}` : "Pictures");
    Object.assign(state, { items, opener });
    dialog.showModal();
    go(Math.max(items.indexOf(source), 0));
    close.focus();
  };

  dialog.addEventListener("close", () => {
    if (dialog.open) return;  // opened again before the word of its closing came
    stage.replaceChildren();
    state.opener?.focus({ preventScroll: true });
  });
  dialog.addEventListener("click", (event) => { if (event.target === stage) dialog.close(); });
  dialog.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { at, items } = state;
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  });
  addEventListener("resize", () => { if (dialog.open) fit(); });

  // ---- What opens it ------------------------------------------------------------------------
  const figureOf = (node) => node.closest("figure");

  for (const picture of document.querySelectorAll("figure img.picture")) {
    if (picture.closest("a, .compare")) continue;
    picture.tabIndex = 0;
    picture.setAttribute("role", "button");
    picture.setAttribute("aria-haspopup", "dialog");
    picture.setAttribute("aria-label", `${picture.alt}; enlarge`);
  }
  const opened = (event) => {
    const source = event.target.closest?.("figure .sprite .tile, figure img.picture[role=button]");
    if (source && !source.closest("a, .compare")) open(figureOf(source), source, source.tabIndex === 0 ? source : figureOf(source).querySelector(".enlarge"));
    const button = event.target.closest?.(".enlarge");
    if (button) open(figureOf(button), null, button);
  };
  document.addEventListener("click", opened);
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.("img.picture[role=button]") || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    opened(event);
  });
})();
