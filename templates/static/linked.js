// Linked views: a unit that is pointed at in one place is marked in all: names, tiles, charts. One that
// is chosen stays so, and stands in the address with the charts' parameters, for others to see the same.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
  const UNIT = /^[^\s:@,/]+:[0-9]+(@[0-9]+,[0-9]+)?-?$/;
  const state = { pointed: "", chosen: "", anchor: "", values: new Map() };
  const live = new Map();
  const focus = () => state.pointed || state.chosen;

  // ---- Names and tiles ----------------------------------------------------------------------
  const places = (key) => (key ? [...document.querySelectorAll(`[data-unit="${CSS.escape(key)}"]:not(.unit-card)`)] : []);

  const mark = (name, key) => {
    for (const old of document.querySelectorAll(`.${name}`)) old.classList.remove(name);
    for (const place of places(key)) place.classList.add(name);
  };

  // A network may be written in more than one way: then the unit of the page that has the name is meant.
  const known = (network, name) => {
    const key = network ? `${network}/${name}` : name;
    if (places(key).length) return key;
    const same = new Set([...document.querySelectorAll("[data-unit]")].map((one) => one.dataset.unit)
      .filter((other) => other.endsWith(`/${name}`)));
    return same.size === 1 ? [...same][0] : key;
  };

  // ---- Charts -------------------------------------------------------------------------------
  const datumOf = (node) => [node?.__data__].flat()[0]?.datum;
  const nameIn = (datum) => [datum?.u, datum?.unit, datum?.t].find((word) => typeof word === "string" && UNIT.test(word));
  const marksOf = (chart) => [...chart.querySelectorAll('[class*="role-mark"] > :not(g)')];

  const keyOf = (one, node) => {
    const datum = datumOf(node), name = nameIn(datum);
    if (!name) return "";
    const network = datum.network ?? (typeof datum.n === "string" ? datum.n : one.chart.dataset.model);
    const full = `${network ?? ""}/${name}`;
    if (!one.keys.has(full)) one.keys.set(full, known(network, name));
    return one.keys.get(full);
  };

  // What a chart can isolate by itself, it is told; in others the marks of other units fade.
  const tell = (one, signal, key) => {
    const name = one.names.get(key) ?? "";
    if (one.told[signal] === name) return false;
    one.told[signal] = name;
    one.view.signal(signal, name);
    return true;
  };

  const paint = (one) => {
    if (one.signals) {
      if ([tell(one, "pointed", state.pointed), tell(one, "isolated", state.chosen)].includes(true)) one.view.runAsync();
      return;
    }
    const key = one.names.has(focus()) ? focus() : "";
    for (const node of key || one.faded ? marksOf(one.chart) : []) {
      const own = key && keyOf(one, node);
      node.classList.toggle("faded", Boolean(own) && own !== key);
    }
    one.faded = Boolean(key);
  };

  const show = () => {
    mark("unit-pointed", state.pointed);
    mark("unit-chosen", state.chosen);
    for (const one of live.values()) paint(one);
  };

  const point = (key) => {
    if (key === state.pointed) return;
    state.pointed = key;
    show();
  };

  // ---- The line that says what is chosen ----------------------------------------------------
  const button = (words, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: words });
    made.addEventListener("click", act);
    return made;
  };
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const bar = Object.assign(document.createElement("div"), { className: "chosen-bar", hidden: true });
  let visited = -1;

  const shownIn = () => {
    const charts = [...live.values()].filter((one) => one.names.has(state.chosen)).map((one) => one.chart);
    return [...places(state.chosen), ...charts].filter((place) => place.getClientRects().length && !place.closest(".card"))
      .sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  };

  const visit = () => {
    const all = shownIn();
    if (!all.length) return;
    visited = (visited + 1) % all.length;
    all[visited].scrollIntoView({ block: "center" });
  };

  const announce = () => {
    bar.hidden = !state.chosen;
    const name = state.chosen.slice(state.chosen.lastIndexOf("/") + 1);
    said.textContent = name && `${name} is marked wherever it is shown`;
  };

  const choose = (key) => {
    state.chosen = key;
    visited = -1;
    show();
    announce();
    save();
    document.dispatchEvent(new CustomEvent("unit-chosen", { detail: key }));
  };
  const toggle = (key) => choose(key === state.chosen ? "" : key);
  const next = button("Next place", visit);
  bar.append(said, next, button("Clear", () => choose("")));
  (document.querySelector("main") ?? document.body).append(bar);

  // ---- The address --------------------------------------------------------------------------
  const written = (text) => encodeURIComponent(text).replace(/%(3A|2F|2C|40)/g, decodeURIComponent);
  const networks = () => new Set([...document.querySelectorAll("[data-unit]")].map(({ dataset: { unit } }) => unit.slice(0, unit.lastIndexOf("/"))));

  const fragment = () => {
    const { chosen, anchor, values } = state;
    const unit = networks().size === 1 ? chosen.slice(chosen.lastIndexOf("/") + 1) : chosen;
    return [anchor, chosen && `unit=${written(unit)}`, ...[...values].map(([name, value]) => `${name}=${written(String(value))}`)]
      .filter(Boolean).join("&");
  };

  const put = (text) => {
    try {
      history.replaceState(history.state, "", text ? `#${text}` : location.pathname + location.search);
    } catch { /* A page inside another may have no say about its address. */ }
    seen = location.hash;
  };
  // A link may have changed the address a moment ago: then it is read first, and written after that.
  let saving = 0, seen = location.hash;
  const save = () => {
    clearTimeout(saving);
    saving = setTimeout(() => { if (location.hash === seen && fragment() !== seen.slice(1)) put(fragment()); }, 150);
  };

  const unquoted = (text) => { try { return decodeURIComponent(text); } catch { return text; } };

  // Charts have parameters, figures have controls, pictures under a grid have a cell, mosaics what is seen of them.
  const parameter = (name) => {
    const place = document.getElementById(name.slice(0, name.lastIndexOf(".")));
    return Boolean(place?.matches(".chart[data-spec], .lens, .mosaic, figure:has([data-control], [data-walk])"));
  };

  // An anchor may stand before what is ours. Returns what the address chooses.
  const read = () => {
    seen = location.hash;
    const hash = seen.slice(1);
    const ordinary = !hash.includes("=") || document.getElementById(unquoted(hash));
    const parts = ordinary ? [hash] : hash.split("&");
    state.anchor = parts.find((part) => ordinary || !part.includes("=")) ?? "";
    const pairs = ordinary ? [] : parts.filter((part) => part.includes("="))
      .map((part) => [part.slice(0, part.indexOf("=")), unquoted(part.slice(part.indexOf("=") + 1))]);
    for (const [name, value] of pairs) if (parameter(name)) state.values.set(name, value);
    const unit = pairs.find(([name]) => name === "unit")?.[1] ?? "";
    return { ours: pairs.length > 0, unit: UNIT.test(unit.slice(unit.lastIndexOf("/") + 1)) ? unit : "" };
  };

  // A name alone is of the network that the page shows.
  const keyed = (unit) => {
    const key = unit.includes("/") ? unit : known("", unit);
    const models = new Set([...document.querySelectorAll(".chart[data-model]")].map((chart) => chart.dataset.model));
    return key.includes("/") ? key : models.size === 1 ? `${[...models][0]}/${key}` : "";
  };

  const restore = () => {
    const { ours, unit } = read();
    if (ours) {
      choose(unit && keyed(unit));
      for (const one of live.values()) set(one);
      document.dispatchEvent(new CustomEvent("address-read"));
    }
    save();
  };

  // ---- Named parameters ---------------------------------------------------------------------
  // Those that a reader can turn: with a control of their own, or a series that a legend isolates.
  const turned = (spec) => (spec?.signals ?? []).filter(({ name, value, bind }) =>
    (bind || name === "isolated") && ["string", "number", "boolean"].includes(typeof value));

  const cast = (text, like) => {
    if (typeof like === "string") return String(text);
    if (typeof like === "boolean") return String(text) === "true";
    return text !== "" && Number.isFinite(Number(text)) ? Number(text) : like;
  };

  const set = (one) => {
    for (const { name, value } of one.turned) {
      const kept = state.values.get(`${one.id}.${name}`);
      if (kept !== undefined) one.view.signal(name, cast(kept, value)).runAsync();
    }
  };

  const hear = (one) => {
    for (const { name, value: first } of one.turned) {
      one.view.addSignalListener(name, (_, value) => {
        const label = `${one.id}.${name}`;
        if (name === "isolated" && one.signals && isolated(one, value)) return;
        if (value === first) state.values.delete(label);
        else state.values.set(label, value);
        save();
      });
    }
  };

  // A unit that a chart isolates by itself is chosen.
  const isolated = (one, value) => {
    const before = one.told.isolated;
    one.told.isolated = value;
    const key = [...one.names].find(([, name]) => name === value)?.[0] ?? "";
    if (before !== value && (key || one.names.has(state.chosen))) choose(key);
    return Boolean(key) || UNIT.test(before ?? "");
  };

  const come = (chart, view) => {
    // Both forms of a chart, for wide pages and for narrow ones, stand under one name in the address.
    const id = chart.id.replace(/-narrow$/, "");
    const one = { id, chart, view, keys: new Map(), names: new Map(), told: { pointed: "", isolated: "" }, faded: false };
    const signal = (name) => { try { return view.signal(name); } catch { return undefined; } };
    for (const node of marksOf(chart)) if (keyOf(one, node)) one.names.set(keyOf(one, node), nameIn(datumOf(node)));
    one.signals = one.names.size > 0 && typeof signal("pointed") === "string" && typeof signal("isolated") === "string";
    one.turned = turned(microscribe.specs?.[chart.dataset.key]);
    live.set(chart.id, one);
    chart.addEventListener("pointerover", (event) => point(keyOf(one, event.target)));
    chart.addEventListener("pointerout", () => point(""));
    chart.addEventListener("click", (event) => { const key = keyOf(one, event.target); if (key) toggle(key); });
    hear(one);
    set(one);
    paint(one);
  };
  document.addEventListener("chart-ready", ({ target, detail: { view } }) => come(target, view));

  // ---- Pointing, keys -----------------------------------------------------------------------
  const unitAt = (event) => (event.target instanceof Element ? event.target.closest("[data-unit]")?.dataset.unit ?? "" : "");

  for (const [kind, other] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    document.addEventListener(kind, (event) => { if (unitAt(event)) point(unitAt(event)); });
    document.addEventListener(other, (event) => { if (unitAt(event)) point(""); });
  }

  // ---- Twins: tiles at the same place of blocks show one thing in several ways ---------------
  const twinsOf = (tile) => [...tile.closest(".sprite-twins").querySelectorAll(":scope > .sprite")]
    .map((block) => block.children[[...tile.parentElement.children].indexOf(tile)]).filter(Boolean);
  const twinAt = ({ target }) => (target instanceof Element ? target.closest(".sprite-twins > .sprite > li") : null);
  const mate = (tile) => {
    for (const old of document.querySelectorAll(".twin-pointed")) old.classList.remove("twin-pointed");
    for (const one of tile ? twinsOf(tile) : []) one.classList.add("twin-pointed");
  };
  document.addEventListener("pointerover", (event) => mate(twinAt(event) ?? twinAt({ target: document.activeElement })));
  document.addEventListener("focusin", (event) => mate(twinAt(event)));
  document.addEventListener("focusout", () => mate(null));

  // One stop for all tiles of a sprite; arrow keys go on from there.
  for (const sprite of document.querySelectorAll(".sprite-twins")) {
    const tiles = [...sprite.querySelectorAll(":scope > .sprite > li")];
    tiles.forEach((tile, index) => { tile.tabIndex = index ? -1 : 0; });
    sprite.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], next = tiles[tiles.indexOf(event.target) + step];
      if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      for (const tile of tiles) tile.tabIndex = tile === next ? 0 : -1;
      next.focus();
    });
  }

  // Enter follows a unit's link; the space bar chooses the unit.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.chosen && !event.defaultPrevented && !document.querySelector("dialog[open]")) choose("");
    if (event.key !== " " || !event.target.matches?.("a[data-unit]") || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    toggle(event.target.dataset.unit);
  });
  addEventListener("hashchange", () => setTimeout(restore));

  microscribe.address = {
    value: (name) => state.values.get(name),
    keep: (name, value) => {
      if (value === undefined) state.values.delete(name);
      else state.values.set(name, value);
      save();
    },
  };
  microscribe.units = { get chosen() { return state.chosen; }, choose, toggle };
  const { ours, unit } = read();
  // Until all scripts have run the address holds the anchor alone, as they expect it.
  if (ours) {
    put(state.anchor);
    if (state.anchor) document.getElementById(unquoted(state.anchor))?.scrollIntoView();
    const begun = state.anchor;
    addEventListener("load", () => { if (location.hash.slice(1) === begun) save(); });
  }
  if (unit) choose(keyed(unit));
  clearTimeout(saving);
})();
