// The answers of a live network: bars and traces, the likeliest classes, and a stimulus on a measured tuning curve.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
  const { make, within } = microscribe.stage;
  // So many answers are traced.
  const TRACED = 80;

  const drawn = (tag, attributes, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const percent = (share) => `${Math.round(100 * share)} %`;

  const softmax = (logits) => {
    const most = logits.reduce((one, other) => Math.max(one, other), -Infinity), powers = Array.from(logits, (one) => Math.exp(one - most));
    const sum = powers.reduce((all, one) => all + one, 0);
    return powers.map((one) => one / sum);
  };

  // `again` is called where a reader wants to see the curve of another unit.
  const answers = (box, begin, state, again) => {
    const rows = [...box.querySelectorAll(".live-answer")], tuning = box.querySelector(".live-tuning");
    let chosen = 0;

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

    // ---- The measured curve, and the stimulus on it ----------------------------------------------------
    const curve = (values, scene) => {
      const own = scene.curves[state.shown];
      tuning.hidden = !own;
      if (!own) return;
      const second = state.second[state.shown], far = own.values.map((one) => Math.abs(one - second)), at = far.indexOf(Math.min(...far));
      const around = own.curves[chosen][at], step = 360 / around.length, high = (one) => (100 - 100 * within(one / begin.most, 0, 1)).toFixed(1);
      tuning.querySelector(".live-curve").setAttribute("d", [...around, around[0]].map((one, place) => `${place ? "L" : "M"}${place * step} ${high(one)}`).join(""));
      const point = tuning.querySelector(".live-point");
      point.setAttribute("cx", state.orientation);
      point.setAttribute("cy", high(values[chosen]));
      const { second: name, unit } = begin.handles.find(({ family }) => family === state.shown);
      tuning.querySelector(".live-at").textContent = ` by direction, as measured at ${name} ${own.values[at]}${unit === "°" ? "°" : ` ${unit}`}`;
    };
    const choosing = () => {
      const axis = tuning.querySelector(".live-axis"), select = make("select"), label = make("label", {}, "Curve of ", select);
      rows.forEach((row, place) => select.append(make("option", { value: place, textContent: row.querySelector(".live-name").textContent })));
      select.addEventListener("change", () => { chosen = Number(select.value); again(); });
      axis.replaceChildren(label, make("span", { className: "live-at", textContent: " by direction, as measured" }));
    };

    // ---- Each mode of a figure: takes what was answered, and what before units were off; gives values and words --
    const TELL = {
      units: ({ at }, scene) => {
        const values = scene.units.map(({ row, column, channel }) => at(row, column, channel));
        rows.forEach((row, place) => {
          fill(row, { value: values[place], text: values[place].toFixed(2) });
          trace(row, place, values[place]);
        });
        curve(values, scene);
        return { values, text: `${scene.units[chosen].name} answers ${values[chosen].toFixed(2)}.` };
      },
      classes: ({ values }, scene) => {
        const shares = softmax(values);
        const order = [...shares.keys()].sort((one, other) => shares[other] - shares[one]).slice(0, rows.length);
        order.forEach((place, at) => fill(rows[at], { name: scene.classes[place], value: shares[place], text: percent(shares[place]) }));
        return { values: shares, text: `${scene.classes[order[0]]}, ${percent(shares[order[0]])}.` };
      },
      ablation: (answer, scene, before) => {
        const shares = softmax(answer.values), whole = softmax(before.values);
        const either = (place) => Math.max(shares[place], whole[place]), likeliest = [...shares.keys()].sort((one, other) => either(other) - either(one));
        const listed = likeliest.slice(0, rows.length).sort((one, other) => whole[other] - whole[one]);
        listed.forEach((place, at) => fill(rows[at], { name: scene.classes[place], value: shares[place], was: whole[place], text: percent(shares[place]) }));
        const best = shares.indexOf(Math.max(...shares));
        return { values: shares, text: `${scene.classes[best]}, ${percent(shares[best])}, with ${state.off.size} of ${begin.switches.length} units off.` };
      },
    };

    // Their place is taken at once: nothing moves at the first answer.
    if (begin.mode === "units") for (const one of rows) lined(one);
    if (tuning) choosing();
    return { tell: TELL[begin.mode] };
  };

  microscribe.answers = Object.assign(answers, { percent });
})();
