"""Interpreted charts draw what compiled charts draw, at rest and after the same events."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re

import pytest

from builder.press import vega_runtime
from figures import charts
from figures.charts import vega
from tests.browser.drawings import LIBRARY, OTHERS, RAW

pytestmark = pytest.mark.browser

DRAW = """
window.made = async (spec, interpreted) => {
  const stage = document.body.appendChild(document.createElement("div"));
  const said = [];
  const log = { level: () => log, info: () => log, debug: () => log,
    warn: (...words) => (said.push(words.join(" ")), log), error: (error) => { throw error; } };
  const parsed = vega.parse(structuredClone(spec), undefined, { ast: interpreted });
  const view = new vega.View(parsed, { renderer: "svg", container: stage, hover: true, logger: log,
    tooltip: (_, __, item, value) => { said.push(JSON.stringify(value)); },
    ...(interpreted ? { expr: microscribe.expressions } : {}) });
  await view.runAsync();
  return { view, stage, said };
};
// Ids of clip paths and gradients are counted through the page.
window.named = (text) => {
  const found = [], name = (id) => (found.includes(id) ? found.indexOf(id) : found.push(id) - 1);
  return text.replace(/(clip|gradient)_?\\d+/g, (id) => `id${name(id)}`);
};
window.seen = ({ stage, said }) => named(stage.innerHTML + said.join("|"));
// What the signals hold; what holds a part of the view itself is left out.
window.held = ({ view }) => {
  const known = new Set();
  const plain = (_, value) => {
    if (value === null || typeof value !== "object") return typeof value === "function" ? "function" : value;
    const data = [Object, Array, Date].some((kind) => Object.getPrototypeOf(value) === kind.prototype);
    if (known.has(value) || !data) return "";
    known.add(value);
    return value;
  };
  return named(JSON.stringify(view.getState({ signals: () => true, data: () => false }).signals, plain));
};
window.events = async ({ view, stage }, fire) => {
  const shapes = [...stage.querySelectorAll('svg :is(path, image, text, line, rect)')].filter((node) => node.__data__);
  const some = shapes.filter((_, i) => i % Math.ceil(shapes.length / 12) === 0);
  for (const node of some) await fire(node);
  return some.length;
};
window.point = async (drawn, node, kinds) => {
  const box = node.getBoundingClientRect(), ground = drawn.stage.getBoundingClientRect();
  for (const kind of kinds) {
    const shared = { bubbles: true, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, deltaY: 40 };
    const Kind = kind === "wheel" ? WheelEvent : PointerEvent;
    node.dispatchEvent(new Kind(kind, shared));
    await drawn.view.runAsync();
  }
};
window.compared = async (spec) => {
  const steps = [], views = [];
  for (const interpreted of [false, true]) {
    const drawn = await made(spec, interpreted), shown = [];
    const keep = () => shown.push(seen(drawn), held(drawn));
    keep();
    for (const kinds of [["pointerover", "pointermove"], ["pointerdown", "pointermove", "pointerup", "click"], ["pointerout"], ["wheel"]]) {
      await events(drawn, async (node) => { await point(drawn, node, kinds); keep(); });
    }
    for (const { name, value } of spec.signals ?? []) {
      if (typeof value !== "number" && typeof value !== "string") continue;
      drawn.view.signal(name, typeof value === "number" ? value * 1.5 + 1 : "mixed3b:1");
      await drawn.view.runAsync();
      keep();
    }
    drawn.view.finalize();
    drawn.stage.remove();
    steps.push(shown);
  }
  const [compiled, interpreted] = steps;
  const at = compiled.findIndex((text, i) => text !== interpreted[i]);
  const from = at < 0 ? 0 : [...compiled[at]].findIndex((letter, i) => letter !== interpreted[at][i]);
  const near = (text) => text?.slice(Math.max(from - 200, 0), from + 200);
  return { steps: compiled.length, states: new Set(compiled).size, chars: compiled[0].length,
    differs: at < 0 ? [] : [at, near(compiled[at]), near(interpreted[at])] };
};
"""


@pytest.fixture(scope="module")
def tab(browser):
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.set_content("<!doctype html><title>Charts</title>")
    page.add_script_tag(content=vega_runtime.runtime().decode())
    page.add_script_tag(content=DRAW)
    yield page
    page.close()


def test_the_library_is_whole():
    """Every module that returns a chart is among those compared."""
    drawing = set()
    for module in pkgutil.iter_modules(charts.__path__):
        code = importlib.import_module(f"figures.charts.{module.name}")
        made = [f for _, f in inspect.getmembers(code, inspect.isfunction) if f.__module__ == code.__name__]
        public = [
            f
            for f in made
            if not f.__name__.startswith("_") and re.search(r"\bChart\b", str(f.__annotations__.get("return")))
        ]
        drawing |= {module.name} if public and code is not vega else set()
    assert len(drawing) > 5
    assert drawing <= set(LIBRARY)


@pytest.mark.parametrize("name", LIBRARY)
def test_a_chart_of_the_library_is_the_same_interpreted(tab, name):
    states = same(tab, LIBRARY[name]().spec)
    assert states >= 4 or name == "sample bars"  # the events did something


@pytest.mark.parametrize("name", OTHERS)
def test_an_authors_chart_is_the_same_interpreted(tab, name):
    same(tab, vega.compiled(OTHERS[name]()))


def test_what_only_vega_can_be_asked_is_the_same_interpreted(tab):
    assert same(tab, RAW) > 20


def same(tab, spec: dict) -> int:
    """Compare a chart with itself; return how many states it was seen in."""
    result = tab.evaluate("(spec) => compared(spec)", spec)
    assert not result["differs"], result["differs"]
    assert result["steps"] > 20
    assert result["chars"] > 1000
    return result["states"]


LANGUAGE = """
7 * -n + +'3' - ~n % 4 / 2 | n + (n << 2) - (n >> 1) ^ (-n >>> 28) & 255 | n == '5' | n != '5' | n === 5 | n !== 5
n < 6 | n <= 5 | n > 6 | n >= 5 | !n | 'a' in o | !!n && s | 0 || s | null && o.missing.more | n > 3 ? 'yes' : 'no'
o.a[1].b | o['a'][n - 5] | o.missing | [1, [n, s], null] | {a: n, 'b c': {d: [s]}, 3: 4, true: 5} | s + n + o.a
{if: 1}.if | (/a(.)c/g).source | test(/A/i, s) | test('^a', s) | test(regexp('B', 'i'), s) | replace(s, /b|c/g, '-')
NaN | E | LN2 | LN10 | LOG2E | LOG10E | PI | SQRT1_2 | SQRT2 | MIN_VALUE | MAX_VALUE | isNaN(NaN) | isNaN('x') | isFinite(n)
abs(-n) | acos(.5) | asin(.5) | atan(.5) | atan2(1, 2) | ceil(n / 2) | cos(n) | exp(n) | floor(n / 2) | hypot(3, 4) | log(n)
max(1, n, 3) | min(1, n) | pow(n, 2) | round(n / 2) | sin(n) | sqrt(n) | tan(n) | clamp(n, 1, 3) | clamp(n, 7, 9) | random() < 1
datetime(2026, 1, 3) | datetime(d) | date(d) | day(d) | year(d) | month(d) | hours(d) | minutes(d) | seconds(d) | milliseconds(d)
time(datetime(2026, n)) | timezoneoffset(d) | utcdate(d) | utcday(d) | utcyear(d) | utcmonth(d) | utchours(d) | utcminutes(d)
utcseconds(d) | utcmilliseconds(d) | utc(2026, 1, 2, 3) | now() > 0 | quarter(d) | week(d) | dayofyear(d) | utcweek(d)
length(s) | length([1, 2]) | upper(s) | lower('ABC') | upper(n) | substring(s, 1) | substring(s, 0, 2) | split('a,b,c', ',', 2)
trim('  a ') | parseFloat('1.5e2x') | parseInt('0x1f') | parseInt('101', 2) | btoa(s) | atob('YWJj') | if(n > 9, o.x.y, 'else')
if(n, if(0, 1, 2), 3) | isArray(o.a) | isObject(o) | isDate(d) | isNumber(n) | isString(s) | isValid(NaN) | isDefined(o.q)
toNumber('4') | toString(n) | toBoolean('') | toDate('2026-01-01') | indexof(s, 'c') | lastindexof([1, 2, 1], 1) | slice(s, 1)
join([1, 2], '+') | reverse([1, 2, 3]) | sort([3, 1, 2]) | merge({a: 1}, {a: 2, b: 3}) | pad(s, n, '*', 'left') | truncate(s, 2)
span([1, n]) | extent([3, n, -1]) | peek([1, n]) | inrange(n, [1, 9]) | lerp([0, 10], .3) | flush(9, n, 3, 1, 2, 3) | pluck([{a: 1}], 'a')
sequence(0, n, 2) | format(n / 3, '.2f') | timeFormat(d, '%Y-%m-%d %H') | utcFormat(d, '%b %e') | timeParse('2026', '%Y')
timeOffset('day', d, n) | timeSequence('month', d, datetime(2026, 9)) | monthFormat(2) | dayAbbrevFormat(3) | timeUnitSpecifier(['year'])
rgb('steelblue').r | hsl('red').l | lab('#123').a | luminance('#888') | contrast('#fff', '#777') | bandspace(5, .1, .2)
scale('x', n) | scale('x', o.a[0]) | invert('x', 50) | domain('x') | range('x') | bandwidth('bands') | bandwidth('x') | domain('bands')
scale(s === 'abc' ? 'x' : 'bands', n) | range('bands')[1] | data('rows')[1].v | length(data('rows')) | indata('rows', 'v', 7)
clampRange([3, 12], 0, 10) | panLinear([0, 10], .5) | zoomLog([1, 10], 3, 2) | densityNormal(.5) | quantileUniform(.5) | screen().width > 0
"""


def expressions() -> list[str]:
    """One a bar, but not where the bar is part of an operator."""
    lines = LANGUAGE.strip().splitlines()
    return [part.strip() for line in lines for part in line.split(" | ")] + ["6 | n", "s || n", "n == 5 || n == 6"]


def test_the_language_is_whole(tab):
    told = {
        "data": [{"name": "rows", "values": [{"v": 3}, {"v": 7}]}],
        "scales": [
            {"name": "x", "domain": [0, 10], "range": [0, 100]},
            {"name": "bands", "type": "band", "domain": ["a", "b"], "range": [0, 90], "padding": 0.1},
        ],
        "signals": [
            {"name": "n", "value": 5}, {"name": "s", "value": "abc"}, {"name": "o", "value": {"a": [2, {"b": 6}]}},
            {"name": "d", "update": "datetime(2026, 2, 5, 14, 30, 15, 125)"},
            *({"name": f"e{i}", "update": text} for i, text in enumerate(expressions())),
        ],
    }  # fmt: skip
    compiled, interpreted = tab.evaluate(
        """async (spec) => Promise.all([false, true].map(async (is) => {
          const { view } = await made(spec, is);
          return spec.signals.map(({ name }) => {
            const value = view.signal(name);
            return typeof value === "number" ? String(value) : JSON.stringify(value) ?? typeof value;
          });
        }))""",
        told,
    )
    assert compiled == interpreted
    assert len(set(compiled)) > 90


def test_what_cannot_be_interpreted_is_an_error_before_anything_is_drawn(tab):
    said = tab.evaluate("""() => [
      { type: "AwaitExpression" }, { type: "UnaryExpression", operator: "typeof", argument: { type: "Literal" } },
      { type: "CallExpression", callee: { type: "Identifier", name: "constructor" }, arguments: [] },
    ].map((ast) => {
      try { return typeof microscribe.expressions.operator({ functions: Object.create(null) }, { ast }); }
      catch (error) { return error.message; }
    })""")
    assert [text.split(": ")[1] for text in said] == ["AwaitExpression", "typeof", "constructor"]
