// What a live network is shown, on a canvas in the place of the first picture: a stimulus that turns after a hand, a
// picture, or a drawing.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
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
  const within = (value, low, high) => Math.min(Math.max(value, low), high);
  const capital = (text) => text[0].toUpperCase() + text.slice(1);
  const coloured = (text, channels) => {
    const rgb = [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16) / 255);
    return channels === 3 ? rgb : Array(channels).fill(rgb.reduce((sum, one) => sum + one, 0) / 3);
  };

  // Told of hands: `turn` of the degrees to which one points, `draw` of a stroke that was added, `open` of a file.
  const stage = (box, begin, state, { turn, draw, open }) => {
    const { size, channels } = begin, shape = [size, size, channels], picture = new Float32Array(size * size * channels).fill(1);
    const handled = () => begin.handles.find(({ family }) => family === state.shown);
    const still = box.querySelector(".live-stage .picture"), own = box.querySelector(".live-stage");

    const canvas = make("canvas", { className: size > FINE_PX ? "live-canvas live-fine" : "live-canvas", width: size, height: size });
    canvas.setAttribute("role", "img");
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    const words = () => {
      const handle = handled();
      if (!handle) return state.shown === DRAWING ? "Your drawing" : state.shown === FILE ? "A picture of yours" : `The picture ${state.shown}`;
      const unit = handle.unit === "°" ? "°" : ` ${handle.unit}`;
      return `${capital(TITLES[handle.family])} that points to ${state.orientation}°, ${handle.second} ${state.second[handle.family]}${unit}`;
    };
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
    const stimulus = () => {
      microscribe.stimuli.paint(picture, shape, {
        family: state.shown, orientation: state.orientation, second: state.second[state.shown], pen: { length: begin.length, width: state.width },
        centre: begin.centre, ink: coloured(state.ink, channels), ground: coloured(state.ground, channels),
      });
    };
    const renew = () => {
      if (handled()) stimulus();
      paint();
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
    const clear = () => {
      const blank = coloured(state.ground, channels);
      picture.forEach((_, at) => { picture[at] = blank[at % channels]; });
    };

    // ---- Hands: a stimulus follows the pointer round its middle; anything else is drawn upon ----------------
    let last = null;
    const place = ({ clientX, clientY }) => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return [((clientX - left) / width) * size, ((clientY - top) / height) * size];
    };
    const follow = ([x, y]) => turn(Math.round((Math.atan2(y - begin.centre[1], x - begin.centre[0]) * 180) / Math.PI + 360) % 360);
    const dot = (x, y, radius, colours) => {
      const from = (middle) => Math.max(0, Math.floor(middle - radius - 1)), to = (middle) => Math.min(size, middle + radius + 1);
      for (let row = from(y); row < to(y); row++) {
        for (let column = from(x); column < to(x); column++) {
          const share = within(radius + 0.5 - Math.hypot(column + 0.5 - x, row + 0.5 - y), 0, 1), at = (row * size + column) * channels;
          for (let c = 0; c < channels; c++) picture[at + c] += (colours[c] - picture[at + c]) * share;
        }
      }
    };
    const stroke = ([x0, y0], [x1, y1]) => {
      const colours = coloured(state.ink, channels), steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0)));
      for (let step = 0; step <= steps; step++) dot(x0 + ((x1 - x0) * step) / steps, y0 + ((y1 - y0) * step) / steps, state.width / 2, colours);
      draw();
    };
    const act = (event) => {
      const here = place(event);
      if (handled()) follow(here);
      else stroke(last ?? here, here);
      last = here;
    };
    canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); last = null; act(event); });
    canvas.addEventListener("pointermove", (event) => { if (canvas.hasPointerCapture(event.pointerId)) act(event); });
    for (const kind of ["dragover", "dragleave", "drop"]) {
      own.addEventListener(kind, (event) => {
        event.preventDefault();
        box.classList.toggle("live-over", kind === "dragover");
        if (kind === "drop" && event.dataTransfer.files.length) open(event.dataTransfer.files[0]);
      });
    }
    return { renew, take, clear, handled, still, shown: () => picture.slice() };
  };

  microscribe.stage = Object.assign(stage, { make, within, capital, DRAWING, FILE, TITLES });
})();
