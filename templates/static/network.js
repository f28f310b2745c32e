// A network in a page: plain loops over typed arrays, step by step, as `figures.methods.exported` wrote them down.
// Maps are rows, columns, channels. Values outlive a question, and the next one computes anew only what has changed
// of what is asked for.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
  // Outputs are computed four at a time, for two places at once: so many sums stay in registers.
  const LANES = 4;

  // ---- Weights ------------------------------------------------------------------------------
  let halves = null;
  const half = (bits) => {
    const sign = bits & 0x8000 ? -1 : 1, power = (bits >> 10) & 31, rest = bits & 1023;
    if (power === 31) return rest ? NaN : sign * Infinity;
    return sign * (power ? 2 ** (power - 15) * (1 + rest / 1024) : 2 ** -24 * rest);
  };
  const read = (bytes, { kind, at, count, scales }) => {
    if (kind === "f32") return new Float32Array(bytes.buffer, at, count);
    if (kind === "f16") {
      halves ??= Float32Array.from({ length: 65536 }, (_, bits) => half(bits));
      return Float32Array.from(new Uint16Array(bytes.buffer, at, count), (bits) => halves[bits]);
    }
    const own = new Int8Array(bytes.buffer, at, count), scale = read(bytes, scales), each = count / scale.length;
    return Float32Array.from(own, (value, place) => value * scale[Math.floor(place / each)]);
  };

  const unpacked = (text) => {
    const letters = atob(text), bytes = new Uint8Array(letters.length);
    for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
    return bytes;
  };

  // ---- Regions: top, left, bottom, right -------------------------------------------------------
  const EMPTY = [0, 0, 0, 0];
  const whole = ([height, width]) => [0, 0, height, width];
  const isEmpty = ([top, left, bottom, right]) => bottom <= top || right <= left;
  const joined = (one, other) => {
    if (isEmpty(one) || isEmpty(other)) return isEmpty(one) ? other : one;
    return [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3])];
  };
  const common = (one, other) => [Math.max(one[0], other[0]), Math.max(one[1], other[1]), Math.min(one[2], other[2]), Math.min(one[3], other[3])];

  const POINTWISE = new Set(["scale", "clip", "add", "concatenation"]);
  const GLOBAL = new Set(["mean", "linear", "softmax"]);
  const window_of = ({ kernel, stride, dilation = [1, 1], border }) => [0, 1].map((axis) => ({
    reach: (kernel[axis] - 1) * dilation[axis], stride: stride[axis], border: border[axis],
  }));
  // What a step's answer changes in where its source changed, and what of the source it needs.
  const after = (step, region) => {
    if (isEmpty(region)) return EMPTY;
    if (POINTWISE.has(step.op)) return region;
    if (GLOBAL.has(step.op)) return whole(step.shape);
    const [rows, columns] = window_of(step);
    const first = ({ reach, stride, border }, low) => Math.ceil((low + border - reach) / stride);
    const end = ({ stride, border }, high) => Math.floor((high - 1 + border) / stride) + 1;
    return common(whole(step.shape), [first(rows, region[0]), first(columns, region[1]), end(rows, region[2]), end(columns, region[3])]);
  };
  const before = (step, region, shape) => {
    if (isEmpty(region)) return EMPTY;
    if (POINTWISE.has(step.op)) return region;
    if (GLOBAL.has(step.op)) return whole(shape);
    const [rows, columns] = window_of(step);
    const first = ({ stride, border }, low) => low * stride - border;
    const end = ({ reach, stride, border }, high) => (high - 1) * stride - border + reach + 1;
    return common(whole(shape), [first(rows, region[0]), first(columns, region[1]), end(rows, region[2]), end(columns, region[3])]);
  };

  // ---- Convolutions -----------------------------------------------------------------------------
  // Weights come output by output; here four outputs lie beside each other, place by place of the window.
  const laned = (weight, outs, each, groups) => {
    const own = outs / groups, blocks = Math.ceil(own / LANES), lanes = new Float32Array(groups * blocks * LANES * each);
    for (let out = 0; out < outs; out++) {
      const group = Math.floor(out / own), inside = out % own;
      const at = (group * blocks + Math.floor(inside / LANES)) * LANES * each + (inside % LANES);
      for (let k = 0; k < each; k++) lanes[at + k * LANES] = weight[out * each + k];
    }
    return lanes;
  };

  const bordered = (step, [height, width, channels]) => {
    const [top, left, bottom, right] = step.border;
    if (!(top || left || bottom || right)) return null;
    return { width: width + left + right, map: new Float32Array((height + top + bottom) * (width + left + right) * channels) };
  };
  const copyInto = (frame, [top, left], map, [, width, channels], region) => {
    for (let y = region[0]; y < region[2]; y++) {
      const row = map.subarray((y * width + region[1]) * channels, (y * width + region[3]) * channels);
      frame.map.set(row, ((y + top) * frame.width + region[1] + left) * channels);
    }
  };

  // Where the runs of a window begin: rows of it where nothing lies between its columns, else single places.
  const runs = ({ kernel, dilation, groups }, width, channels) => {
    const [rows, columns] = kernel, own = channels / groups, single = dilation[1] > 1 || groups > 1;
    const starts = [];
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < (single ? columns : 1); x++) starts.push((y * dilation[0] * width + x * dilation[1]) * channels);
    }
    return { starts: Int32Array.from(starts), length: single ? own : columns * own };
  };

  const dense = ({ shape: [, wide, outs], stride: [down, across], groups }, { lanes, bias, low, high, width, channels, starts, length }, input, output, region) => {
    const own = outs / groups, each = starts.length * length, blocks = Math.ceil(own / LANES);
    for (let group = 0; group < groups; group++) {
      for (let block = 0; block < blocks; block++) {
        const first = group * own + block * LANES, last = Math.min(LANES, own - block * LANES), from = (group * blocks + block) * LANES * each;
        const b0 = bias[first], b1 = last > 1 ? bias[first + 1] : 0, b2 = last > 2 ? bias[first + 2] : 0, b3 = last > 3 ? bias[first + 3] : 0;
        for (let y = region[0]; y < region[2]; y++) {
          for (let x = region[1]; x < region[3]; x += 2) {
            const twin = x + 1 < region[3] ? x + 1 : x;
            const here = (y * down * width + x * across) * channels + group * (channels / groups), there = here + (twin - x) * across * channels;
            let s0 = b0, s1 = b1, s2 = b2, s3 = b3, t0 = b0, t1 = b1, t2 = b2, t3 = b3, w = from;
            for (let run = 0; run < starts.length; run++) {
              const a = here + starts[run], b = there + starts[run];
              for (let k = 0; k < length; k++) {
                const u = input[a + k], v = input[b + k], w0 = lanes[w], w1 = lanes[w + 1], w2 = lanes[w + 2], w3 = lanes[w + 3];
                s0 += u * w0; s1 += u * w1; s2 += u * w2; s3 += u * w3;
                t0 += v * w0; t1 += v * w1; t2 += v * w2; t3 += v * w3;
                w += LANES;
              }
            }
            const s = (y * wide + x) * outs + first, t = (y * wide + twin) * outs + first;
            output[s] = s0 < low ? low : s0 > high ? high : s0;
            output[t] = t0 < low ? low : t0 > high ? high : t0;
            if (last > 1) { output[s + 1] = s1 < low ? low : s1 > high ? high : s1; output[t + 1] = t1 < low ? low : t1 > high ? high : t1; }
            if (last > 2) { output[s + 2] = s2 < low ? low : s2 > high ? high : s2; output[t + 2] = t2 < low ? low : t2 > high ? high : t2; }
            if (last > 3) { output[s + 3] = s3 < low ? low : s3 > high ? high : s3; output[t + 3] = t3 < low ? low : t3 > high ? high : t3; }
          }
        }
      }
    }
  };

  // Each channel by itself: `taps` lie place by place of the window, channels beside each other.
  const depthwise = ({ shape: [, wide, outs], stride: [down, across] }, { taps, bias, low, high, width, starts }, input, output, region) => {
    for (let y = region[0]; y < region[2]; y++) {
      for (let x = region[1]; x < region[3]; x++) {
        const here = (y * down * width + x * across) * outs, at = (y * wide + x) * outs;
        for (let c = 0; c < outs; c++) {
          let sum = bias[c];
          for (let tap = 0, w = c; tap < starts.length; tap++, w += outs) sum += input[here + starts[tap] + c] * taps[w];
          output[at + c] = sum < low ? low : sum > high ? high : sum;
        }
      }
    }
  };
  const turned = (weight, outs, each) => Float32Array.from(weight, (_, at) => weight[(at % outs) * each + Math.floor(at / outs)]);

  const limits = ({ clip }) => ({ low: clip ? clip[0] : -Infinity, high: clip ? clip[1] ?? Infinity : Infinity });

  const convolution = (step, bytes, [shape]) => {
    const weight = read(bytes, step.weight), frame = bordered(step, shape), [, , channels] = shape, outs = step.shape[2];
    const facts = { ...limits(step), ...runs(step, frame?.width ?? shape[1], channels), bias: read(bytes, step.bias), width: frame?.width ?? shape[1], channels };
    const single = step.groups === channels && step.groups === outs, each = weight.length / outs;
    if (single) facts.taps = turned(weight, outs, each);
    else facts.lanes = laned(weight, outs, each, step.groups);
    return ([input], output, region, [changed]) => {
      if (frame) copyInto(frame, step.border, input, shape, changed);
      (single ? depthwise : dense)(step, facts, frame?.map ?? input, output, region);
    };
  };

  const linear = (step, bytes, [shape]) => {
    const count = shape[0] * shape[1] * shape[2];
    return convolution({ ...step, groups: 1, kernel: [1, 1], stride: [1, 1], dilation: [1, 1], border: [0, 0, 0, 0] }, bytes, [[1, 1, count]]);
  };

  // ---- The other steps: each gives a function of sources, answer, region ---------------------------
  const eachRow = ({ shape: [, width, channels] }, region, act) => {
    for (let y = region[0]; y < region[2]; y++) act((y * width + region[1]) * channels, (y * width + region[3]) * channels, y);
  };

  const scale = (step, bytes) => {
    const gain = read(bytes, step.gain), shift = read(bytes, step.shift), { low, high } = limits(step), channels = gain.length;
    return ([input], output, region) => eachRow(step, region, (start, end) => {
      for (let i = start, c = 0; i < end; i++) {
        output[i] = Math.min(Math.max(input[i] * gain[c] + shift[c], low), high);
        if (++c === channels) c = 0;
      }
    });
  };
  const clip = (step) => {
    const { low, high } = limits(step);
    return ([input], output, region) => eachRow(step, region, (start, end) => {
      for (let i = start; i < end; i++) output[i] = Math.min(Math.max(input[i], low), high);
    });
  };
  const add = (step) => {
    const { low, high } = limits(step);
    return ([one, other], output, region) => eachRow(step, region, (start, end) => {
      for (let i = start; i < end; i++) output[i] = Math.min(Math.max(one[i] + other[i], low), high);
    });
  };
  const concatenation = (step, _, shapes) => {
    const { low, high } = limits(step), [, width, channels] = step.shape;
    return (inputs, output, region) => {
      let first = 0;
      inputs.forEach((input, place) => {
        const own = shapes[place][2];
        for (let y = region[0]; y < region[2]; y++) {
          for (let x = region[1]; x < region[3]; x++) {
            const from = (y * width + x) * own, to = (y * width + x) * channels + first;
            for (let c = 0; c < own; c++) output[to + c] = Math.min(Math.max(input[from + c], low), high);
          }
        }
        first += own;
      });
    };
  };

  // A window at the border is cut off; an average counts the zeros beyond it where `counts` says so.
  const pooling = (step, _, [[height, width, channels]]) => {
    const { kernel: [rows, columns], stride, border, counts, op, shape: [, wide] } = step, largest = op === "maximum";
    return ([input], output, region) => {
      for (let y = region[0]; y < region[2]; y++) {
        const top = y * stride[0] - border[0], y0 = Math.max(top, 0), y1 = Math.min(top + rows, height);
        const tall = Math.min(top + rows, height + border[0]) - top;
        for (let x = region[1]; x < region[3]; x++) {
          const left = x * stride[1] - border[1], x0 = Math.max(left, 0), x1 = Math.min(left + columns, width);
          const broad = Math.min(left + columns, width + border[1]) - left, share = counts ? tall * broad : (y1 - y0) * (x1 - x0);
          const at = (y * wide + x) * channels;
          for (let c = 0; c < channels; c++) {
            let all = largest ? -Infinity : 0;
            for (let v = y0; v < y1; v++) {
              for (let u = x0; u < x1; u++) {
                const value = input[(v * width + u) * channels + c];
                if (largest) all = value > all ? value : all;
                else all += value;
              }
            }
            output[at + c] = largest ? all : all / share;
          }
        }
      }
    };
  };
  const mean = (_, __, [[height, width, channels]]) => ([input], output) => {
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let i = c; i < input.length; i += channels) sum += input[i];
      output[c] = sum / (height * width);
    }
  };
  const softmax = () => ([input], output) => {
    const most = input.reduce((one, other) => Math.max(one, other), -Infinity);
    let sum = 0;
    for (let i = 0; i < input.length; i++) sum += output[i] = Math.exp(input[i] - most);
    for (let i = 0; i < input.length; i++) output[i] /= sum;
  };

  const STEPS = { convolution, linear, scale, clip, add, concatenation, maximum: pooling, average: pooling, mean, softmax };

  // ---- The network ----------------------------------------------------------------------------------
  // What of each value is needed for `wanted`, {layer: region, or null for all of it}.
  const needed = (graph, shapes, wanted) => {
    const needs = shapes.map(() => EMPTY);
    for (const [layer, region] of Object.entries(wanted)) {
      const place = graph.layers[layer];
      needs[place] = joined(needs[place], region ?? whole(shapes[place]));
    }
    for (let place = graph.steps.length; place > 0; place--) {
      const step = graph.steps[place - 1];
      for (const source of step.from) needs[source] = joined(needs[source], before(step, needs[place], shapes[source]));
    }
    return needs;
  };

  // Where two pictures differ.
  const difference = (one, other, [height, width, channels]) => {
    let region = EMPTY;
    for (let y = 0; y < height; y++) {
      const start = y * width * channels, end = start + width * channels;
      let first = start, last = end - 1;
      while (first < end && one[first] === other[first]) first++;
      if (first === end) continue;
      while (one[last] === other[last]) last--;
      const column = (at) => Math.floor((at - start) / channels);
      region = joined(region, [y, column(first), y + 1, column(last) + 1]);
    }
    return region;
  };

  const open = ({ graph, weights }, wanted = Object.fromEntries(Object.keys(graph.layers).map((layer) => [layer, null]))) => {
    const bytes = unpacked(weights), shapes = [graph.picture, ...graph.steps.map(({ shape }) => shape)];
    const needs = needed(graph, shapes, wanted);
    const used = graph.steps.map((_, place) => !isEmpty(needs[place + 1]));
    const values = shapes.map(([height, width, channels], place) => (place && !used[place - 1] ? null : new Float32Array(height * width * channels)));
    const acts = graph.steps.map((step, place) => (used[place] ? STEPS[step.op](step, bytes, step.from.map((source) => shapes[source])) : null));
    // What has changed of each value and was not yet gone on from: all, at first.
    const stale = shapes.map((shape) => whole(shape));
    const silent = new Map();

    const hush = (place, region) => {
      const [, width, channels] = shapes[place];
      for (const channel of silent.get(place) ?? []) {
        for (let y = region[0]; y < region[2]; y++) for (let x = region[1]; x < region[3]; x++) values[place][(y * width + x) * channels + channel] = 0;
      }
    };
    // Takes one step after the other, and lets whoever asked stop in between: what is left is done the next time.
    const show = function* (picture) {
      stale[0] = joined(stale[0], difference(values[0], picture, graph.picture));
      values[0].set(picture);
      for (let place = 1; place < shapes.length; place++) {
        if (!used[place - 1]) continue;
        const step = graph.steps[place - 1], changed = step.from.map((source) => common(stale[source], needs[source]));
        const region = common(joined(stale[place], changed.reduce((all, one) => joined(all, after(step, one)), EMPTY)), needs[place]);
        if (isEmpty(region)) continue;
        acts[place - 1](step.from.map((source) => values[source]), values[place], region, changed);
        hush(place, region);
        stale[place] = region;
        yield place;
      }
      stale.fill(EMPTY);
    };
    return {
      graph,
      show,
      answer: (picture) => { for (const _ of show(picture)); },
      value: (layer) => values[graph.layers[layer]],
      at: (layer, row, column, channel) => {
        const [, width, channels] = shapes[graph.layers[layer]];
        return values[graph.layers[layer]][(row * width + column) * channels + channel];
      },
      // Holds channels of a layer at zero, and all others at what they answer.
      silence: (layer, channels) => {
        const place = graph.layers[layer];
        silent.set(place, [...channels]);
        stale[place] = whole(shapes[place]);
      },
    };
  };

  microscribe.network = { open };
})();
