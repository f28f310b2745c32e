// Networks on WebGPU: a value is a buffer of floats, block of four channels by block; a step runs once for each place of
// each block. Only what is asked for is read back.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
  const { prepared, crop, wgsl, laid, declared, texels_of, map_of, blocks_of, LANES } = microscribe.shaders;
  const GROUP = 64, BYTES = 4;
  // The same as a step; it holds a channel at zero.
  const SILENCE = { key: "silence", sources: 0, reals: {}, body: "vec4 s = answer[at]; s[channel % LANES] = 0.0;" };

  const opened = (gpu) => {
    let trouble = null, encoder = null;
    gpu.addEventListener("uncapturederror", ({ error }) => { trouble = new Error(error.message); });
    gpu.lost.then(() => { trouble = new Error("The GPU went away."); });

    const buffer = (size, usage) => gpu.createBuffer({ size, usage: usage | GPUBufferUsage.COPY_DST });
    const stored = (texels) => {
      const made = buffer(texels.byteLength, GPUBufferUsage.STORAGE);
      gpu.queue.writeBuffer(made, 0, texels);
      return made;
    };
    const hold = (shape) => {
      const [height, width] = shape, blocks = blocks_of(shape), size = blocks * height * width * LANES * BYTES;
      return { buffer: buffer(size, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC), size, width, height, blocks };
    };

    // ---- Programs, one for each kind of step ----------------------------------------------------------------
    const programs = new Map();
    const source = (place) => `
      @group(0) @binding(${3 + place}) var<storage, read> texels${place}: array<vec4f>;
      fn source${place}(x: i32, y: i32, b: i32) -> vec4f { return texels${place}[(b * facts.height${place} + y) * facts.width${place} + x]; }`;
    const program = ({ body, sources, texels }, facts, names) => {
      const code = `
        struct Facts { ${facts} };
        @group(0) @binding(0) var<uniform> facts: Facts;
        @group(0) @binding(1) var<storage, read_write> answer: array<vec4f>;
        ${texels ? "@group(0) @binding(2) var<storage, read> weights: array<vec4f>; fn weight(t: i32) -> vec4f { return weights[t]; }" : ""}
        ${Array.from({ length: sources }, (_, place) => source(place)).join("")}
        @compute @workgroup_size(${GROUP}) fn main(@builtin(global_invocation_id) id: vec3u) {
          let wide = facts.to_column - facts.from_column;
          let tall = facts.to_row - facts.from_row;
          let own = i32(id.x);
          let x = facts.from_column + own % wide;
          let y = facts.from_row + own / wide % tall;
          let b = facts.from_block + own / (wide * tall);
          if (b >= facts.to_block) { return; }
          let at = (b * facts.height + y) * facts.width + x;
          { ${wgsl(body, names)} answer[at] = s; }
        }`;
      return gpu.createComputePipeline({ layout: "auto", compute: { module: gpu.createShaderModule({ code }), entryPoint: "main" } });
    };

    // ---- Steps -------------------------------------------------------------------------------------------------
    const lying = (inputs, output) => {
      const own = { width: output.width, height: output.height };
      inputs.forEach((one, place) => Object.assign(own, { [`width${place}`]: one.width, [`height${place}`]: one.height }));
      return own;
    };
    const act = (ready) => {
      const weights = ready.texels && stored(ready.texels);
      let facts = null, held = null, pipeline = null, binding = null;
      const begin = (inputs, output) => {
        const numbers = { from_block: 0, to_block: output.blocks, ...ready.numbers, ...lying(inputs, output) };
        facts = laid(ready.reals, numbers);
        if (!programs.has(ready.key)) programs.set(ready.key, program(ready, declared(ready.reals, numbers, (type, name) => `${name}: ${type === "int" ? "i32" : "f32"},`), facts.names));
        pipeline = programs.get(ready.key);
        held = buffer(facts.whole.byteLength, GPUBufferUsage.UNIFORM);
        const entry = (place, one) => ({ binding: place, resource: { buffer: one } });
        const entries = [entry(0, held), entry(1, output.buffer), ...(weights ? [entry(2, weights)] : []), ...inputs.map((one, place) => entry(3 + place, one.buffer))];
        binding = gpu.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
      };
      return (inputs, output, region) => {
        if (!pipeline) begin(inputs, output);
        facts.whole.set(region);
        gpu.queue.writeBuffer(held, 0, facts.whole);
        encoder ??= gpu.createCommandEncoder();
        const pass = encoder.beginComputePass(), blocks = (ready.numbers.to_block ?? output.blocks) - (ready.numbers.from_block ?? 0);
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, binding);
        pass.dispatchWorkgroups(Math.ceil(((region[2] - region[0]) * (region[3] - region[1]) * blocks) / GROUP));
        pass.end();
      };
    };

    const kept = new Map();
    const once = (value, key, make) => {
      if (!kept.has(value)) kept.set(value, new Map());
      if (!kept.get(value).has(key)) kept.get(value).set(key, make());
      return kept.get(value).get(key);
    };
    const silence = (value, _, channels, region) => {
      for (const channel of channels) {
        const block = Math.floor(channel / LANES), numbers = { channel, from_block: block, to_block: block + 1 };
        once(value, `silence ${channel}`, () => act({ ...SILENCE, numbers }))([], value, region);
      }
    };

    const read = async (value, shape, region) => {
      const own = [region[2] - region[0], region[3] - region[1], shape[2]];
      const { cut, into } = once(value, `read ${region}`, () => ({ cut: act(crop(shape, region)), into: hold(own) }));
      cut([value], into, [0, 0, own[0], own[1]]);
      const copy = buffer(into.size, GPUBufferUsage.MAP_READ);
      encoder.copyBufferToBuffer(into.buffer, 0, copy, 0, into.size);
      gpu.queue.submit([encoder.finish()]);
      encoder = null;
      await copy.mapAsync(GPUMapMode.READ);
      if (trouble) throw trouble;
      const map = map_of(new Float32Array(copy.getMappedRange()), own);
      copy.destroy();
      return map;
    };
    const put = (value, picture, shape) => gpu.queue.writeBuffer(value.buffer, 0, texels_of(picture, shape));
    return { name: "webgpu", hold, put, step: (step, shapes, own) => act(prepared(step, shapes, own)), silence, read, lost: () => trouble !== null };
  };

  microscribe.devices.webgpu = async (adapter) => opened(await adapter.requestDevice());
})();
