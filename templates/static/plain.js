// The floor that every browser has: a network's steps as plain loops over typed arrays. Maps are rows, columns,
// channels. A device holds values, takes steps, and hands back what was asked; `network.js` tells it which.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
  // Outputs are computed four at a time, for two places at once: so many sums stay in registers.
  const LANES = 4;

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

  const convolution = (step, [shape], { weight, bias }) => {
    const frame = bordered(step, shape), [, , channels] = shape, outs = step.shape[2], width = frame?.width ?? shape[1];
    const facts = { ...limits(step), ...runs(step, width, channels), bias, width, channels };
    const single = step.groups === channels && step.groups === outs, each = weight.length / outs;
    if (single) facts.taps = turned(weight, outs, each);
    else facts.lanes = laned(weight, outs, each, step.groups);
    return ([input], output, region, [changed]) => {
      if (frame) copyInto(frame, step.border, input, shape, changed);
      (single ? depthwise : dense)(step, facts, frame?.map ?? input, output, region);
    };
  };

  // ---- The other steps: each gives a function of sources, answer, region ---------------------------
  const eachRow = ({ shape: [, width, channels] }, region, act) => {
    for (let y = region[0]; y < region[2]; y++) act((y * width + region[1]) * channels, (y * width + region[3]) * channels, y);
  };

  const scale = (step, _, { gain, shift }) => {
    const { low, high } = limits(step), channels = gain.length;
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
  const concatenation = (step, shapes) => {
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
  const pooling = (step, [[height, width, channels]]) => {
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
  const softmax = () => ([input], output) => {
    const most = input.reduce((one, other) => Math.max(one, other), -Infinity);
    let sum = 0;
    for (let i = 0; i < input.length; i++) sum += output[i] = Math.exp(input[i] - most);
    for (let i = 0; i < input.length; i++) output[i] /= sum;
  };

  const STEPS = { convolution, scale, clip, add, concatenation, maximum: pooling, average: pooling, softmax };

  // ---- The device ----------------------------------------------------------------------------------
  const device = {
    name: "plain",
    paced: true,
    lost: () => false,
    hold: ([height, width, channels]) => new Float32Array(height * width * channels),
    put: (value, picture) => value.set(picture),
    step: (step, shapes, weights) => STEPS[step.op](step, shapes, weights),
    silence: (value, [, width, channels], silent, [top, left, bottom, right]) => {
      for (const channel of silent) {
        for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) value[(y * width + x) * channels + channel] = 0;
      }
    },
    read: async (value, [, width, channels], [top, left, bottom, right]) => {
      const span = (right - left) * channels, cut = new Float32Array((bottom - top) * span);
      for (let y = top; y < bottom; y++) {
        const from = (y * width + left) * channels;
        cut.set(value.subarray(from, from + span), (y - top) * span);
      }
      return cut;
    },
  };

  (microscribe.devices ??= {}).plain = async () => device;
})();
