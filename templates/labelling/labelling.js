// Shows one crop after the other, and sends what it is called. The server keeps everything else.
(() => {
  "use strict";
  const main = document.querySelector(".labelling");
  const find = (selector) => main.querySelector(selector);
  const views = { who: find(".labelling-who"), task: find(".labelling-task"), rest: find(".labelling-rest"), end: find(".labelling-end") };
  const form = views.who, crop = find(".labelling-crop"), stage = find(".labelling-stage"), trouble = find(".labelling-trouble");
  const pause = Number(main.dataset.pause);
  const buttons = new Map([...main.querySelectorAll("[data-label]")].map((one) => [one.getAttribute("aria-keyshortcuts"), one]));
  let annotator = main.dataset.annotator, state = null, busy = false, sincePause = 0;

  const say = (words) => { find("[role=status]").textContent = words; };
  const show = (name) => {
    for (const [key, view] of Object.entries(views)) view.hidden = key !== name;
    find(".labelling-rubric")?.toggleAttribute("hidden", name === "end");
  };
  const isShown = (name) => !views[name].hidden;

  // ---- The server -------------------------------------------------------------------------------
  const asked = (values) => new URLSearchParams({ annotator, ...values });
  const ask = async (path, values) => {
    const options = values && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ annotator, ...values }) };
    const answer = await fetch(values ? path : `${path}?${asked()}`, options);
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    return told;
  };
  // One thing at a time: a key that is pressed twice must not label two crops.
  const alone = async (work) => {
    if (busy) return;
    busy = true;
    main.setAttribute("aria-busy", "true");
    try {
      await work();
      trouble.hidden = true;
    } catch (error) {
      const gone = error instanceof TypeError || error instanceof SyntaxError;
      trouble.textContent = gone ? "The program that keeps the labels does not answer. What was labelled is kept: start it again, and open the address it prints." : error.message;
      trouble.hidden = false;
    } finally {
      busy = false;
      main.setAttribute("aria-busy", "false");
    }
  };

  // ---- What is shown ----------------------------------------------------------------------------
  const loaded = (address) => new Promise((done, fail) => {
    crop.onload = done;
    crop.onerror = () => fail(new TypeError("no picture"));
    crop.src = address;
  });
  const draw = async (words = "") => {
    if (state.number === null) return end(words);
    const where = `Crop ${state.done + 1} of ${state.total}`;
    await loaded(`crop?${asked({ number: state.number })}`);
    crop.alt = where;
    find("progress").value = state.done / state.total;
    find(".labelling-count").textContent = `${state.done} of ${state.total} · ${annotator}`;
    show("task");
    say(`${words} ${where}.`.trim());
  };
  const rest = () => {
    sincePause = 0;
    find(".labelling-far").textContent = `${state.done} of ${state.total} crops are labelled.`;
    show("rest");
    find("#rest-title").focus();
  };
  const cell = (text) => Object.assign(document.createElement("td"), { textContent: text });
  const end = async (words) => {
    const { summary, pairs } = await ask("agreement");
    find(".labelling-name").textContent = annotator;
    find(".labelling-summary").textContent = summary;
    find("table").hidden = !pairs.length;
    find("tbody").replaceChildren(...pairs.map(([one, other, crops, share, kappa]) => {
      const row = document.createElement("tr");
      row.append(...[one, other, crops, `${Math.round(share * 100)} %`, kappa === null ? "–" : kappa.toFixed(2).replace("-", "−")].map(cell));
      return row;
    }));
    show("end");
    say(`${words} All crops are labelled.`.trim());
    find("#end-title").focus();
  };

  // ---- What annotators do -----------------------------------------------------------------------
  const label = (button) => alone(async () => {
    state = await ask("label", { number: state.number, label: button.dataset.label });
    sincePause += 1;
    button.classList.add("given");
    setTimeout(() => button.classList.remove("given"), 250);
    const words = `Labelled ${button.dataset.label}.`;
    if (pause && sincePause >= pause && state.number !== null) { say(words); rest(); } else await draw(words);
  });
  const zoom = () => {
    const zoomed = stage.classList.toggle("zoomed");
    find("[data-tool=zoom]").setAttribute("aria-pressed", zoomed);
  };
  const tools = {
    zoom,
    undo: () => alone(async () => {
      const before = state.done;
      state = await ask("undo", {});
      sincePause = Math.max(0, sincePause - 1);
      await draw(before > state.done ? "Taken back." : "Nothing to take back.");
    }),
    pause: rest,
    on: () => alone(() => draw()),
  };
  const enter = () => {
    show("who");
    form.elements.annotator.focus();
  };
  const begin = async () => {
    await alone(async () => {
      state = await ask("state");
      annotator = state.annotator;
      history.replaceState(null, "", `#${new URLSearchParams({ annotator })}`);
      await draw();
    });
    if (!state) enter();
  };

  main.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.label) label(button);
    else if (button?.dataset.tool) tools[button.dataset.tool]();
    else if (target === crop) zoom();
  });
  addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
    const key = event.key.toLowerCase();
    if (isShown("task") && buttons.has(key)) label(buttons.get(key));
    else if (isShown("task") && key === "z") zoom();
    else if (isShown("task") && key === "p") rest();
    else if ((isShown("task") || isShown("end")) && key === "u") tools.undo();
    else if (isShown("rest") && key === "enter" && !event.target.matches("button")) tools.on();
    else return;
    event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    annotator = form.elements.annotator.value;
    begin();
  });

  annotator ||= new URLSearchParams(location.hash.slice(1)).get("annotator") ?? "";
  if (annotator) begin();
  else enter();
})();
