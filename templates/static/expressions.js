// Vega's expressions without compiling code: a page that forbids eval can still have live charts.
// Vega's parser gives each expression as a syntax tree (ESTree); a tree becomes a function here, once,
// out of small functions. A tree that holds something unknown is an error, before anything is drawn.
(() => {
  "use strict";
  const microscribe = (window.microscribe ??= {});

  // What stands between operands. An expression has no assignment, no `new` and no function of its own.
  const BINARY = {
    "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b, "%": (a, b) => a % b,
    "==": (a, b) => a == b, "!=": (a, b) => a != b, "===": (a, b) => a === b, "!==": (a, b) => a !== b,
    "<": (a, b) => a < b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b,
    "&": (a, b) => a & b, "|": (a, b) => a | b, "^": (a, b) => a ^ b,
    "<<": (a, b) => a << b, ">>": (a, b) => a >> b, ">>>": (a, b) => a >>> b,
    "in": (a, b) => a in b, "instanceof": (a, b) => a instanceof b,
  };
  const UNARY = { "+": (a) => +a, "-": (a) => -a, "~": (a) => ~a, "!": (a) => !a };
  const LOGICAL = {
    "&&": (left, right) => (frame) => left(frame) && right(frame),
    "||": (left, right) => (frame) => left(frame) || right(frame),
  };

  // ---- Functions that the language itself has; all others belong to Vega's own table ----------
  const MATHS = [
    "abs", "acos", "asin", "atan", "atan2", "ceil", "cos", "exp", "floor", "hypot", "log", "max", "min", "pow",
    "random", "round", "sin", "sqrt", "tan",
  ];
  const DATE_PARTS = {
    date: "Date", day: "Day", year: "FullYear", month: "Month", hours: "Hours", minutes: "Minutes",
    seconds: "Seconds", milliseconds: "Milliseconds",
  };
  const TEXT = { upper: "toUpperCase", lower: "toLowerCase", substring: "substring", split: "split", trim: "trim" };

  const ofDate = (method) => (date) => new Date(date)[method]();
  const each = (names, make) => Object.fromEntries(names.map(make));
  const parts = Object.entries(DATE_PARTS);

  const FUNCTIONS = {
    ...each(MATHS, (name) => [name, Math[name]]),
    ...each(parts, ([name, part]) => [name, ofDate(`get${part}`)]),
    ...each(parts, ([name, part]) => [`utc${name}`, ofDate(`getUTC${part}`)]),
    ...each(Object.entries(TEXT), ([name, method]) => [name, (text, ...rest) => String(text)[method](...rest)]),
    time: ofDate("getTime"), timezoneoffset: ofDate("getTimezoneOffset"),
    datetime: (...given) => new Date(...given), now: Date.now, utc: Date.UTC,
    isNaN: Number.isNaN, isFinite: Number.isFinite, parseFloat, parseInt,
    clamp: (value, low, high) => Math.max(low, Math.min(high, value)),
    length: (list) => list.length,
    regexp: RegExp, test: (pattern, ...rest) => RegExp(pattern).test(...rest),
    btoa: (text) => btoa(text), atob: (text) => atob(text),
  };
  const CONSTANTS = {
    NaN, ...each(["E", "LN2", "LN10", "LOG2E", "LOG10E", "PI", "SQRT1_2", "SQRT2"], (name) => [name, Math[name]]),
    MIN_VALUE: Number.MIN_VALUE, MAX_VALUE: Number.MAX_VALUE,
  };
  // What a handler may ask of the event that it answers to.
  const OF_EVENT = new Set(["view", "item", "group", "xy", "x", "y"]);
  const OF_FRAME = new Set(["datum", "event", "item"]);

  // ---- A tree becomes a function of its frame: {inputs, datum, event, item} -------------------
  const known = (table, name, what) => {
    if (!Object.hasOwn(table, name)) throw new Error(`an expression with an unknown ${what}: ${name}`);
    return table[name];
  };

  // Vega writes the scales of marks as functions of its own; these come among the inputs, not by name.
  const SCALES = {
    _scale: (scale, value) => scale(value),
    _range: (scale) => scale.range(),
    _bandwidth: (scale) => scale?.bandwidth?.() ?? 0,
  };

  const scaled = (name, [scale, value]) => {
    const apply = SCALES[name];
    return (frame) => apply(frame.inputs[`%${scale(frame)}`], value?.(frame));
  };

  const identifier = (name) => {
    if (Object.hasOwn(CONSTANTS, name)) return () => CONSTANTS[name];
    if (OF_FRAME.has(name)) return (frame) => frame[name];
    const signal = `$${name}`;
    return (frame) => frame.inputs?.[signal];
  };

  const call = (name, given, table) => {
    const values = (frame) => given.map((value) => value(frame));
    if (name === "if") return (frame) => (given[0](frame) ? given[1](frame) : given[2](frame));
    if (Object.hasOwn(SCALES, name)) return scaled(name, given);
    if (OF_EVENT.has(name)) return (frame) => frame.event.vega[name](...values(frame));
    // Vega's functions find scales and data through the table that they are called on.
    if (typeof table?.[name] === "function") return (frame) => table[name](...values(frame));
    const own = known(FUNCTIONS, name, "function");
    return (frame) => own(...values(frame));
  };

  const TREES = {
    // Written out anew each time, as in code: a pattern with the flag g remembers where it stopped.
    Literal: ({ value, regex }) => (regex ? () => new RegExp(regex.pattern, regex.flags) : () => value),
    // An update that only copies a signal comes with its name as a value.
    Identifier: ({ name, value }) => identifier(name ?? value),
    MemberExpression: ({ object, property, computed }, grow) => {
      const of = grow(object);
      if (!computed) return (frame) => of(frame)[property.name];
      const key = grow(property);
      return (frame) => of(frame)[key(frame)];
    },
    CallExpression: ({ callee, arguments: given }, grow, table) => call(callee.name, given.map(grow), table),
    ArrayExpression: ({ elements }, grow) => {
      const values = elements.map(grow);
      return (frame) => values.map((value) => value(frame));
    },
    ObjectExpression: ({ properties }, grow) => {
      const pairs = properties.map(({ key, value }) => [key.name ?? key.value, grow(value)]);
      return (frame) => Object.fromEntries(pairs.map(([key, value]) => [key, value(frame)]));
    },
    UnaryExpression: ({ operator, argument }, grow) => {
      const apply = known(UNARY, operator, "operator"), value = grow(argument);
      return (frame) => apply(value(frame));
    },
    BinaryExpression: ({ operator, left, right }, grow) => {
      const apply = known(BINARY, operator, "operator"), a = grow(left), b = grow(right);
      return (frame) => apply(a(frame), b(frame));
    },
    LogicalExpression: ({ operator, left, right }, grow) => known(LOGICAL, operator, "operator")(grow(left), grow(right)),
    ConditionalExpression: ({ test, consequent, alternate }, grow) => {
      const [is, yes, no] = [test, consequent, alternate].map(grow);
      return (frame) => (is(frame) ? yes(frame) : no(frame));
    },
  };

  const compile = (tree, table) => {
    const grow = (node) => known(TREES, node.type, "part")(node, grow, table);
    return grow(tree);
  };

  // ---- Marks: two ends, or a middle and a size, become a corner and a size ---------------------
  const TURNED = new Set(["group", "image", "rect"]);
  const SIDES = [["x", "x2", "xc", "width"], ["y", "y2", "yc", "height"]];

  const fit = (item, channels, turns, [start, end, middle, size]) => {
    if (channels[end] && channels[start]) {
      if (turns && item[start] > item[end]) [item[start], item[end]] = [item[end], item[start]];
      item[size] = item[end] - item[start];
    } else if (channels[end]) {
      item[start] = item[end] - (item[size] || 0);
    }
    if (channels[middle]) item[start] = item[middle] - (item[size] || 0) / 2;
  };

  // ---- What Vega asks of an interpreter: one maker for each place where an expression stands ----
  microscribe.expressions = {
    operator: ({ functions }, { ast }) => {
      const value = compile(ast, functions);
      return (inputs) => value({ inputs });
    },
    parameter: ({ functions }, { ast }) => {
      const value = compile(ast, functions);
      return (datum, inputs) => value({ datum, inputs });
    },
    event: ({ functions }, { ast }) => {
      const value = compile(ast, functions);
      return (event) => value({ event });
    },
    handler: ({ functions }, { ast }) => {
      const value = compile(ast, functions);
      return (inputs, event) => value({ inputs, event, datum: event.item && event.item.datum });
    },
    encode: ({ functions }, { marktype, channels }) => {
      const values = Object.entries(channels).map(([name, { ast }]) => [name, compile(ast, functions)]);
      const turns = TURNED.has(marktype), sides = marktype === "rule" ? [] : SIDES;
      return (item, inputs) => {
        const frame = { item, inputs, datum: item.datum };
        let changed = false;
        for (const [name, value] of values) {
          const now = value(frame);
          if (item[name] !== now) {
            item[name] = now;
            changed = true;
          }
        }
        for (const side of sides) fit(item, channels, turns, side);
        return changed;
      };
    },
  };
})();
