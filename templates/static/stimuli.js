// Stimuli in a page: the same formulas, and so the same pixels, as `figures.methods.stimuli` and `.families`.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
  const within = (value, low, high) => Math.min(Math.max(value, low), high);
  const radians = (degrees) => (degrees * Math.PI) / 180;

  // How much of a pixel lies between two parallel edges: a box of one pixel smoothed by one of √½.
  const SMOOTHED_BY = Math.SQRT1_2, OUTER = (1 + SMOOTHED_BY) / 2, INNER = (1 - SMOOTHED_BY) / 2;
  const below = (far) => {
    const edge = within(far, -OUTER, OUTER), high = Math.max(edge + INNER, 0), low = Math.max(edge - INNER, 0);
    return ((edge + OUTER) ** 2 - high ** 2 - low ** 2) / (2 * SMOOTHED_BY);
  };
  const band = (position, low, high) => within(below(high - position) - below(low - position), 0, 1);

  const bend = (outward, along, curvature) => {
    const x = 1 + curvature * outward, y = curvature * along, stretch = Math.hypot(x, y);
    const bent = (2 * outward + curvature * (outward ** 2 + along ** 2)) / (1 + stretch);
    return { bent, run: curvature > 1e-6 ? Math.atan2(y, x) / curvature : along, stretch };
  };

  const arc = (outward, along, curvature, length, width) => {
    const { bent, run, stretch } = bend(outward, along, curvature), half = (length / 2) * stretch;
    return band(bent, -width / 2, width / 2) * band(run * stretch, -half, half);
  };

  // Whether an arc is a semicircle is decided to the last digit, and so in the tool's single precision.
  const single = Math.fround, SEMICIRCLE = single(Math.PI / 2);
  const cap = (outward, along, curvature, length) => {
    const { bent } = bend(outward, along, curvature), half = length / 2, turn = within(single(half * single(curvature)), 1e-6, Math.PI);
    const chord = turn < SEMICIRCLE ? (half * Math.sin(turn)) / turn : Infinity;
    const depth = Math.max((half * (1 - Math.cos(turn))) / turn, Math.min(half, 1 / curvature));
    return band(bent, -Infinity, 0) * band(along, -chord, chord) * band(outward, -depth, Infinity);
  };

  const corner = (outward, along, opening, { length, width }) => {
    const half = Math.max(radians(180 - opening), 1e-4) / 2, bow = 1e-4, across = Math.abs(along);
    const x = outward + (bow * 2 * Math.sin(half / 2) ** 2) / half, y = across - (bow * Math.sin(half)) / half;
    const run = y * Math.cos(half) - x * Math.sin(half), aside = x * Math.cos(half) + y * Math.sin(half);
    const away = run < 0 ? bend(outward, across, half / bow).bent : aside;
    return band(away, -width / 2, width / 2) * band(run, -Infinity, length / 2 - Math.min(bow, length / 2));
  };

  // Each family covers a pixel by its place in the stimulus's own frame; `second` is its second number.
  const arched = (radius, { length }) => Math.min(single(single(Math.PI) * single(radius)), length);
  const COVERS = {
    arcs: (outward, along, second, pen) => arc(outward, along, 1 / second, arched(second, pen), pen.width),
    filled: (outward, along, second, pen) => cap(outward, along, 1 / single(second), arched(second, pen)),
    lines: (outward, along, second, pen) => arc(outward, along, 0, second, pen.width),
    angles: (outward, along, second, pen) => corner(outward, along, second, pen),
  };

  // Paints a stimulus into rows, columns, channels, in [0, 1]; `centre` is (x, y) in pixels of the picture.
  const paint = (picture, [height, width, channels], { family, orientation, second, pen, centre, ink, ground }) => {
    const cover = COVERS[family], cos = Math.cos(radians(orientation)), sin = Math.sin(radians(orientation));
    for (let row = 0, at = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const x = column + 0.5 - centre[0], y = row + 0.5 - centre[1];
        const share = cover(x * cos + y * sin, y * cos - x * sin, second, pen);
        for (let c = 0; c < channels; c++) picture[at++] = ground[c] + (ink[c] - ground[c]) * share;
      }
    }
    return picture;
  };

  microscribe.stimuli = { paint, families: Object.keys(COVERS) };
})();
