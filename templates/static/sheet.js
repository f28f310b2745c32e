// The sheet of units: a filter as you type, arrow keys to move, Enter opens (they are links).
(() => {
  "use strict";
  const box = document.querySelector(".filter");
  if (!box) return;
  const input = box.querySelector("input"), output = box.querySelector("output");
  const items = [...document.querySelectorAll(".sheet > li")];
  const layers = [...document.querySelectorAll(".layer")];
  const shown = () => items.filter((item) => !item.hidden);

  const filter = () => {
    const words = input.value.trim().toLowerCase().split(/\s+/);
    for (const item of items) item.hidden = !words.every((word) => item.dataset.name.toLowerCase().includes(word));
    for (const layer of layers) layer.hidden = !layer.querySelector("li:not([hidden])");
    output.textContent = input.value.trim() ? `${shown().length} of ${items.length}` : "";
  };

  const link = (item) => item.querySelector("a");

  // Up and down go to the tile that lies nearest straight above or below.
  const vertical = (all, from, sign) => {
    const here = from.getBoundingClientRect();
    const rows = all.map((item) => [item, item.getBoundingClientRect()])
      .filter(([, rect]) => sign * (rect.top - here.top) > 4);
    const edge = sign * Math.min(...rows.map(([, rect]) => sign * rect.top));
    const row = rows.filter(([, rect]) => Math.abs(rect.top - edge) < 4);
    row.sort(([, a], [, b]) => Math.abs(a.left - here.left) - Math.abs(b.left - here.left));
    return row[0]?.[0];
  };

  const next = (all, from, key) => {
    const at = all.indexOf(from);
    return {
      ArrowRight: () => all[at + 1], ArrowLeft: () => all[at - 1], Home: () => all[0], End: () => all.at(-1),
      ArrowDown: () => vertical(all, from, 1), ArrowUp: () => vertical(all, from, -1),
    }[key]?.();
  };

  document.addEventListener("keydown", (event) => {
    const from = document.activeElement?.closest(".sheet > li");
    const all = shown();
    if (document.activeElement === input && event.key === "ArrowDown" && all.length) {
      event.preventDefault();
      link(all[0]).focus();
    } else if (from) {
      const to = next(all, from, event.key);
      if (to) {
        event.preventDefault();
        link(to).focus();
      }
    }
  });
  input.addEventListener("input", filter);
  for (const words of [box, ...document.querySelectorAll(".keys")]) words.hidden = false;
  filter();
})();
