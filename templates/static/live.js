// A network that answers in the page. Handles and the picture stand at once; the network itself is fetched when a
// reader first touches one of them, and every answer is computed here. Without this script the first state stands.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
  const fetched = (microscribe.fetched ??= {});
  const { make, capital, DRAWING, FILE, TITLES } = microscribe.stage, { percent } = microscribe.answers;
  // So often answers are said, and so far they may differ.
  const SAID_MS = 600, APART = 0.02;

  Object.assign(microscribe.network.scripts, document.currentScript.dataset);
  const load = async (url, key) => {
    await microscribe.load(url);
    return fetched[key];
  };

  // A slider with its name before and its value behind; `told` puts the value into words.
  const slider = (title, { low, high, step, told, act }) => {
    const range = make("input", { type: "range", min: low, max: high, step });
    const said = make("output"), name = make("span", { textContent: title });
    said.setAttribute("aria-hidden", "true");
    range.setAttribute("aria-label", title);
    const show = (value) => {
      range.value = value;
      said.textContent = told(Number(range.value));
      range.setAttribute("aria-valuetext", said.textContent);
    };
    range.addEventListener("input", () => { show(range.value); act(Number(range.value)); });
    return { node: make("div", { className: "live-handle" }, name, range, said), range, show, rename: (text) => { name.textContent = text; range.setAttribute("aria-label", text); } };
  };

  const start = (box) => {
    const begin = JSON.parse(box.dataset.live), megabytes = `${(begin.bytes / 1e6).toFixed(1)} MB`, said = box.querySelector(".live-state");
    const first = () => ({
      shown: begin.first, orientation: begin.orientation, width: begin.width, ink: "#000000", ground: "#ffffff",
      second: Object.fromEntries(begin.handles.map(({ family, start }) => [family, start])), off: new Set(begin.switches.keys()),
    });
    const state = first();
    const unchanged = () => JSON.stringify({ ...state, off: [...state.off] }) === JSON.stringify({ ...first(), off: [...first().off] });

    // ---- Asking ------------------------------------------------------------------------------------
    let network = null, scene = null, waking = null;
    const awaken = async () => {
      said.textContent = `Fetching the network, ${megabytes} …`;
      const [data, own] = await Promise.all([load(box.dataset.graph, box.dataset.key), load(box.dataset.scene, box.dataset.part)]);
      scene = own;
      network = await microscribe.network.open(data, scene.wanted);
      if (!begin.names.includes(state.shown)) return;
      await pictured(state.shown);
      stage.renew();
    };
    const wake = () => (waking ??= awaken().catch((error) => { waking = null; throw error; }));
    let asking = false, again = false;
    const asked = (layer) => network.ask(stage.shown(), layer, () => again);
    const answered = async () => {
      if (begin.mode !== "ablation") return tell(await asked(begin.mode === "units" ? scene.layer : scene.head));
      network.silence(scene.layer, []);
      const before = await asked(scene.head);
      if (!before) return;
      network.silence(scene.layer, [...state.off].map((place) => scene.channels[place]));
      return tell(await asked(scene.head), before);
    };
    const ask = async () => {
      again = true;
      if (asking) return;
      asking = true;
      try {
        await wake();
        while (again) {
          again = false;
          await answered();
        }
      } catch (error) {
        said.textContent = error.message;
      }
      asking = false;
    };
    const renew = () => {
      stage.renew();
      ask();
    };
    const restyled = () => { if (stage.handled()) renew(); };

    // ---- Telling -------------------------------------------------------------------------------------
    let timer = 0, compared = false;
    const say = (text) => {
      clearTimeout(timer);
      timer = setTimeout(() => { said.textContent = text; }, SAID_MS);
    };
    const tell = async (answer, before) => {
      if (!answer) return;
      const { values, text } = answers.tell(answer, scene, before), fresh = !compared && unchanged();
      const apart = fresh ? Math.max(...scene.measured.map((one, place) => Math.abs(one - values[place]))) / begin.most : 0;
      // A device that computes otherwise than was measured is left for the next.
      if (apart > APART && (await network.leave())) return answered();
      compared ||= fresh;
      Object.assign(box.dataset, { device: network.device, answered: Number(box.dataset.answered ?? 0) + 1 });
      if (apart > APART) box.dataset.apart = apart;
      say(apart > APART ? `${text} Computed here, answers differ from those that were measured by ${percent(apart)}.` : text);
    };
    const answers = microscribe.answers(box, begin, state, ask);

    // ---- What is shown -------------------------------------------------------------------------------
    const stage = microscribe.stage(box, begin, state, {
      turn: (degrees) => { state.orientation = degrees; turn.show(degrees); renew(); },
      draw: () => {
        if (state.shown !== DRAWING) {
          state.shown = DRAWING;
          arrange();
        }
        renew();
      },
      open: (file) => opened(file),
    });
    const opened = async (file) => {
      try {
        const bitmap = await createImageBitmap(file);
        stage.take(bitmap, bitmap.width, bitmap.height);
        choose(FILE, { kept: true });
      } catch {
        said.textContent = `${file.name} is no picture that can be shown.`;
      }
    };
    const pictured = async (name) => {
      const image = make("img", { src: scene.pictures[name] });
      await image.decode();
      if (state.shown === name) stage.take(image, image.naturalWidth, image.naturalHeight);
    };
    const known = async (name) => {
      await wake();
      await pictured(name);
    };

    // ---- Handles ----------------------------------------------------------------------------------------
    const panel = box.querySelector(".live-handles");
    const degrees = (value) => `${value}°`, pixels = (value) => `${Math.round(10 * value) / 10} px`;
    const turn = slider("Direction", { low: 0, high: 359, step: 1, told: degrees, act: (value) => { state.orientation = value; renew(); } });
    const second = slider("Radius", {
      low: 0, high: 1, step: 0.1, act: (value) => { state.second[state.shown] = value; renew(); },
      told: (value) => (stage.handled()?.unit === "°" ? degrees(value) : pixels(value)),
    });
    const stroke = slider("Stroke", { low: Math.min(1, begin.width), high: 4 * begin.width, step: 0.1, told: pixels, act: (value) => { state.width = value; restyled(); } });
    const colour = (title, name) => {
      const input = make("input", { type: "color", value: state[name] });
      input.addEventListener("input", () => { state[name] = input.value; restyled(); });
      return { node: make("label", {}, input, title), show: () => { input.value = state[name]; } };
    };
    const ink = colour("Ink", "ink"), ground = colour("Ground", "ground");
    const picker = make("select");
    for (const { family } of begin.handles) picker.append(make("option", { value: family, textContent: capital(TITLES[family]) }));
    for (const name of begin.names) picker.append(make("option", { value: name, textContent: `Picture ${name}` }));
    picker.append(make("option", { value: DRAWING, textContent: "Your drawing" }), make("option", { value: FILE, textContent: "A picture of yours" }));
    const files = make("input", { type: "file", accept: "image/*", hidden: true });
    const button = (textContent, act) => {
      const made = make("button", { type: "button", textContent });
      made.addEventListener("click", act);
      return made;
    };
    const choose = (name, { kept = false } = {}) => {
      state.shown = name;
      arrange();
      if (stage.handled() || kept || name === DRAWING) return renew();
      if (name === FILE) return files.click();
      known(name).then(renew, (error) => { said.textContent = error.message; });
    };
    const arrange = () => {
      const handle = stage.handled();
      picker.value = state.shown;
      box.classList.toggle("live-drawing", !handle);
      turn.node.hidden = second.node.hidden = !handle;
      turn.show(state.orientation);
      stroke.show(state.width);
      if (handle) {
        Object.assign(second.range, { min: handle.low, max: handle.high });
        second.rename(capital(handle.second));
        second.show(state.second[state.shown]);
      }
      ink.show();
      ground.show();
      for (const [place, box_] of switches.entries()) box_.checked = !state.off.has(place);
    };
    const switches = [...box.querySelectorAll(".live-switch input")];
    for (const [place, input] of switches.entries()) {
      input.disabled = false;
      input.addEventListener("change", () => {
        if (input.checked) state.off.delete(place);
        else state.off.add(place);
        ask();
      });
    }
    const reset = () => {
      Object.assign(state, first());
      choose(state.shown);
    };
    picker.addEventListener("change", () => choose(picker.value));
    files.addEventListener("change", () => { if (files.files.length) opened(files.files[0]); });
    const row = (title, ...nodes) => make("div", { className: "live-handle" }, make("span", { textContent: title }), ...nodes);
    picker.setAttribute("aria-label", "What the network is shown");
    panel.append(
      row("Shown", picker), turn.node, second.node, stroke.node, row("Colours", make("div", { className: "live-colours" }, ink.node, ground.node)),
      row("", make("div", { className: "live-ways" }, button("Clear and draw", () => { stage.clear(); choose(DRAWING); }), button("Open a picture", () => files.click()), button("As it was", reset), files)),
    );

    arrange();
    if (stage.handled()) stage.renew();
    stage.still.addEventListener("click", () => choose(state.shown));
    said.textContent = `The first touch fetches the network, ${megabytes}.`;
    box.classList.add("live-ready");
  };

  for (const box of document.querySelectorAll(".live[data-live]")) start(box);
})();
