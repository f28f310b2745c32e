// Tables that a reader may put in order: a column's name is a button. It sorts up, then down, then as the table came;
// cells without a value stay last.
(() => {
  "use strict";
  const written = (cell) => cell.textContent.trim();
  const size = (cell) => Number(cell.dataset.value ?? written(cell).replace("−", "-").replaceAll(",", ""));
  const empty = (cell) => written(cell) === "–";
  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

  const sorted = (rows, column, way) => {
    if (way === "none") return rows;
    const filled = rows.filter((row) => !empty(row.cells[column]));
    const numbers = filled.every((row) => row.cells[column].classList.contains("n"));
    const sign = way === "ascending" ? 1 : -1;
    const compared = (a, b) => numbers ? size(a) - size(b) : written(a).localeCompare(written(b), "en", { numeric: true });
    const ordered = filled.toSorted((a, b) => sign * compared(a.cells[column], b.cells[column]));
    return [...ordered, ...rows.filter((row) => empty(row.cells[column]))];
  };

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const rows = [...table.tBodies[0].rows], heads = [...table.tHead.rows[0].cells];
    for (const [column, head] of heads.entries()) {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const way = NEXT[head.ariaSort ?? "none"];
        for (const other of heads) other.removeAttribute("aria-sort");
        if (way !== "none") head.setAttribute("aria-sort", way);
        table.tBodies[0].append(...sorted(rows, column, way));
      });
    }
  }
})();
