// Beside the drawing of a chart: the same in pixels, for slides and papers, in the light theme on its paper. It is drawn
// when it is asked for, by what draws the chart in the page and with the page's own letters.
(() => {
  "use strict";
  const { microscribe } = window;
  const SCALE = 2, PAPER = "#fdfcf9";
  // A canvas knows no custom properties: each becomes its fallback, the light theme's.
  const PROPERTY = /var\(--[\w-]+\s*,\s*([^()]*(?:\([^()]*\))?[^()]*)\)/g;
  const light = (spec) => JSON.parse(JSON.stringify(spec).replace(PROPERTY, "$1"));

  const drawn = async (chart) => {
    const spec = light(await microscribe.specification(chart));
    const view = new vega.View(vega.parse(spec, undefined, { ast: true }), { renderer: "none", expr: microscribe.expressions });
    const canvas = await view.toCanvas(SCALE), brush = canvas.getContext("2d");
    view.finalize();
    brush.setTransform(1, 0, 0, 1, 0, 0);
    brush.globalCompositeOperation = "destination-over";
    brush.fillStyle = PAPER;
    brush.fillRect(0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  };

  const hand = (blob, name) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  for (const link of document.querySelectorAll("a[data-chart]")) {
    const chart = link.closest("figure").querySelector(`.chart[data-key="${link.dataset.chart}"]`);
    if (!chart) continue;
    const name = link.pathname.split("/").pop().replace(/svg$/, "png");
    const button = Object.assign(document.createElement("button"),
      { type: "button", textContent: link.textContent.replace("SVG", "PNG") });
    button.addEventListener("click", () => drawn(chart).then((blob) => hand(blob, name))
      .catch((error) => microscribe.stays(chart, error)));
    link.after(" ", button);
  }
})();
