// A network's steps for a GPU, once for WebGL and WebGPU: a body of a shader computes four channels of one place.
// Bodies are written in GLSL; `wgsl` says the same in the words of WebGPU. All that differs between two steps of a kind
// are numbers, so one program serves all of them.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
  const LANES = 4, MOST = 3.4e38;
  const blocks_of = ([, , channels]) => Math.ceil(channels / LANES);

  // ---- Bodies: `x`, `y` and `b`, a block of four channels, are given; `s` is the answer --------------------
  const CLIPPED = "s = clamp(s, vec4(low), vec4(high));";
  const windowed = (inside) => `
    for (int v = 0; v < rows; v++) {
      for (int u = 0; u < columns; u++) {
        int row = y * down - border_top + v * gap_down;
        int column = x * across - border_left + u * gap_across;
        if (row >= 0 && row < height0 && column >= 0 && column < width0) { ${inside} }
      }
    }`;
  const BODIES = {
    dense: `
      vec4 s = weight(b);
      int first = (LANES * b / own_out) * own_in / LANES;
      ${windowed(`
        int w = blocks + ((b * rows + v) * columns + u) * count * LANES;
        for (int c = 0; c < count; c++) {
          vec4 a = source0(column, row, first + c);
          s += a.x * weight(w) + a.y * weight(w + 1) + a.z * weight(w + 2) + a.w * weight(w + 3);
          w += LANES;
        }`)}
      ${CLIPPED}`,
    depthwise: `
      vec4 s = weight(b);
      ${windowed("s += source0(column, row, b) * weight(blocks + (v * columns + u) * blocks + b);")}
      ${CLIPPED}`,
    maximum: `
      vec4 s = vec4(-MOST);
      ${windowed("s = max(s, source0(column, row, b));")}`,
    average: `
      vec4 s = vec4(0.0);
      int top = y * down - border_top;
      int left = x * across - border_left;
      int tall = min(top + rows, height0 + border_top * counts) - max(top, top * counts);
      int broad = min(left + columns, width0 + border_left * counts) - max(left, left * counts);
      ${windowed("s += source0(column, row, b);")}
      s = s / float(tall * broad);`,
    scale: `vec4 s = source0(x, y, b) * weight(b) + weight(blocks + b); ${CLIPPED}`,
    clip: `vec4 s = source0(x, y, b); ${CLIPPED}`,
    add: `vec4 s = source0(x, y, b) + source1(x, y, b); ${CLIPPED}`,
    crop: "vec4 s = source0(x + border_left, y + border_top, b);",
    softmax: `
      vec4 s = vec4(0.0);
      float most = -MOST;
      float sum = 0.0;
      for (int c = 0; c < channels; c++) { vec4 a = source0(x, y, c / LANES); most = max(most, a[c % LANES]); }
      for (int c = 0; c < channels; c++) { vec4 a = source0(x, y, c / LANES); sum += exp(a[c % LANES] - most); }
      vec4 a = source0(x, y, b);
      for (int i = 0; i < LANES; i++) { if (LANES * b + i < channels) { s[i] = exp(a[i] - most) / sum; } }`,
  };
  const concatenation = (count) => `
    vec4 s = vec4(0.0);
    for (int i = 0; i < LANES; i++) {
      int c = LANES * b + i;
      ${Array.from({ length: count }, (_, place) => `
      if (c >= first${place} && c < first${place + 1}) {
        int k = c - first${place};
        vec4 a = source${place}(x, y, k / LANES);
        s[i] = a[k % LANES];
      }`).join("")}
    }
    ${CLIPPED}`;

  // ---- Weights: texels of four, a bias for each block first ------------------------------------------------
  const biased = (bias, rest) => {
    const own = blocks_of([1, 1, bias.length]) * LANES, texels = new Float32Array(own + rest);
    texels.set(bias);
    return { texels, own };
  };
  // For each block of outputs, place by place of the window, four texels for each block of inputs that one of them reads.
  const dense = ({ groups, shape: [, , outs] }, [, , channels], { weight, bias }) => {
    const own_in = channels / groups, own_out = outs / groups, taps = weight.length / (outs * own_in), blocks = Math.ceil(outs / LANES);
    const first = (block) => Math.floor((Math.floor((LANES * block) / own_out) * own_in) / LANES);
    const last = (block) => Math.floor(((Math.floor(Math.min(LANES * block + LANES - 1, outs - 1) / own_out) + 1) * own_in - 1) / LANES);
    const count = Math.max(...Array.from({ length: blocks }, (_, block) => last(block) - first(block) + 1));
    const { texels, own } = biased(bias, blocks * taps * count * LANES * LANES);
    for (let out = 0, from = 0; out < outs; out++) {
      const block = Math.floor(out / LANES), start = Math.floor(out / own_out) * own_in - LANES * first(block);
      for (let tap = 0; tap < taps; tap++) {
        const at = own + ((block * taps + tap) * count * LANES + start) * LANES + (out % LANES);
        for (let k = 0; k < own_in; k++) texels[at + k * LANES] = weight[from++];
      }
    }
    return { texels, numbers: { own_in, own_out, count } };
  };
  const depthwise = ({ shape: [, , outs] }, _, { weight, bias }) => {
    const taps = weight.length / outs, { texels, own } = biased(bias, taps * blocks_of([1, 1, outs]) * LANES);
    for (let out = 0; out < outs; out++) for (let tap = 0; tap < taps; tap++) texels[own + tap * own + out] = weight[out * taps + tap];
    return { texels, numbers: {} };
  };
  const scale = (_, __, { gain, shift }) => {
    const { texels, own } = biased(gain, blocks_of([1, 1, gain.length]) * LANES);
    texels.set(shift, own);
    return { texels, numbers: {} };
  };

  // ---- Steps -------------------------------------------------------------------------------------------------
  const kind_of = ({ op, groups, shape }, [source]) => (op === "convolution" ? (groups > 1 && groups === source[2] && groups === shape[2] ? "depthwise" : "dense") : op);
  const firsts = (shapes) => {
    const all = [0];
    for (const [, , channels] of shapes) all.push(all.at(-1) + channels);
    return Object.fromEntries(all.map((first, place) => [`first${place}`, first]));
  };
  const window_of = ({ kernel, stride, dilation = [1, 1], border, counts }) => ({
    rows: kernel[0], columns: kernel[1], down: stride[0], across: stride[1], gap_down: dilation[0], gap_across: dilation[1],
    border_top: border[0], border_left: border[1], counts: Number(counts ?? 0),
  });
  // What a device needs of a step: `body`, its `sources`, `numbers` by name, all but those of where maps lie, and `texels`.
  const prepared = (step, shapes, weights) => {
    const kind = kind_of(step, shapes), packed = { dense, depthwise, scale }[kind]?.(step, shapes[0], weights);
    const [low, high] = step.clip ?? [-MOST, MOST], joined = kind === "concatenation";
    return {
      key: `${kind}${shapes.length}`, sources: shapes.length, texels: packed?.texels,
      body: joined ? concatenation(shapes.length) : BODIES[kind],
      reals: { low, high: high ?? MOST },
      numbers: { channels: step.shape[2], blocks: blocks_of(step.shape), ...(step.kernel ? window_of(step) : {}), ...(joined ? firsts(shapes) : {}), ...packed?.numbers },
    };
  };
  // A step that cuts a region out of a map.
  const crop = (shape, [top, left, bottom, right]) => ({
    ...prepared({ op: "crop", shape: [bottom - top, right - left, shape[2]] }, [shape]),
    numbers: { channels: shape[2], blocks: blocks_of(shape), border_top: top, border_left: left },
  });

  // ---- Words: names of numbers in their order, and both languages ----------------------------------------------
  const REGION = ["from_row", "from_column", "to_row", "to_column"];
  const filled = (body) => body.replace(/\bLANES\b/g, LANES).replace(/\bMOST\b/g, MOST);
  // Declarations of WebGPU take their type from what they are set to; `held` are names of its uniform numbers.
  const wgsl = (body, held) => filled(body)
    .replace(/\b(?:int|float|vec4) (\w+) =/g, "var $1 =")
    .replace(/\bfloat\(/g, "f32(")
    .replace(new RegExp(`\\b(${held.join("|")})\\b`, "g"), "facts.$1");
  // Numbers as a GPU's uniform buffer has them, those of the region first.
  const laid = (reals, numbers) => {
    const names = [...REGION, ...Object.keys(reals), ...Object.keys(numbers)], size = Math.ceil(names.length / 4) * 4;
    const bytes = new ArrayBuffer(4 * size), whole = new Int32Array(bytes), real = new Float32Array(bytes);
    Object.values(reals).forEach((value, place) => { real[REGION.length + place] = value; });
    Object.values(numbers).forEach((value, place) => { whole[REGION.length + Object.keys(reals).length + place] = value; });
    return { names, whole };
  };
  const declared = (reals, numbers, one) => [...REGION.map((name) => one("int", name)), ...Object.keys(reals).map((name) => one("float", name)), ...Object.keys(numbers).map((name) => one("int", name))].join(" ");

  // ---- Maps: rows, columns, channels to texels and back; a block lies in cell (block % across, block / across) ----
  const places = ([height, width, channels], across, act) => {
    for (let c = 0; c < channels; c++) {
      const block = Math.floor(c / LANES), left = (block % across) * width, top = Math.floor(block / across) * height;
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) act(((top + y) * across * width + left + x) * LANES + (c % LANES), (y * width + x) * channels + c);
    }
  };
  const texels_of = (map, shape, across = 1) => {
    const [height, width] = shape, texels = new Float32Array(Math.ceil(blocks_of(shape) / across) * across * height * width * LANES);
    places(shape, across, (texel, at) => { texels[texel] = map[at]; });
    return texels;
  };
  const map_of = (texels, shape, across = 1) => {
    const map = new Float32Array(shape.reduce((all, one) => all * one));
    places(shape, across, (texel, at) => { map[at] = texels[texel]; });
    return map;
  };

  microscribe.shaders = { prepared, crop, filled, wgsl, laid, declared, texels_of, map_of, blocks_of, LANES };
})();
