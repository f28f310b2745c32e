// The sheet of units: a filter as you type, an order by what was measured, arrow keys to move, Enter opens
// (they are links).
(() => {
  "use strict";
  const box = document.querySelector(".filter");
  if (!box) return;
  const input = box.querySelector("[type=search]"), output = box.querySelector("output");
  const sort = box.querySelector("select"), falling = box.querySelector("[name=falling]");
  const items = [...document.querySelectorAll(".sheet > li")];
  const layers = [...document.querySelectorAll(".layer")];
  const shown = () => [...document.querySelectorAll(".sheet > li:not([hidden])")];

  const filter = () => {
    const words = input.value.trim().toLowerCase().split(/\s+/);
    for (const item of items) item.hidden = !words.every((word) => item.dataset.name.toLowerCase().includes(word));
    for (const layer of layers) layer.hidden = !layer.querySelector("li:not([hidden])");
    for (const link of document.querySelectorAll(".layers a")) {
      link.hidden = document.getElementById(decodeURIComponent(link.hash.slice(1))).parentElement.hidden;
    }
    output.textContent = input.value.trim() ? `${shown().length} of ${items.length}` : "";
  };

  // ---- Order: within each layer; units without the number come last -------------------------
  const numbers = new Map(items.map((item) => [item, JSON.parse(item.dataset.values ?? "{}")]));
  const written = (value) => (Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)))).replace("-", "−");

  const tell = (item, value) => {
    const label = item.querySelector(".tile-label");
    label.querySelector(".tile-value")?.remove();
    if (value === undefined) return;
    label.append(Object.assign(document.createElement("span"), { className: "tile-value", textContent: written(value) }));
  };

  const order = () => {
    const name = sort.value, sign = falling.checked ? -1 : 1;
    const value = (item) => (name ? numbers.get(item)[name] : items.indexOf(item));
    const before = (a, b) => {
      const [x, y] = [value(a), value(b)];
      return (x === undefined) - (y === undefined) || sign * (x - y) || items.indexOf(a) - items.indexOf(b);
    };
    for (const item of items) tell(item, name ? value(item) : undefined);
    for (const layer of layers) layer.querySelector(".sheet").append(...items.filter((item) => layer.contains(item)).sort(before));
  };
  for (const control of [sort, falling].filter(Boolean)) control.addEventListener("change", order);

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
  filter();
  // Browsers keep what was chosen when a reader comes back.
  if (sort) order();
})();
