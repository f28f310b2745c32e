// A picture under a grid: the cell under the pointer, or that arrow keys have reached, tells its names beside it.
// A click keeps a cell; which one it is stands in the address.
(() => {
  "use strict";
  const { address } = window.microscribe ?? {};
  const WAYS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  const within = (at, count) => Math.min(Math.max(at, 0), count - 1);
  const square = (cell, columns) => `M${cell % columns} ${Math.floor(cell / columns)}h1v1h-1z`;
  const written = (value) => String(Number(value.toPrecision(3))).replace("-", "−");

  const make = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const drawn = (svg, name) => {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("class", name);
    svg.append(path);
    return path;
  };

  const enliven = (lens) => {
    const rows = +lens.dataset.rows, columns = +lens.dataset.columns;
    const names = JSON.parse(lens.dataset.names), cells = JSON.parse(lens.dataset.cells);
    const view = lens.querySelector(".lens-view"), panel = lens.querySelector(".lens-panel");
    const icons = lens.querySelector("template").content.children, svg = lens.querySelector("svg");
    const alike = drawn(svg, "lens-alike"), here = drawn(svg, "lens-here");
    const start = +lens.dataset.start, key = `${lens.id}.cell`;
    let chosen = start, seen = -1;

    // ---- What a cell names; names beyond the sheet have no picture ------------------------------
    const bare = (name) => {
      const entry = make("li", {}, make("span", { className: "tile lens-bare" }),
        make("span", { className: "tile-label" }, make("span", { textContent: name })));
      entry.dataset.unit = `${lens.dataset.network}/${name}`;
      return entry;
    };
    const entry = ([place, value]) => {
      const made = icons[place]?.cloneNode(true) ?? bare(names[place]);
      made.querySelector(".tile-label").append(make("span", { textContent: written(value) }));
      const where = cells.flatMap((cell, at) => (cell.some(([other]) => other === place) ? [square(at, columns)] : []));
      const light = (path) => () => alike.setAttribute("d", path);
      for (const kind of ["pointerenter", "focusin"]) made.addEventListener(kind, light(where.join("")));
      for (const kind of ["pointerleave", "focusout"]) made.addEventListener(kind, light(""));
      return made;
    };
    const show = (cell) => {
      if (cell === seen) return;
      seen = cell;
      here.setAttribute("d", square(cell, columns));
      alike.setAttribute("d", "");
      const place = `Row ${Math.floor(cell / columns) + 1}, column ${(cell % columns) + 1}`;
      const told = cells[cell].length ? make("ul", { className: "lens-tiles" }, ...cells[cell].map(entry))
        : make("p", { className: "quiet", textContent: "No channel answers above zero." });
      panel.replaceChildren(make("p", { className: "lens-place", textContent: place }), told);
    };

    // ---- Pointing, touching, keys ---------------------------------------------------------------
    const cellAt = ({ clientX, clientY }) => {
      const { left, top, width, height } = svg.getBoundingClientRect();
      const column = within(Math.floor((clientX - left) / width * columns), columns);
      return within(Math.floor((clientY - top) / height * rows), rows) * columns + column;
    };
    const choose = (cell) => {
      chosen = cell;
      show(cell);
      address?.keep(key, cell === start ? undefined : `${Math.floor(cell / columns) + 1},${cell % columns + 1}`);
    };
    view.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") show(cellAt(event)); });
    view.addEventListener("pointerleave", () => show(chosen));
    view.addEventListener("click", (event) => choose(cellAt(event)));
    view.addEventListener("keydown", (event) => {
      const way = WAYS[event.key];
      if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const row = within(Math.floor(chosen / columns) + way[0], rows), column = within(chosen % columns + way[1], columns);
      choose(row * columns + column);
    });

    // The address may hold what the grid has not: then the first cell stands.
    const restore = () => {
      const [row, column] = (address?.value(key) ?? "").split(",").map((text) => Number(text) - 1);
      const there = Number.isInteger(row) && Number.isInteger(column) && row >= 0 && row < rows && column >= 0 && column < columns;
      chosen = there ? row * columns + column : start;
      show(chosen);
    };

    view.tabIndex = 0;
    view.setAttribute("role", "application");
    view.setAttribute("aria-label", `Picture of ${rows} by ${columns} cells; arrow keys go from cell to cell`);
    panel.setAttribute("role", "status");
    panel.hidden = false;
    lens.classList.add("lens-live");
    restore();
    document.addEventListener("address-read", restore);
  };

  for (const lens of document.querySelectorAll("[data-element=lens]")) enliven(lens);
})();
