// Charts by keyboard: a live chart takes the focus once; arrow keys then go from mark to mark. Where marks stand in rows
// and columns they go by these, elsewhere to the nearest mark that lies there; with Shift ten at a time. Home and End lead
// to the ends of a row, with Control to the first and the last mark. A mark reached so hears what it hears from a pointer:
// it tells its numbers, which are announced, and the others fade where pointing fades them.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
  const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const MANY = 10, ALIKE_PX = 0.6;

  const itemOf = (mark) => [mark.__data__].flat()[0];

  // Where a pointer would meet a mark. A line is met at its points alone, and Vega tells what is there.
  const middle = (mark) => {
    const { marktype, items } = itemOf(mark).mark;
    if (marktype === "line") {
      const there = items.filter((item) => item.defined !== false);
      const { x, y } = there[there.length >> 1];
      const point = new DOMPoint(x, y).matrixTransform(mark.getScreenCTM());
      return [point.x, point.y];
    }
    const { left, top, width, height } = mark.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  };

  // The mark ahead that is least far, those that lie straight ahead before all others.
  const nearest = (places, from, [right, down]) => {
    const [x0, y0] = places.get(from);
    let best = null, least = Infinity, straight = false;
    for (const [mark, [x, y]] of places) {
      const ahead = (x - x0) * right + (y - y0) * down, aside = Math.abs((x - x0) * down) + Math.abs((y - y0) * right);
      const inLine = aside < ALIKE_PX, cost = inLine ? ahead : ahead + 3 * aside;
      if (ahead <= 0.5 || (straight && !inLine) || (straight === inLine && cost >= least)) continue;
      [best, least, straight] = [mark, cost, inLine];
    }
    return best;
  };

  const farthest = (places, from, way) => {
    let mark = from;
    for (const [other, [x, y]] of places) {
      const [x0, y0] = places.get(mark);
      if (Math.abs(y - y0) < ALIKE_PX && (x - x0) * way > 0) mark = other;
    }
    return mark;
  };

  // Lines and areas run through the whole chart; there every arrow goes to the one before or after.
  const LONG = new Set(["line", "area", "trail"]);
  const isLong = (mark) => LONG.has(itemOf(mark).mark.marktype);

  const step = (marks, places, from, way) =>
    isLong(from) ? marks[marks.indexOf(from) + way[0] + way[1]] : nearest(places, from, way);

  const next = (marks, from, { key, shiftKey, ctrlKey }) => {
    const places = new Map(marks.map((mark) => [mark, middle(mark)]));
    const end = key === "Home" ? marks[0] : marks.at(-1);
    if (!from) return key === "End" ? end : marks[0];
    if (!(key in WAYS)) {
      const mark = ctrlKey || isLong(from) ? from : farthest(places, from, key === "Home" ? -1 : 1);
      return mark === from ? end : mark;
    }
    let mark = null;
    for (let i = 0, at = from; i < (shiftKey ? MANY : 1) && at; i += 1) {
      at = step(marks, places, at, WAYS[key]);
      mark = at ?? mark;
    }
    return mark;
  };

  const tells = (mark) => itemOf(mark)?.tooltip != null;

  // What a screen reader says: it must be in the page before its words change.
  const said = Object.assign(document.createElement("div"), { className: "off-screen" });
  said.setAttribute("role", "status");

  const words = (tip) => [...tip.children].map((line) => [...line.children].map((word) => word.textContent).join(" ") || line.textContent);

  microscribe.walkable = (stage, live, { tip, hideTip }) => {
    const marks = () => [...live.querySelectorAll('[class*="role-mark"] > :not(g)')].filter(tells);
    if (!marks().length) return;
    let at = null;
    const ring = Object.assign(document.createElement("div"), { className: "chart-ring", hidden: true });
    const hear = (kind) => {
      if (!at) return;
      const [clientX, clientY] = middle(at);
      at.dispatchEvent(new PointerEvent(kind, { bubbles: true, clientX, clientY }));
    };
    const leave = () => {
      for (const kind of ["pointerout", "mouseout"]) hear(kind);
      at = null;
      ring.hidden = true;
      hideTip();
    };
    const surround = () => {
      const box = at.getBoundingClientRect(), ground = stage.getBoundingClientRect();
      ring.hidden = false;
      Object.assign(ring.style, { left: `${box.left - ground.left - 3}px`, top: `${box.top - ground.top - 3}px`,
        width: `${box.width + 6}px`, height: `${box.height + 6}px` });
    };
    const go = (mark) => {
      if (!mark) return;
      leave();
      at = mark;
      surround();
      for (const kind of ["pointerover", "pointermove"]) hear(kind);
      said.textContent = words(tip).filter(Boolean).join(", ");
    };
    stage.tabIndex = 0;
    stage.setAttribute("role", "application");
    stage.setAttribute("aria-label", `Chart; arrow keys go through its ${marks().length} marks, with Shift ten at a time`);
    stage.append(ring);
    if (!said.isConnected) document.body.append(said);
    stage.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && at) {
        leave();
        event.preventDefault();
      }
      // What a click would do, choosing a unit or a series, Enter does too.
      if (at?.isConnected && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        hear("click");
      }
      const ends = event.key === "Home" || event.key === "End";
      if (!(event.key in WAYS || ends) || event.altKey || event.metaKey || (event.ctrlKey && !ends)) return;
      event.preventDefault();
      go(next(marks(), at?.isConnected ? at : null, event));
    });
    stage.addEventListener("blur", leave);
    stage.addEventListener("pointermove", (event) => { if (event.isTrusted && at) leave(); });
  };
})();
