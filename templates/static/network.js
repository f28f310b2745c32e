// A network in a page, step by step as `figures.methods.exported` wrote it down, on the best device there is: WebGPU,
// WebGL, or plain loops. Values outlive a question, and the next one computes anew only what has changed of what is
// asked for.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
  // So long a page may stand still.
  const BUDGET_MS = 24;

  // ---- Weights ------------------------------------------------------------------------------
  // Whole numbers of so many bits, the highest first, count in scales, one for each output; others are as they are.
  const read = (bytes, { bits, at, count, scales }) => {
    if (bits === 32) return new Float32Array(bytes.buffer, at, count);
    const own = read(bytes, scales), each = count / own.length, middle = 2 ** (bits - 1) - 1, numbers = new Float32Array(count);
    for (let place = 0, held = 0, left = 0; place < count; place++) {
      for (; left < bits; left += 8) held = (held << 8) | bytes[at++];
      left -= bits;
      numbers[place] = ((held >> left) - middle) * own[Math.floor(place / each)];
      held &= (1 << left) - 1;
    }
    return numbers;
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

  const POINTWISE = new Set(["scale", "clip", "add", "concatenation", "softmax"]);
  const window_of = ({ kernel, stride, dilation = [1, 1], border }) => [0, 1].map((axis) => ({
    reach: (kernel[axis] - 1) * dilation[axis], stride: stride[axis], border: border[axis],
  }));
  // What a step's answer changes in where its source changed, and what of the source it needs.
  const after = (step, region) => {
    if (isEmpty(region)) return EMPTY;
    if (POINTWISE.has(step.op)) return region;
    const [rows, columns] = window_of(step);
    const first = ({ reach, stride, border }, low) => Math.ceil((low + border - reach) / stride);
    const end = ({ stride, border }, high) => Math.floor((high - 1 + border) / stride) + 1;
    return common(whole(step.shape), [first(rows, region[0]), first(columns, region[1]), end(rows, region[2]), end(columns, region[3])]);
  };
  const before = (step, region, shape) => {
    if (isEmpty(region)) return EMPTY;
    if (POINTWISE.has(step.op)) return region;
    const [rows, columns] = window_of(step);
    const first = ({ stride, border }, low) => low * stride - border;
    const end = ({ reach, stride, border }, high) => (high - 1) * stride - border + reach + 1;
    return common(whole(shape), [first(rows, region[0]), first(columns, region[1]), end(rows, region[2]), end(columns, region[3])]);
  };

  // ---- Steps ---------------------------------------------------------------------------------------
  // What reads a whole map has a window as large as the map.
  const over = (step, [[height, width]]) => {
    const all = { kernel: [height, width], stride: [1, 1], dilation: [1, 1], border: [0, 0, 0, 0] };
    if (step.op === "linear") return { ...step, ...all, op: "convolution", groups: 1 };
    return step.op === "mean" ? { ...step, ...all, op: "average", counts: true } : step;
  };
  const weights_of = (bytes, step) => {
    const names = ["weight", "bias", "gain", "shift"].filter((name) => step[name]);
    return Object.fromEntries(names.map((name) => [name, read(bytes, step[name])]));
  };

  // What of each value is needed for `wanted`, a region of each of some values.
  const needed = (steps, shapes, wanted) => {
    const needs = shapes.map(() => EMPTY);
    for (const [place, region] of wanted) needs[place] = joined(needs[place], region);
    for (let place = steps.length; place > 0; place--) {
      const step = steps[place - 1];
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
  // ---- A network on a device -------------------------------------------------------------------------
  const pause = () => new Promise((resolve) => setTimeout(resolve));

  const running = (device, steps, shapes, needs, bytes) => {
    const used = steps.map((_, place) => !isEmpty(needs[place + 1]));
    const values = shapes.map((shape, place) => (place && !used[place - 1] ? null : device.hold(shape)));
    const acts = steps.map((step, place) => used[place] && device.step(step, step.from.map((source) => shapes[source]), weights_of(bytes, step)));
    const picture = new Float32Array(shapes[0].reduce((all, one) => all * one));
    // What has changed of each value and was not yet gone on from: all, at first.
    const stale = shapes.map(whole);

    const take = (place, silent) => {
      const step = steps[place - 1], changed = step.from.map((source) => common(stale[source], needs[source]));
      const region = common(joined(stale[place], changed.reduce((all, one) => joined(all, after(step, one)), EMPTY)), needs[place]);
      if (isEmpty(region)) return;
      acts[place - 1](step.from.map((source) => values[source]), values[place], region, changed);
      if (silent.get(place)?.length) device.silence(values[place], shapes[place], silent.get(place), region);
      stale[place] = region;
    };
    return {
      name: device.name,
      renew: (place) => { stale[place] = whole(shapes[place]); },
      // Goes through all steps, and lets whoever asked stop in between: what is left is done the next time.
      show: async (shown, silent, stopped) => {
        stale[0] = joined(stale[0], difference(picture, shown, shapes[0]));
        picture.set(shown);
        device.put(values[0], picture, shapes[0]);
        let begun = performance.now();
        for (let place = 1; place < shapes.length; place++) {
          if (used[place - 1]) take(place, silent);
          if (!device.paced || performance.now() - begun < BUDGET_MS) continue;
          await pause();
          if (stopped()) return false;
          begun = performance.now();
        }
        stale.fill(EMPTY);
        return true;
      },
      read: (place, region) => device.read(values[place], shapes[place], region),
    };
  };

  // ---- Devices: the best first ---------------------------------------------------------------------------
  // A processor that plays a GPU is slower than plain loops; whoever is `lenient` takes it all the same.
  const PLAYED = /swiftshader|llvmpipe|software|basic render/i;
  const played = (gl) => {
    const names = gl.getExtension("WEBGL_debug_renderer_info");
    return PLAYED.test(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  };
  const FIND = {
    webgpu: async (lenient) => {
      const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
      return adapter && (lenient || !adapter.info?.isFallbackAdapter) ? adapter : null;
    },
    webgl: async (lenient) => {
      const gl = document.createElement("canvas").getContext("webgl2", { antialias: false, depth: false, powerPreference: "high-performance" });
      return gl?.getExtension("EXT_color_buffer_float") && (lenient || !played(gl)) ? gl : null;
    },
    plain: async () => true,
  };
  // Where the scripts of devices lie, by name; each is fetched where it will be used, and all networks share it.
  const scripts = {}, shared = new Map();
  const device_of = async (name, lenient) => {
    const gpu = await FIND[name](lenient);
    if (gpu && scripts[name]) await microscribe.load(scripts[name]);
    return gpu && microscribe.devices[name](gpu);
  };
  const bring = async (name, lenient) => {
    if (!shared.has(name)) shared.set(name, device_of(name, lenient));
    const device = await shared.get(name);
    return device?.lost() ? null : device;
  };

  // ---- The network -----------------------------------------------------------------------------------
  const open = async ({ graph, weights }, wanted = Object.fromEntries(Object.keys(graph.layers).map((layer) => [layer, null])), { names = Object.keys(FIND), lenient = false } = {}) => {
    const bytes = unpacked(weights), shapes = [graph.picture, ...graph.steps.map(({ shape }) => shape)];
    const steps = graph.steps.map((step) => over(step, step.from.map((source) => shapes[source])));
    const regions = new Map(Object.entries(wanted).map(([layer, region]) => [graph.layers[layer], region ?? whole(shapes[graph.layers[layer]])]));
    const needs = needed(steps, shapes, regions), silent = new Map(), others = [...names];
    let own = null;
    // Goes over to the next device that is to be had.
    const next = async () => {
      let trouble = new Error("Nothing here can compute the network.");
      while (others.length) {
        try {
          const device = await bring(others.shift(), lenient);
          if (!device) continue;
          own = running(device, steps, shapes, needs, bytes);
          return;
        } catch (error) {
          trouble = error;
        }
      }
      throw trouble;
    };
    await next();
    // Shows a picture, and reads what was wanted of a layer: `values`, rows, columns, channels, and one of them by its
    // place on the whole map. Null where somebody stopped it.
    const ask = async (picture, layer, stopped = () => false) => {
      const place = graph.layers[layer], region = regions.get(place), [top, left, , right] = region;
      try {
        if (!(await own.show(picture, silent, stopped))) return null;
        const values = await own.read(place, region);
        return { values, at: (row, column, channel) => values[((row - top) * (right - left) + column - left) * shapes[place][2] + channel] };
      } catch (error) {
        if (!others.length) throw error;
        await next();
        return ask(picture, layer, stopped);
      }
    };
    return {
      graph,
      ask,
      get device() { return own.name; },
      // Holds channels of a layer at zero, and all others at what they answer.
      silence: (layer, channels) => {
        silent.set(graph.layers[layer], [...channels]);
        own.renew(graph.layers[layer]);
      },
      // Gives up a device whose answers are not to be believed; says whether there was another.
      leave: async () => {
        if (!others.length) return false;
        await next();
        return true;
      },
    };
  };

  // Fetches a script once.
  const loading = new Map();
  microscribe.load = (url) => {
    if (!loading.has(url)) {
      loading.set(url, new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement("script"), { src: url });
        script.onload = resolve;
        script.onerror = () => reject(new Error("The network could not be fetched."));
        document.head.append(script);
      }));
    }
    return loading.get(url);
  };
  microscribe.network = { open, scripts };
})();
