// Search: a dialog that asks the index which Pagefind made of the site's pages.
(() => {
  "use strict";

  const MOST = 12, SECTIONS = 2, PAUSE = 120;
  const button = document.querySelector(".search-open"), dialog = document.querySelector("dialog.search");
  // Pages opened from the disk cannot read the index.
  if (!button || !dialog?.showModal || location.protocol === "file:") return;

  const index = new URL(dialog.dataset.index, document.baseURI), root = new URL("..", index);
  const [input, count, hits] = [".search-words", ".search-count", ".search-hits"].map((one) => dialog.querySelector(one));
  let engine = null, turn = 0, timer = 0;

  const load = () => (engine ??= import(index.href).then(async (found) => {
    await found.options({ excerptLength: 24 });
    await found.init();
    return found;
  }).catch((error) => { engine = null; throw error; }));

  // ---- What was found ------------------------------------------------------------------
  const make = (tag, name, ...children) => {
    const made = Object.assign(document.createElement(tag), { className: name });
    made.append(...children);
    return made;
  };

  // An excerpt is text with marks, and nothing else of it is taken over.
  const marked = (excerpt) => {
    const { body } = new DOMParser().parseFromString(excerpt, "text/html");
    return [...body.childNodes].map((node) => (node.nodeName === "MARK" ? make("mark", "", node.textContent) : node.textContent));
  };

  const page = (hit) => hit.raw_url.replace(/^\//, "");

  // Short pages rank high; still, an article stands before its own figures.
  const ordered = (found) => {
    const pages = new Map(found.map((hit) => [page(hit), hit]));
    return [...new Set(found.flatMap((hit) => [pages.get(hit.meta.place?.split("#")[0]), hit].filter(Boolean)))];
  };

  const address = (hit, anchor = "") => {
    const place = new URL(hit.meta.place ?? page(hit), root);
    if (anchor) place.hash = anchor;
    return place.href;
  };

  const link = (name, href, ...children) => Object.assign(make("a", name, ...children), { href });

  const section = (hit, part) =>
    make("li", "", link("search-section", address(hit, part.anchor.id), part.title));

  const row = (hit) => {
    const title = make("span", "search-title", hit.meta.title ?? page(hit));
    const words = make("span", "search-text", ...marked(hit.excerpt));
    const item = make("li", "", link("search-hit", address(hit), make("span", "search-kind", hit.meta.kind ?? ""), title, words));
    const parts = hit.meta.place ? [] : hit.sub_results.filter((part) => part.anchor && part.title !== hit.meta.title);
    if (parts.length) item.append(make("ul", "search-sections", ...parts.slice(0, SECTIONS).map((part) => section(hit, part))));
    return item;
  };

  const said = (found) => {
    if (!found) return "Nothing found.";
    const words = found === 1 ? "One result" : `${found} results`;
    return found > MOST ? `${words}, the first ${MOST}:` : `${words}:`;
  };

  const show = (asked, rows, words) => {
    hits.replaceChildren(...rows);
    hits.scrollTop = 0;
    hits.dataset.asked = asked;
    count.textContent = words;
  };

  const ask = async () => {
    const own = ++turn, words = input.value.trim();
    if (!words) return show("", [], "");
    try {
      const { results } = await (await load()).search(words);
      const found = await Promise.all(results.slice(0, MOST).map((one) => one.data()));
      if (own === turn) show(words, ordered(found).map(row), said(results.length));
    } catch {
      if (own === turn) show(words, [], "Search is not available here.");
    }
  };

  // ---- The dialog ----------------------------------------------------------------------
  const open = () => {
    if (dialog.open || document.querySelector("dialog[open]")) return;
    dialog.showModal();
    input.select();
    load().catch(() => {});
  };

  const links = () => [...hits.querySelectorAll("a")];

  const move = (by) => {
    const all = links(), at = all.indexOf(document.activeElement) + by;
    if (at >= all.length || at < -1) return;
    (at < 0 ? input : all[at]).focus();
  };

  const keys = { ArrowDown: () => move(1), ArrowUp: () => move(-1) };

  const typed = (event) => event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;

  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    } else if (typed(event) && hits.contains(document.activeElement)) {
      input.focus();
    }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest(".search-close, .search-hits a")) dialog.close();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await ask();
    links()[0]?.click();
  });
  button.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    event.preventDefault();
    open();
  });
  button.hidden = false;
})();
