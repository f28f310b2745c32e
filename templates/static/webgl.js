// Networks on WebGL 2: a value is a texture of floats, its blocks of four channels side by side; a step draws a
// rectangle for each block. Only what is asked for is read back.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});
  const { prepared, crop, filled, laid, declared, texels_of, map_of, blocks_of, LANES } = microscribe.shaders;
  // Every WebGL 2 has textures as wide as this; a power of two, as weights are found by it.
  const WIDE = 2048;
  const QUAD = `
    void main() {
      vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
      vec2 cell = vec2(gl_InstanceID & mask, gl_InstanceID >> shift) * vec2(width, height);
      vec2 at = cell + mix(vec2(from_column, from_row), vec2(to_column, to_row), corner);
      gl_Position = vec4(at / vec2(sheet_width, sheet_height) * 2.0 - 1.0, 0.0, 1.0);
    }`;

  const opened = (gl) => {
    const texture = (width, height, texels = null) => {
      if (Math.max(width, height) > gl.getParameter(gl.MAX_TEXTURE_SIZE)) throw new Error("A map is larger than this GPU's textures.");
      const made = gl.createTexture();
      gl.bindTexture(gl.TEXTURE_2D, made);
      gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32F, width, height);
      for (const side of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, side, gl.NEAREST);
      if (texels) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.RGBA, gl.FLOAT, texels);
      return made;
    };
    const framed = (made) => {
      const frame = gl.createFramebuffer();
      gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, made, 0);
      return frame;
    };
    const hold = (shape) => {
      const [height, width] = shape, blocks = blocks_of(shape);
      const shift = Math.floor(Math.log2(Math.max(1, Math.min(blocks, Math.floor(WIDE / width))))), across = 2 ** shift;
      const size = [across * width, Math.ceil(blocks / across) * height], made = texture(...size);
      return { texture: made, frame: framed(made), size, shift, across, width, height, blocks };
    };
    const weights = (texels) => {
      const rows = Math.ceil(texels.length / LANES / WIDE), all = new Float32Array(rows * WIDE * LANES);
      all.set(texels);
      return texture(WIDE, rows, all);
    };

    // ---- Programs, one for each kind of step ----------------------------------------------------------------
    const programs = new Map();
    const shader = (kind, text) => {
      const made = gl.createShader(kind);
      gl.shaderSource(made, text);
      gl.compileShader(made);
      return made;
    };
    const source = (place) => `
      uniform sampler2D texture${place};
      vec4 source${place}(int x, int y, int b) {
        return texelFetch(texture${place}, ivec2((b & mask${place}) * width${place} + x, (b >> shift${place}) * height${place} + y), 0);
      }`;
    const linked = ({ body, sources }, facts) => {
      const head = `#version 300 es
        precision highp float; precision highp int; precision highp sampler2D;
        layout(std140) uniform Facts { ${facts} };`;
      const fragment = `${head}
        out vec4 answer;
        ${Array.from({ length: sources }, (_, place) => source(place)).join("")}
        uniform sampler2D weights;
        vec4 weight(int t) { return texelFetch(weights, ivec2(t & ${WIDE - 1}, t >> ${Math.log2(WIDE)}), 0); }
        void main() {
          int x = int(gl_FragCoord.x) % width;
          int y = int(gl_FragCoord.y) % height;
          int b = int(gl_FragCoord.x) / width + ((int(gl_FragCoord.y) / height) << shift);
          ${filled(body)}
          answer = s;
        }`;
      const made = gl.createProgram();
      gl.attachShader(made, shader(gl.VERTEX_SHADER, head + QUAD));
      gl.attachShader(made, shader(gl.FRAGMENT_SHADER, fragment));
      gl.linkProgram(made);
      if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(`This GPU takes no such step: ${gl.getProgramInfoLog(made)}`);
      gl.useProgram(made);
      for (let place = 0; place < sources; place++) gl.uniform1i(gl.getUniformLocation(made, `texture${place}`), place);
      gl.uniform1i(gl.getUniformLocation(made, "weights"), sources);
      return made;
    };

    // ---- Steps -------------------------------------------------------------------------------------------------
    const lying = (inputs, output) => {
      const own = { width: output.width, height: output.height, mask: output.across - 1, shift: output.shift, sheet_width: output.size[0], sheet_height: output.size[1] };
      inputs.forEach((one, place) => Object.assign(own, { [`width${place}`]: one.width, [`height${place}`]: one.height, [`mask${place}`]: one.across - 1, [`shift${place}`]: one.shift }));
      return own;
    };
    const bound = (unit, one) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, one);
    };
    // Where its maps lie is known when a step is first taken.
    const act = (ready) => {
      const own = ready.texels && weights(ready.texels), buffer = gl.createBuffer();
      let program = null, whole = null;
      const begin = (inputs, output) => {
        const numbers = { ...ready.numbers, ...lying(inputs, output) };
        if (!programs.has(ready.key)) programs.set(ready.key, linked(ready, declared(ready.reals, numbers, (type, name) => `${type} ${name};`)));
        program = programs.get(ready.key);
        ({ whole } = laid(ready.reals, numbers));
      };
      return (inputs, output, region) => {
        if (!program) begin(inputs, output);
        whole.set(region);
        gl.bindBufferBase(gl.UNIFORM_BUFFER, 0, buffer);
        gl.bufferData(gl.UNIFORM_BUFFER, whole, gl.DYNAMIC_DRAW);
        gl.useProgram(program);
        inputs.forEach((one, place) => bound(place, one.texture));
        bound(inputs.length, own ?? null);
        gl.bindFramebuffer(gl.FRAMEBUFFER, output.frame);
        gl.viewport(0, 0, ...output.size);
        gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, output.blocks);
      };
    };

    const silence = (value, _, channels, [top, left, bottom, right]) => {
      gl.bindFramebuffer(gl.FRAMEBUFFER, value.frame);
      gl.enable(gl.SCISSOR_TEST);
      for (const channel of channels) {
        const block = Math.floor(channel / LANES), column = (block & (value.across - 1)) * value.width, row = (block >> value.shift) * value.height;
        gl.colorMask(...[0, 1, 2, 3].map((lane) => lane === channel % LANES));
        gl.scissor(column + left, row + top, right - left, bottom - top);
        gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, 0]);
      }
      gl.colorMask(true, true, true, true);
      gl.disable(gl.SCISSOR_TEST);
    };

    // ---- Reading, without standing still: the page goes on until the GPU has done ------------------------------
    const done = async () => {
      const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
      gl.flush();
      for (let state = gl.TIMEOUT_EXPIRED; state === gl.TIMEOUT_EXPIRED; ) {
        await new Promise((resolve) => setTimeout(resolve));
        state = gl.clientWaitSync(fence, 0, 0);
        if (gl.isContextLost() || state === gl.WAIT_FAILED) throw new Error("The GPU went away.");
      }
      gl.deleteSync(fence);
    };
    const crops = new Map();
    const read = async (value, shape, region) => {
      const own = [region[2] - region[0], region[3] - region[1], shape[2]], key = `${region}`;
      if (!crops.has(value)) crops.set(value, {});
      const { act: cut, into } = (crops.get(value)[key] ??= { act: act(crop(shape, region)), into: hold(own) });
      cut([value], into, [0, 0, own[0], own[1]]);
      const buffer = gl.createBuffer(), texels = new Float32Array(into.size[0] * into.size[1] * LANES);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
      gl.bufferData(gl.PIXEL_PACK_BUFFER, texels.byteLength, gl.STREAM_READ);
      gl.readPixels(0, 0, ...into.size, gl.RGBA, gl.FLOAT, 0);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      await done();
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, texels);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      gl.deleteBuffer(buffer);
      return map_of(texels, own, into.across);
    };
    const put = (value, picture, shape) => {
      gl.bindTexture(gl.TEXTURE_2D, value.texture);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, ...value.size, gl.RGBA, gl.FLOAT, texels_of(picture, shape, value.across));
    };
    return { name: "webgl", hold, put, step: (step, shapes, own) => act(prepared(step, shapes, own)), silence, read };
  };

  microscribe.devices.webgl = async (gl) => ({ ...opened(gl), lost: () => gl.isContextLost() });
})();
