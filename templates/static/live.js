// A network that answers in the page. Handles and the picture stand at once; the network itself is fetched when a
// reader first touches one of them, and every answer is computed here. Without this script the first state stands.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
  const fetched = (microscribe.fetched ??= {});
  // So many answers are traced, so often they are said, and so far they may differ.
  const TRACED = 80, SAID_MS = 600, APART = 0.02;
  // Pictures with more pixels a side are shown smoothly.
  const FINE_PX = 160;
  const DRAWING = "drawing", FILE = "file";
  const TITLES = { arcs: "an arc", filled: "a filled shape", lines: "a line", angles: "a corner" };
  const GREY = [0.299, 0.587, 0.114];

  const make = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const drawn = (tag, attributes, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const within = (value, low, high) => Math.min(Math.max(value, low), high);
  const capital = (text) => text[0].toUpperCase() + text.slice(1);

  Object.assign(microscribe.network.scripts, { ...document.currentScript?.dataset });
  const load = async (url, key) => {
    await microscribe.load(url);
    return fetched[key];
  };

  const coloured = (text, channels) => {
    const rgb = [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16) / 255);
    return channels === 3 ? rgb : Array(channels).fill(rgb.reduce((sum, one) => sum + one, 0) / 3);
  };

  const softmax = (logits) => {
    const most = logits.reduce((one, other) => Math.max(one, other), -Infinity), powers = Array.from(logits, (one) => Math.exp(one - most));
    const sum = powers.reduce((all, one) => all + one, 0);
    return powers.map((one) => one / sum);
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
    const begin = JSON.parse(box.dataset.live), handles = new Map(begin.handles.map((one) => [one.family, one]));
    const first = () => ({
      shown: begin.first, orientation: begin.orientation, width: begin.width, ink: "#000000", ground: "#ffffff",
      second: Object.fromEntries(begin.handles.map(({ family, start }) => [family, start])), off: new Set(begin.switches.keys()),
    });
    const state = first();
    const { size } = begin, channels = begin.channels, shape = [size, size, channels], megabytes = `${(begin.bytes / 1e6).toFixed(1)} MB`;
    let network = null, scene = null, picture = new Float32Array(size * size * channels).fill(1), chosen = 0;
    const rows = [...box.querySelectorAll(".live-answer")], said = box.querySelector(".live-state");
    const still = box.querySelector(".live-stage .picture"), stage = box.querySelector(".live-stage");

    // ---- What the network is shown -----------------------------------------------------------------
    const canvas = make("canvas", { className: size > FINE_PX ? "live-canvas live-fine" : "live-canvas", width: size, height: size });
    canvas.setAttribute("role", "img");
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    const paint = () => {
      const image = pen.createImageData(size, size);
      for (let at = 0; at < size * size; at++) {
        for (let c = 0; c < 3; c++) image.data[4 * at + c] = Math.round(255 * picture[at * channels + Math.min(c, channels - 1)]);
        image.data[4 * at + 3] = 255;
      }
      pen.putImageData(image, 0, 0);
      canvas.setAttribute("aria-label", words());
      if (still.isConnected) still.replaceWith(canvas);
    };
    const words = () => {
      const handle = handles.get(state.shown);
      if (!handle) return state.shown === DRAWING ? "Your drawing" : state.shown === FILE ? "A picture of yours" : `The picture ${state.shown}`;
      const unit = handle.unit === "°" ? "°" : ` ${handle.unit}`;
      return `${capital(TITLES[handle.family])} that points to ${state.orientation}°, ${handle.second} ${state.second[handle.family]}${unit}`;
    };
    const stimulus = () => {
      microscribe.stimuli.paint(picture, shape, {
        family: state.shown, orientation: state.orientation, second: state.second[state.shown], pen: { length: begin.length, width: state.width },
        centre: begin.centre, ink: coloured(state.ink, channels), ground: coloured(state.ground, channels),
      });
    };
    // Takes over a picture that a browser has decoded, its middle square where it is none.
    const take = (source, width, height) => {
      const side = Math.min(width, height);
      pen.imageSmoothingQuality = "high";
      pen.drawImage(source, (width - side) / 2, (height - side) / 2, side, side, 0, 0, size, size);
      const { data } = pen.getImageData(0, 0, size, size);
      for (let at = 0; at < size * size; at++) {
        const rgb = [0, 1, 2].map((c) => data[4 * at + c] / 255);
        if (channels === 1) picture[at] = rgb.reduce((sum, one, c) => sum + one * GREY[c], 0);
        else for (let c = 0; c < channels; c++) picture[at * channels + c] = rgb[c];
      }
    };
    const opened = async (file) => {
      try {
        const bitmap = await createImageBitmap(file);
        take(bitmap, bitmap.width, bitmap.height);
        choose(FILE, { kept: true });
      } catch {
        said.textContent = `${file.name} is no picture that can be shown.`;
      }
    };
    const pictured = async (name) => {
      const image = make("img", { src: scene.pictures[name] });
      await image.decode();
      if (state.shown === name) take(image, image.naturalWidth, image.naturalHeight);
    };
    const known = async (name) => {
      await wake();
      await pictured(name);
    };

    // ---- Asking ------------------------------------------------------------------------------------
    const wake = async () => {
      if (network) return;
      said.textContent = `Fetching the network, ${megabytes} …`;
      const [data, own] = await Promise.all([load(box.dataset.graph, box.dataset.key), load(box.dataset.scene, box.dataset.part)]);
      scene = own;
      network ??= await microscribe.network.open(data, scene.wanted);
      if (!begin.names.includes(state.shown)) return;
      await pictured(state.shown);
      paint();
    };
    let asking = false, again = false;
    const asked = (layer) => network.ask(picture.slice(), layer, () => again);
    const answered = async () => {
      if (begin.mode !== "ablation") return tell(await asked(begin.mode === "units" ? scene.layer : scene.head));
      network.silence(scene.layer, []);
      const whole = await asked(scene.head);
      if (!whole) return;
      network.silence(scene.layer, [...state.off].map((place) => scene.channels[place]));
      tell(await asked(scene.head), softmax(whole.values));
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
      if (handles.has(state.shown)) stimulus();
      paint();
      ask();
    };

    // ---- Telling -------------------------------------------------------------------------------------
    const traces = rows.map(() => []);
    const lined = (row) => row.append(drawn("svg", { class: "live-trace", viewBox: `0 0 ${TRACED - 1} 22`, preserveAspectRatio: "none", "aria-hidden": "true" }, drawn("path", {})));
    const trace = (row, place, value) => {
      const line = row.querySelector(".live-trace path"), all = traces[place];
      all.push(value);
      if (all.length > TRACED) all.shift();
      line.setAttribute("d", all.map((one, at) => `${at ? "L" : "M"}${at} ${(21 - 20 * within(one / begin.most, 0, 1)).toFixed(1)}`).join(""));
    };
    const fill = (row, { name, value, text, was }) => {
      if (name !== undefined) row.querySelector(".live-name").textContent = name;
      row.querySelector(".live-now").setAttribute("width", within((100 * value) / begin.most, 0, 100));
      if (was !== undefined) row.querySelector(".live-before").setAttribute("width", within((100 * was) / begin.most, 0, 100));
      row.querySelector(".live-number").textContent = text;
    };
    const percent = (share) => `${Math.round(100 * share)} %`;
    let timer = 0;
    const say = (text) => {
      clearTimeout(timer);
      timer = setTimeout(() => { said.textContent = text; }, SAID_MS);
    };
    const TELL = {
      units: ({ at }) => {
        const values = scene.units.map(({ row, column, channel }) => at(row, column, channel));
        rows.forEach((row, place) => {
          fill(row, { value: values[place], text: values[place].toFixed(2) });
          trace(row, place, values[place]);
        });
        curve(values);
        return { values, text: `${scene.units[chosen].name} answers ${values[chosen].toFixed(2)}.` };
      },
      classes: ({ values }) => {
        const shares = softmax(values);
        const order = [...shares.keys()].sort((one, other) => shares[other] - shares[one]).slice(0, rows.length);
        order.forEach((place, at) => fill(rows[at], { name: scene.classes[place], value: shares[place], text: percent(shares[place]) }));
        return { values: shares, text: `${scene.classes[order[0]]}, ${percent(shares[order[0]])}.` };
      },
      ablation: ({ values }, whole) => {
        const shares = softmax(values);
        const either = (place) => Math.max(shares[place], whole[place]), likeliest = [...shares.keys()].sort((one, other) => either(other) - either(one));
        const listed = likeliest.slice(0, rows.length).sort((one, other) => whole[other] - whole[one]);
        listed.forEach((place, at) => fill(rows[at], { name: scene.classes[place], value: shares[place], was: whole[place], text: percent(shares[place]) }));
        const best = shares.indexOf(Math.max(...shares));
        return { values: shares, text: `${scene.classes[best]}, ${percent(shares[best])}, with ${state.off.size} of ${begin.switches.length} units off.` };
      },
    };
    let compared = false;
    const tell = async (answer, whole) => {
      if (!answer) return;
      const { values, text } = TELL[begin.mode](answer, whole), first = !compared && unchanged();
      const apart = first ? Math.max(...scene.measured.map((one, place) => Math.abs(one - values[place]))) / begin.most : 0;
      // A device that computes otherwise than was measured is left for the next.
      if (apart > APART && (await network.leave())) return answered();
      compared ||= first;
      Object.assign(box.dataset, { device: network.device, answered: Number(box.dataset.answered ?? 0) + 1 });
      if (apart > APART) box.dataset.apart = apart;
      say(apart > APART ? `${text} Computed here, answers differ from those that were measured by ${percent(apart)}.` : text);
    };
    const unchanged = () => JSON.stringify({ ...state, off: [...state.off] }) === JSON.stringify({ ...first(), off: [...first().off] });

    // ---- The measured curve, and the stimulus on it ----------------------------------------------------
    const tuning = box.querySelector(".live-tuning");
    const curve = (values) => {
      const own = scene.curves[state.shown];
      tuning.hidden = !own;
      if (!own) return;
      const second = state.second[state.shown], far = own.values.map((one) => Math.abs(one - second)), at = far.indexOf(Math.min(...far));
      const around = own.curves[chosen][at], step = 360 / around.length, high = (one) => (100 - 100 * within(one / begin.most, 0, 1)).toFixed(1);
      tuning.querySelector(".live-curve").setAttribute("d", [...around, around[0]].map((one, place) => `${place ? "L" : "M"}${place * step} ${high(one)}`).join(""));
      const point = tuning.querySelector(".live-point");
      point.setAttribute("cx", state.orientation);
      point.setAttribute("cy", high(values[chosen]));
      const { second: name, unit } = handles.get(state.shown);
      tuning.querySelector(".live-at").textContent = ` by direction, as measured at ${name} ${own.values[at]}${unit === "°" ? "°" : ` ${unit}`}`;
    };
    const choosing = () => {
      const axis = tuning.querySelector(".live-axis"), select = make("select"), label = make("label", {}, "Curve of ", select);
      rows.forEach((row, place) => select.append(make("option", { value: place, textContent: row.querySelector(".live-name").textContent })));
      select.addEventListener("change", () => { chosen = Number(select.value); ask(); });
      axis.replaceChildren(label, make("span", { className: "live-at", textContent: " by direction, as measured" }));
    };

    // ---- Handles ----------------------------------------------------------------------------------------
    const panel = box.querySelector(".live-handles");
    const degrees = (value) => `${value}°`, pixels = (value) => `${Math.round(10 * value) / 10} px`;
    const turn = slider("Direction", { low: 0, high: 359, step: 1, told: degrees, act: (value) => { state.orientation = value; renew(); } });
    const second = slider("Radius", {
      low: 0, high: 1, step: 0.1, act: (value) => { state.second[state.shown] = value; renew(); },
      told: (value) => (handles.get(state.shown)?.unit === "°" ? degrees(value) : pixels(value)),
    });
    const stroke = slider("Stroke", { low: Math.min(1, begin.width), high: 4 * begin.width, step: 0.1, told: pixels, act: (value) => { state.width = value; if (handles.has(state.shown)) renew(); } });
    const colour = (title, name) => {
      const input = make("input", { type: "color", value: state[name] });
      input.addEventListener("input", () => { state[name] = input.value; if (handles.has(state.shown)) renew(); });
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
    const clear = () => {
      const blank = coloured(state.ground, channels);
      picture = picture.map((_, at) => blank[at % channels]);
    };
    const choose = (name, { kept = false } = {}) => {
      state.shown = name;
      arrange();
      if (handles.has(name) || kept || name === DRAWING) return renew();
      if (name === FILE) return files.click();
      known(name).then(renew, (error) => { said.textContent = error.message; });
    };
    const arrange = () => {
      const handle = handles.get(state.shown);
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
      row("", make("div", { className: "live-ways" }, button("Clear and draw", () => { clear(); choose(DRAWING); }), button("Open a picture", () => files.click()), button("As it was", reset), files)),
    );

    // ---- Hands: a stimulus follows the pointer round its middle; anything else is drawn upon --------------
    let last = null;
    const place = ({ clientX, clientY }) => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return [((clientX - left) / width) * size, ((clientY - top) / height) * size];
    };
    const follow = ([x, y]) => {
      state.orientation = Math.round((Math.atan2(y - begin.centre[1], x - begin.centre[0]) * 180) / Math.PI + 360) % 360;
      turn.show(state.orientation);
      renew();
    };
    const dab = ([x0, y0], [x1, y1]) => {
      const colours = coloured(state.ink, channels), steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0))), radius = state.width / 2;
      for (let step = 0; step <= steps; step++) {
        const x = x0 + ((x1 - x0) * step) / steps, y = y0 + ((y1 - y0) * step) / steps;
        for (let row_ = Math.max(0, Math.floor(y - radius - 1)); row_ < Math.min(size, y + radius + 1); row_++) {
          for (let column = Math.max(0, Math.floor(x - radius - 1)); column < Math.min(size, x + radius + 1); column++) {
            const share = within(radius + 0.5 - Math.hypot(column + 0.5 - x, row_ + 0.5 - y), 0, 1), at = (row_ * size + column) * channels;
            for (let c = 0; c < channels; c++) picture[at + c] += (colours[c] - picture[at + c]) * share;
          }
        }
      }
      if (state.shown !== DRAWING) {
        state.shown = DRAWING;
        arrange();
      }
      renew();
    };
    const act = (event) => {
      const here = place(event);
      if (handles.has(state.shown)) follow(here);
      else dab(last ?? here, here);
      last = here;
    };
    canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); last = null; act(event); });
    canvas.addEventListener("pointermove", (event) => { if (canvas.hasPointerCapture(event.pointerId)) act(event); });
    for (const kind of ["dragover", "dragleave", "drop"]) {
      stage.addEventListener(kind, (event) => {
        event.preventDefault();
        box.classList.toggle("live-over", kind === "dragover");
        if (kind === "drop" && event.dataTransfer.files.length) opened(event.dataTransfer.files[0]);
      });
    }

    arrange();
    if (handles.has(state.shown)) {
      stimulus();
      paint();
    }
    still.addEventListener("click", () => choose(state.shown));
    // Their place is taken at once: nothing moves at the first answer.
    if (begin.mode === "units") for (const one of rows) lined(one);
    if (tuning) choosing();
    said.textContent = `The first touch fetches the network, ${megabytes}.`;
    box.classList.add("live-ready");
  };

  for (const box of document.querySelectorAll(".live[data-live]")) start(box);
})();
