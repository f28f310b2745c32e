// What a reader may choose in a figure: the step of a slider, a page, one of several looks. The parts of the figure
// that a choice shows are seen, the others not; what is chosen stands in the address, as charts' parameters do.
(() => {
  "use strict";
  const FADE_MS = 300, FILM_MS = 6000, STEP_MS = [60, 700];
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const { address } = window.microscribe;

  const make = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const button = (text, act) => {
    const made = make("button", { type: "button", textContent: text });
    made.addEventListener("click", act);
    return made;
  };
  const within = (index, count) => Math.min(Math.max(index, 0), count - 1);

  // ---- Stages: parts that are never seen together take turns in one place ---------------------
  const apart = (one, other) => Object.keys(one).some((name) => name in other && one[name] !== other[name]);

  const staged = (figure) => {
    const stages = [];
    for (const node of [...figure.querySelectorAll(".staged")]) {
      const part = { node, shown: JSON.parse(node.dataset.shown) }, place = node.parentElement;
      let stage = stages.find((one) => one.place === place && one.parts.every(({ shown }) => apart(shown, part.shown)));
      if (!stage) {
        stages.push(stage = { place, box: make("div", { className: "stage" }), parts: [] });
        node.before(stage.box);
      }
      stage.parts.push(part);
      stage.box.append(node);
    }
    return stages;
  };

  // What nobody has seen yet is fetched once somebody may ask for it; of a drawing and its twin for the dark, one is.
  const wake = (node) => {
    for (const image of node.querySelectorAll("img[loading]")) if (getComputedStyle(image).display !== "none") image.removeAttribute("loading");
  };

  // A sheet that nobody has come near lies in a template: no page has thousands of pictures that none asked for.
  const fill = (node) => {
    const kept = node.querySelector(":scope > template");
    kept?.replaceWith(kept.content);
  };

  // What stands below a stage stays where it is when a smaller part takes its turn.
  const hold = ({ box }) => { box.style.minHeight = `${Math.max(box.offsetHeight, parseFloat(box.style.minHeight) || 0)}px`; };

  const turn = (stage, chosen, fading) => {
    for (const { node } of stage.parts) settle(node);
    const wanted = ({ shown }) => Object.entries(shown).every(([name, label]) => (chosen.get(name) ?? label) === label);
    const leaving = stage.parts.filter((part) => !part.node.hidden && !wanted(part));
    const coming = stage.parts.filter((part) => part.node.hidden && wanted(part));
    if (!leaving.length && !coming.length) return;
    hold(stage);
    for (const { node } of coming) {
      fill(node);
      node.hidden = false;
    }
    if (fading && !still.matches && leaving.length && coming.length) fade(leaving, coming);
    else for (const { node } of leaving) node.hidden = true;
  };

  // A fade's end is told later, when its part may be wanted again: here it ends at once.
  const settle = (node) => {
    for (const film of node.getAnimations()) {
      film.onfinish = null;
      film.finish();
    }
    if (node.inert) gone(node);
  };
  const gone = (node) => { node.inert = false; node.hidden = true; };

  const fade = (leaving, coming) => {
    const how = { duration: FADE_MS, easing: "ease-in-out" };
    for (const { node } of coming) node.animate([{ opacity: 0 }, { opacity: 1 }], how);
    for (const { node } of leaving) {
      node.inert = true;
      node.animate([{ opacity: 1 }, { opacity: 0 }], how).onfinish = () => gone(node);
    }
  };

  // ---- The controls themselves: each says what is chosen and asks for another -----------------
  const slider = ({ name, title, labels, ask }) => {
    const range = make("input", { type: "range", min: 0, max: labels.length - 1, step: 1, value: 0 });
    const said = make("output", { className: "control-said" });
    said.setAttribute("aria-hidden", "true");
    range.setAttribute("aria-label", title || name);
    let timer = 0;
    const pause = () => {
      clearInterval(timer);
      timer = 0;
      play.textContent = "Play";
    };
    const on = () => (+range.value + 1 < labels.length ? ask(+range.value + 1) : pause());
    const play = button("Play", () => {
      if (timer) return pause();
      play.textContent = "Pause";
      if (+range.value === labels.length - 1) ask(0);
      timer = setInterval(on, Math.min(Math.max(FILM_MS / labels.length, STEP_MS[0]), STEP_MS[1]));
    });
    play.className = "control-play";
    const heed = () => { pause(); play.hidden = still.matches; };
    still.addEventListener("change", heed);
    heed();
    range.addEventListener("input", () => { pause(); ask(+range.value); });
    const show = (index) => {
      range.value = index;
      said.textContent = labels[index];
      range.setAttribute("aria-valuetext", labels[index]);
      if (timer && index === labels.length - 1) pause();
    };
    return { nodes: [play, range, said], show };
  };

  const pages = ({ labels, ask }) => {
    let at = 0;
    const back = button("← Previous", () => ask(at - 1)), more = button("Load more →", () => ask(at + 1));
    const said = make("span", { className: "control-said" });
    said.setAttribute("role", "status");
    const show = (index) => {
      at = index;
      said.textContent = `${index + 1} of ${labels.length}`;
      // A button that goes away would take the focus with it.
      back.setAttribute("aria-disabled", String(index === 0));
      more.setAttribute("aria-disabled", String(index === labels.length - 1));
    };
    return { nodes: [back, said, more], show };
  };

  let groups = 0;
  const toggle = ({ name, title, labels, ask }) => {
    const group = `control-${groups += 1}`;
    const radios = labels.map((label, index) => {
      const radio = make("input", { type: "radio", name: group, value: label });
      radio.addEventListener("change", () => ask(index));
      return radio;
    });
    const box = make("span", { className: "control-ways" },
      ...radios.map((radio) => make("label", {}, radio, make("span", { textContent: radio.value }))));
    box.setAttribute("role", "radiogroup");
    box.setAttribute("aria-label", title || name);
    return { nodes: [box], show: (index) => { radios[index].checked = true; } };
  };

  const KINDS = { slider, pages, toggle };

  // ---- One figure ----------------------------------------------------------------------------
  const enliven = (figure) => {
    const stages = staged(figure), chosen = new Map(), controls = [];
    const kept = ({ name }) => `${figure.id}.${name}`;

    const put = (control, index) => {
      chosen.set(control.name, control.labels[index]);
      for (const other of controls.filter(({ name }) => name === control.name)) other.show(index);
      for (const said of figure.querySelectorAll(`[data-says="${CSS.escape(control.name)}"]`)) said.textContent = control.labels[index];
    };
    // Of the figures that a parameter chooses among, which may be many, those one step away are fetched.
    const far = ({ name, labels }, shown) => name in shown && Math.abs(labels.indexOf(shown[name]) - labels.indexOf(chosen.get(name))) > 1;
    const fetch = () => {
      const choices = controls.filter(({ many }) => many);
      const due = stages.flatMap(({ parts }) => parts).filter(({ shown }) => !choices.some((choice) => far(choice, shown)));
      for (const { node } of due) {
        fill(node);
        wake(node);
      }
    };
    let near = false;
    const change = (fading) => {
      for (const stage of stages) turn(stage, chosen, fading);
      if (near) fetch();
    };
    const ask = (control) => (wanted) => {
      const index = within(wanted, control.labels.length), label = control.labels[index];
      if (chosen.get(control.name) === label) return;
      put(control, index);
      change(control.kind === "toggle");
      address.keep(kept(control), index === control.start ? undefined : label);
    };
    // The address may hold what no control has: then the first choice stands.
    const restore = () => {
      for (const control of controls) {
        const index = control.labels.indexOf(address.value(kept(control)));
        put(control, index < 0 ? control.start : index);
      }
      change(false);
    };

    for (const box of figure.querySelectorAll(".control[data-control]")) {
      const kind = Object.keys(KINDS).find((one) => box.classList.contains(`control-${one}`));
      const labels = JSON.parse(box.dataset.labels);
      const title = box.querySelector(".control-title")?.textContent ?? "";
      const start = Math.max(labels.indexOf(box.dataset.start), 0);
      const many = box.classList.contains("control-choice");
      const control = { name: box.dataset.control, kind, labels, title, start, many };
      Object.assign(control, KINDS[kind]({ ...control, ask: ask(control) }));
      box.append(...control.nodes);
      box.hidden = false;
      controls.push(control);
    }
    restore();
    const come = () => { near = true; fetch(); };
    for (const kind of ["pointerenter", "focusin"]) figure.addEventListener(kind, come, { once: true });
    document.addEventListener("address-read", restore);
    addEventListener("resize", () => { for (const { box } of stages) box.style.minHeight = ""; });
  };

  for (const figure of document.querySelectorAll("figure:not(.subfigures):has(.control[data-control])")) enliven(figure);
})();
