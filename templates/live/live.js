// Preview only: show what a build is at, put its outcome into the page without moving it, list what went wrong.
(() => {
  "use strict";
  const PLACE = "microscribe-preview-place";
  const seen = Number(document.currentScript.dataset.changes);
  const make = (tag, options, ...children) => {
    const made = Object.assign(document.createElement(tag), options);
    made.append(...children);
    return made;
  };

  // ---- What is being done ----------------------------------------------------------------------
  const said = make("span", {});
  const bar = make("progress", { max: 1 });
  bar.setAttribute("aria-label", "The build");
  const work = make("div", { className: "live-work" }, said, bar);

  const working = ({ words, done, total }) => {
    if (!words) return work.remove();
    said.textContent = words;
    bar.hidden = !total;
    bar.value = total ? done / total : 0;
    if (!work.isConnected) (document.querySelector(".live-waiting main") ?? document.body).append(work);
  };

  // ---- What went wrong -------------------------------------------------------------------------
  let shown = "";
  const title = make("h2", { id: "live-title" });
  const list = make("ul", {});
  const hide = make("button", { type: "button", textContent: "Hide (Esc)" });
  const overlay = make("section", { className: "live-problems", tabIndex: -1 }, title, hide, list);
  overlay.setAttribute("role", "alert");
  overlay.setAttribute("aria-labelledby", "live-title");
  const count = make("button", { type: "button", className: "live-count" });

  const entry = (problem) => {
    const [, place, words] = /^(\S+:\d+): ([^]*)$/.exec(problem) ?? [null, "", problem];
    return make("li", {}, ...(place ? [make("code", { textContent: place })] : []), words);
  };
  const open = () => { count.remove(); document.body.append(overlay); };
  const close = () => { overlay.remove(); document.body.append(count); };

  const problems = (found) => {
    if (found.join("\n") === shown) return;
    shown = found.join("\n");
    overlay.remove();
    count.remove();
    if (!found.length) return;
    title.textContent = count.textContent = found.length === 1 ? "One problem" : `${found.length} problems`;
    list.replaceChildren(...found.map(entry));
    open();
  };
  hide.addEventListener("click", () => { close(); count.focus(); });
  count.addEventListener("click", () => { open(); hide.focus(); });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && overlay.isConnected && !event.defaultPrevented && !document.querySelector("dialog[open]")) close();
  });

  // ---- What changed ----------------------------------------------------------------------------
  // A new style sheet alone takes the place of the old one; all else is loaded again, at the place that was read.
  const sheetsOf = (page) => [...page.querySelectorAll('link[rel="stylesheet"]')];
  const bare = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const sheets = sheetsOf(page).map((sheet) => sheet.getAttribute("href"));
    for (const node of [...sheetsOf(page), ...page.querySelectorAll("script[data-changes]")]) node.remove();
    return { sheets, rest: page.documentElement.outerHTML };
  };
  const fetched = async () => bare(await (await fetch(location.pathname + location.search)).text());
  let page = fetched();
  page.then(() => { document.documentElement.dataset.preview = "watched"; });

  const restyle = (sheets) => {
    const old = sheetsOf(document), last = old.at(-1);
    const fresh = sheets.filter((href) => !old.some((sheet) => sheet.getAttribute("href") === href))
      .map((href) => make("link", { rel: "stylesheet", href }));
    const gone = old.filter((sheet) => !sheets.includes(sheet.getAttribute("href")));
    const come = fresh.map((sheet) => new Promise((done) => { sheet.onload = sheet.onerror = done; }));
    (gone.at(-1) ?? last).after(...fresh);
    Promise.all(come).then(() => gone.forEach((sheet) => sheet.remove()));
  };

  // The place is the first thing with a name that is in sight, and how far it is from the top.
  const place = () => {
    const named = [...document.querySelectorAll("main [id]")].filter((one) => one.getClientRects().length);
    const first = named.find((one) => one.getBoundingClientRect().bottom > 0) ?? document.body;
    return { page: location.pathname, id: first.id, top: first.getBoundingClientRect().top, y: scrollY };
  };
  const reload = () => {
    sessionStorage.setItem(PLACE, JSON.stringify(place()));
    history.scrollRestoration = "manual";
    location.reload();
  };
  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
    // Only when the page is left: until then the browser would still put it where it was, counted in pixels.
    addEventListener("pagehide", () => { history.scrollRestoration = sessionStorage.getItem(PLACE) ? "manual" : "auto"; });
    if (kept?.page !== location.pathname) return;
    const there = kept.id && document.getElementById(kept.id);
    scrollTo({ top: there ? scrollY + there.getBoundingClientRect().top - kept.top : kept.y, behavior: "instant" });
  };
  if (sessionStorage.getItem(PLACE)) addEventListener("load", restore, { once: true });

  let heard = seen;
  const built = async (changes) => {
    if (changes <= heard) return;
    heard = changes;
    if (seen < 0) return location.reload();
    const [before, now] = [await page, await fetched()];
    page = Promise.resolve(now);
    if (before.rest !== now.rest) reload();
    else if (sheetsOf(document).map((sheet) => sheet.getAttribute("href")).join() !== now.sheets.join()) restyle(now.sheets);
  };

  const events = new EventSource("/-microscribe/events");
  events.addEventListener("work", ({ data }) => working(JSON.parse(data)));
  events.addEventListener("message", ({ data }) => {
    const news = JSON.parse(data);
    problems(news.problems);
    built(news.changes);
  });
})();
