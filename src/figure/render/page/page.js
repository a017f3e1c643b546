// The page of a figure: pan, zoom, trace, and the controls of an interact. Everything drawn was computed before; this
// only moves it, and sets ticks for what is in view. Lengths: "world" is a thousandth of a pixel of the printed figure.
"use strict";
const data = JSON.parse(document.getElementById("secant-data").textContent);
const NS = document.querySelector("svg").namespaceURI;
const UNIT = 1000, TICK = 4, GAP = 3, DEEPEST = 120;
const clamp = (v, lo, hi) => Math.min(Math.max(v, lo), hi);

function el(name, attributes = {}, parent = null) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") node.textContent = value;
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  if (parent) parent.append(node);
  return node;
}

function svg(name, attributes = {}, parent = null) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (parent) parent.append(node);
  return node;
}

// ---- Numbers and ticks: the rules of the printed figures ----

const sheet = document.createElement("canvas").getContext("2d");
const width = (text, size) => ((sheet.font = `${size}px "DejaVu Sans",Verdana,sans-serif`), sheet.measureText(text).width);
const minus = text => (/^-0*\.?0*$/.test(text) ? text.slice(1) : text).replace("-", "−");

function powerOf(exponent, base = 10) {
  const signs = { "-": "⁻" };
  return base + String(exponent).replace(/./g, c => signs[c] ?? "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]);
}

/** A number with as many digits as steps of that size need. */
function shown(value, step) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e7 || size < 1e-5) {
    const exponent = Math.floor(Math.log10(size));
    const digits = clamp(Math.ceil(Math.log10(size / step)), 1, 12);
    return minus((value / 10 ** exponent).toFixed(digits)) + "·" + powerOf(exponent);
  }
  return minus(value.toFixed(clamp(-Math.floor(Math.log10(step) + 1e-9), 0, 12)));
}

function decimalStep(range, length, spacing, whole) {
  const rough = range / clamp(length / spacing, 2.6, 12);
  const power = 10 ** Math.floor(Math.log10(rough));
  const mantissa = rough / power;
  const [lead, parts] = mantissa <= 1.000001 ? [1, 5] : mantissa <= 2.000001 ? [2, 4] : mantissa <= 5.000001 ? [5, 5] : [10, 5];
  return [whole ? Math.max(1, Math.round(lead * power)) : lead * power, parts];
}

function multiples(lo, hi, step) {
  const first = Math.ceil(lo / step - 1e-9), last = Math.floor(hi / step + 1e-9);
  if (!(last - first <= 400)) return [];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

function decimals(values, step) {
  const largest = Math.max(...values.map(Math.abs), 0);
  const exponent = largest > 0 ? Math.floor(Math.log10(largest) + 1e-12) : 0;
  const pulled = exponent >= 5 || exponent < -4 ? exponent : 0;
  const unit = step / 10 ** pulled;
  let digits = clamp(-Math.floor(Math.log10(unit) + 1e-9), 0, 12);
  while (digits < 12 && Math.abs(unit * 10 ** digits - Math.round(unit * 10 ** digits)) > 1e-6 * unit * 10 ** digits) digits++;
  const texts = values.map(v => minus((v / 10 ** pulled).toFixed(digits)));
  return { texts, exponent: pulled };
}

function piText(value) {
  const ratio = value / Math.PI;
  if (Math.abs(ratio) < 1e-9) return "0";
  for (const d of [1, 2, 3, 4, 6, 8, 12, 16, 24, 32]) {
    const n = Math.round(ratio * d);
    if (n !== 0 && Math.abs(ratio * d - n) < 1e-7 * Math.max(1, Math.abs(n))) {
      return (n < 0 ? "−" : "") + (Math.abs(n) === 1 ? "" : Math.abs(n)) + "π" + (d === 1 ? "" : "/" + d);
    }
  }
  return minus(String(+ratio.toPrecision(8))) + "π";
}

function piStep(range, length, spacing) {
  const parts = [1 / 32, 1 / 16, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 1, 2, 4, 5, 10, 20, 50, 100];
  const rough = range / clamp(length / spacing, 2, 12) / Math.PI;
  let part = parts.find(p => p >= rough * 0.95) ?? Math.ceil(rough);
  if (part < 0.5 && part > 0.26 && range > 1.01 * 2 * Math.PI) part = 0.5;
  return part * Math.PI;
}

/** Ticks of one axis: places with their texts, places without, and a power of ten that belongs to all texts. */
function ticks(axis, lo, hi, length, spacing) {
  const inside = v => v >= lo - 1e-9 * (hi - lo) && v <= hi + 1e-9 * (hi - lo);
  if (axis.at) {
    const kept = axis.at.map((v, i) => [v, i]).filter(([v]) => inside(v));
    const values = kept.map(([v]) => v);
    if (axis.texts) return { major: kept.map(([v, i]) => [v, axis.texts[i] ?? ""]), minor: [], exponent: 0 };
    if (axis.pi) return { major: values.map(v => [v, piText(v)]), minor: [], exponent: 0 };
    const gaps = values.map(v => Math.abs(v)).filter(v => v > 0);
    const made = decimals(values, Math.min(...gaps, 1));
    return { major: values.map((v, i) => [v, made.texts[i]]), minor: [], exponent: made.exponent };
  }
  if (axis.log && hi / lo > 30) {
    const base = axis.base, power = v => base === 10 ? Math.log10(v) : Math.log(v) / Math.log(base);
    const first = Math.floor(power(lo)), last = Math.ceil(power(hi));
    const stride = Math.max(1, Math.ceil((last - first) / Math.max(2, length / 40)));
    const major = [], minor = [];
    for (let e = first; e <= last; e++) {
      const name = +base.toPrecision(6), at = base ** e;
      if (e % stride === 0 && inside(at)) major.push([at, e === 0 ? "1" : e === 1 ? `${name}` : powerOf(e, name)]);
      if (stride === 1 && base === 10) for (let k = 2; k < 10; k++) if (inside(k * at)) minor.push(k * at);
    }
    return { major, minor, exponent: 0 };
  }
  if (axis.pi) {
    const step = piStep(hi - lo, length, spacing);
    if (step / Math.PI > 1 / 33 && (hi - lo) / step >= 2) {
      return { major: multiples(lo, hi, step).map(v => [v, piText(v)]), minor: [], exponent: 0 };
    }
  }
  let [step, parts] = decimalStep(hi - lo, length, spacing, axis.whole);
  if (axis.step && (hi - lo) / axis.step <= 40 && (hi - lo) / axis.step >= 2) [step, parts] = [axis.step, 1];
  const values = multiples(lo, hi, step);
  const made = decimals(values, step);
  return { major: values.map((v, i) => [v, made.texts[i]]), minor: multiples(lo, hi, step / parts), exponent: made.exponent };
}

// ---- One set of axes ----

let clips = 0;

class Panel {
  constructor(spec, host, reading) {
    this.spec = spec;
    this.reading = reading;
    this.host = host;
    this.svg = svg("svg", { "aria-hidden": "true" }, host);
    this.clipId = `clip${++clips}`;
    const defs = svg("defs", {}, this.svg);
    this.clipRect = svg("rect", {}, svg("clipPath", { id: this.clipId }, defs));
    const world = (markup, name) => {
      const clipped = svg("g", { "clip-path": `url(#${this.clipId})`, class: name }, this.svg);
      const group = svg("g", { class: "world" }, clipped);
      group.innerHTML = markup;
      return group;
    };
    const layer = name => svg("g", { class: name }, this.svg);
    this.worlds = [world(spec.under, "fill")];
    this.below = layer("axis-lines");
    this.worlds.push(world(spec.curves, "curves"));
    this.above = layer("axis-words");
    this.worlds.push(world(spec.marks, "marks"));
    this.words = layer("words");
    this.words.innerHTML = spec.words;
    this.fixed = layer("fixed");
    this.tracer = layer("tracer");
    this.view = null;
    this.trace = null;
    this.resize();
    this.reset();
  }

  // Pixels of the printed figure.
  get home() {
    const [l, t, r, b] = this.spec.box;
    return [l, r, t, b];
  }

  /** Where the plot box lies on the page, for the size that there is. */
  resize() {
    const spec = this.spec;
    this.width = this.host.clientWidth;
    this.height = this.host.clientHeight;
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    const [cl, ct, cr, cb] = spec.cell, [l, t, r, b] = spec.box;
    const margin = [l - cl, t - ct, cr - r, cb - b].map(m => Math.max(m, 8));
    if (spec.axes && !spec.frame) margin[0] = Math.max(margin[0], 12);
    // Ticks of a moved view may be longer than the printed ones.
    if (spec.frame) margin[0] = Math.max(margin[0], 40);
    let box = [margin[0], margin[1], this.width - margin[2], this.height - margin[3]];
    if (spec.ratio) {
      // Margins that only centred the printed box are not needed.
      const least = spec.frame ? (spec.above ? [46, 28, 14, 10] : [46, 10, 14, 28]) : [14, 12, 14, 14];
      const names = [spec.names[1] ? 22 : 0, spec.title ? 24 : 0, spec.names[0] ? 22 : 0, spec.names[0] ? 22 : 0];
      const m = margin.map((v, i) => Math.min(v, least[i] + names[i]));
      if (spec.bar) m[2] = margin[2];
      box = [m[0], m[1], this.width - m[2], this.height - m[3]];
      const shape = (b - t) / (r - l);
      const w = Math.min(box[2] - box[0], (box[3] - box[1]) / shape);
      const h = w * shape, x = (box[0] + box[2] - w) / 2, y = (box[1] + box[3] - h) / 2;
      box = [x, y, x + w, y + h];
    }
    this.box = box.map(Math.round);
    const [bl, bt, br, bb] = this.box;
    for (const [key, value] of Object.entries({ x: bl, y: bt, width: Math.max(1, br - bl), height: Math.max(1, bb - bt) })) {
      this.clipRect.setAttribute(key, value);
    }
    this.place();
    if (this.view) this.draw();
  }

  /** Title, names of the axes, legend and colour bar. */
  place() {
    const spec = this.spec, [l, t, r, b] = this.box, [pl, pt, pr, pb] = spec.box;
    this.fixed.replaceChildren();
    const put = (markup, x, y, more = "") => {
      const g = svg("g", { transform: `translate(${x} ${y})${more}` }, this.fixed);
      g.innerHTML = markup;
    };
    if (spec.title) put(spec.title.svg, Math.max(4, (l + r - spec.title.w) / 2), 8 + spec.title.a);
    if (spec.bar) {
      const scale = Math.min(1, (b - t) / (pb - pt));
      put(spec.bar, r - pr * scale, t - pt * scale, ` scale(${scale})`);
    }
    if (spec.legend) {
      const { x, y, w, h } = spec.legend;
      const along = (at, size, from, to, lo, hi) => {
        const middle = (at + size / 2 - from) / (to - from);
        if (middle > 1) return hi + (at - to);
        if (middle < 0.36) return lo + (at - from);
        if (middle > 0.64) return hi - (to - at - size) - size;
        return (lo + hi - size) / 2;
      };
      const left = along(x, w, pl, pr, l, r), top = along(y, h, pt, pb, t, b);
      put(spec.legend.svg, Math.min(left, this.width - w - 2), Math.max(2, Math.min(top, this.height - h - 2)));
    }
  }

  // ---- The view: left, right, top, bottom of the world that fills the box, in printed pixels ----

  reset() {
    this.view = this.home;
    this.draw();
  }

  get isHome() {
    return this.view.every((v, i) => Math.abs(v - this.home[i]) < 1e-6);
  }

  get zoom() {
    return (this.home[1] - this.home[0]) / (this.view[1] - this.view[0]);
  }

  show(view) {
    const known = this.spec.known;
    let [l, r, t, b] = view;
    const fit = (lo, hi, least, most) => {
      if (hi - lo >= most - least) return [least, most];
      const shift = Math.max(0, least - lo) - Math.max(0, hi - most);
      return [lo + shift, hi + shift];
    };
    [l, r] = fit(l, r, known[0], known[2]);
    [t, b] = fit(t, b, known[1], known[3]);
    this.view = [l, r, t, b];
    this.draw();
  }

  /** Zooms by a factor about a point of the page. */
  zoomAt(factor, x, y) {
    const [hl, hr, ht, hb] = this.home, [l, r, t, b] = this.view, known = this.spec.known;
    const widest = Math.min((known[2] - known[0]) / (hr - hl), (known[3] - known[1]) / (hb - ht));
    const now = (r - l) / (hr - hl);
    const next = clamp(now / factor, 1 / DEEPEST, widest);
    const k = next / now;
    const [wx, wy] = this.world(x, y);
    this.show([wx + (l - wx) * k, wx + (r - wx) * k, wy + (t - wy) * k, wy + (b - wy) * k]);
  }

  panBy(dx, dy) {
    const [l, r, t, b] = this.view, [sx, sy] = this.scales();
    this.show([l - dx / sx, r - dx / sx, t - dy / sy, b - dy / sy]);
  }

  scales() {
    const [bl, bt, br, bb] = this.box, [l, r, t, b] = this.view;
    return [(br - bl) / (r - l), (bb - bt) / (b - t)];
  }

  /** From the page to printed pixels. */
  world(x, y) {
    const [sx, sy] = this.scales();
    return [this.view[0] + (x - this.box[0]) / sx, this.view[2] + (y - this.box[1]) / sy];
  }

  /** From printed pixels to the page. */
  page(wx, wy) {
    const [sx, sy] = this.scales();
    return [this.box[0] + (wx - this.view[0]) * sx, this.box[1] + (wy - this.view[2]) * sy];
  }

  /** The value of an axis (0 or 1) at a printed pixel. */
  value(axis, at) {
    const [l, t, r, b] = this.spec.box, flip = this.spec.flip[axis];
    let part = axis === 0 ? (at - l) / (r - l) : (b - at) / (b - t);
    if (flip) part = 1 - part;
    const [lo, hi] = this.spec.data.slice(2 * axis, 2 * axis + 2);
    return this.spec.log[axis] ? lo * (hi / lo) ** part : lo + part * (hi - lo);
  }

  pixel(axis, value) {
    const [l, t, r, b] = this.spec.box;
    const [lo, hi] = this.spec.data.slice(2 * axis, 2 * axis + 2);
    let part = this.spec.log[axis] ? Math.log(value / lo) / Math.log(hi / lo) : (value - lo) / (hi - lo);
    if (this.spec.flip[axis]) part = 1 - part;
    return axis === 0 ? l + part * (r - l) : b - part * (b - t);
  }

  /** The values at both ends of what is in view, ascending. */
  range(axis) {
    const ends = axis === 0 ? this.view.slice(0, 2) : this.view.slice(2);
    return ends.map(at => this.value(axis, at)).sort((a, b) => a - b);
  }

  draw() {
    const [sx, sy] = this.scales(), [l, , t] = this.view;
    const x = this.box[0] - l * sx, y = this.box[1] - t * sy;
    for (const group of this.worlds) group.setAttribute("transform", `matrix(${sx / UNIT} 0 0 ${sy / UNIT} ${x} ${y})`);
    const [bl, bt, br, bb] = this.box;
    for (const word of this.words.children) {
      const [px, py] = this.page(+word.dataset.x, +word.dataset.y);
      const inside = px >= bl - 30 && px <= br + 30 && py >= bt - 20 && py <= bb + 20;
      word.setAttribute("visibility", inside ? "visible" : "hidden");
      word.setAttribute("transform", `translate(${px.toFixed(2)} ${py.toFixed(2)})`);
    }
    this.axes();
    this.mark();
  }

  axes() {
    const spec = this.spec, [l, t, r, b] = this.box;
    this.below.replaceChildren();
    this.above.replaceChildren();
    const spans = [this.range(0), this.range(1)];
    const spacing = spec.ratio ? [58, 58] : [70, 50];
    const sets = [0, 1].map(axis => {
      const length = axis === 0 ? r - l : b - t;
      let room = spacing[axis], set = ticks(spec.ticks[axis], ...spans[axis], length, room);
      const crowded = () => axis === 0 && set.major.length > 1 && !spec.ticks[0].at && set.major.some(([v, text], i) => {
        if (i === 0) return false;
        const [before, other] = set.major[i - 1];
        const apart = Math.abs(this.page(this.pixel(0, v), 0)[0] - this.page(this.pixel(0, before), 0)[0]);
        return apart < (width(text, spec.font) + width(other, spec.font)) / 2 + 8;
      });
      while (crowded() && room < 400) set = ticks(spec.ticks[axis], ...spans[axis], length, (room *= 1.5));
      return set;
    });
    const at = [v => this.page(this.pixel(0, v), 0)[0], v => this.page(0, this.pixel(1, v))[1]];
    const line = (d, stroke, thick, dash) => d && svg("path", { d, stroke, "stroke-width": thick, "stroke-dasharray": dash || "none", fill: "none" }, this.below);
    const grid = axis => {
      const kind = spec.grid[axis];
      const values = !kind ? [] : Array.isArray(kind) ? kind : sets[axis].major.map(m => m[0]).concat(kind === "minor" ? sets[axis].minor : []);
      const [lo, hi] = axis === 0 ? [l, r] : [t, b];
      const places = values.map(at[axis]).filter(p => p >= lo && p <= hi);
      return places.map(p => (axis === 0 ? `M${p} ${t}V${b}` : `M${l} ${p}H${r}`)).join("");
    };
    for (const axis of [0, 1]) line(grid(axis), ...(spec.gridlook?.[axis] ?? ["var(--grid)", 0.75]));
    if (!spec.axes && !spec.frame) return;
    const zero = axis => {
      const [lo, hi] = spans[axis];
      return at[axis](spec.log[axis] ? lo : clamp(0, lo, hi));
    };
    const ax = spec.frame || spec.aside ? l : zero(0), ay = !spec.frame ? zero(1) : spec.above ? t : b;
    if (spec.frame) {
      line(`M${l} ${t}H${r}V${b}H${l}Z`, "var(--axis)", 1);
      const [zx, zy] = [zero(0), zero(1)];
      const shown = spec.axes && !spec.covered;
      if (shown && !spec.log[0] && zx > l + 0.5 && zx < r - 0.5) line(`M${zx} ${t}V${b}`, "var(--grid)", 1);
      if (shown && !spec.log[1] && zy > t + 0.5 && zy < b - 0.5) line(`M${l} ${zy}H${r}`, "var(--grid)", 1);
    } else {
      line(`M${l} ${ay}H${r}M${ax} ${t}V${b}`, "var(--axis)", 1);
    }
    this.labels(sets, at, ax, ay, line);
    this.names(ax, ay);
  }

  word(text, x, y, anchor = "start", halo = true) {
    const attributes = { x, y, "font-size": this.spec.font, "text-anchor": anchor };
    if (halo) attributes.class = "halo";
    svg("text", attributes, this.above).textContent = text;
  }

  labels(sets, at, ax, ay, line) {
    const spec = this.spec, [l, t, r, b] = this.box, font = spec.font;
    let marks = "";
    const below = !spec.above && ay + TICK + GAP + font <= this.height - 1;
    for (const [v, text] of sets[0].major) {
      const x = at[0](v);
      if (x < l - 0.5 || x > r + 0.5) continue;
      const down = below ? 1 : -1;
      marks += `M${x} ${ay}v${down * TICK}`;
      if (!spec.frame && Math.abs(x - ax) < 2 && ay < b - 3) continue;
      const half = width(text, font) / 2;
      const place = clamp(x, half + 1, this.width - half - 1);
      this.word(text, place, below ? ay + TICK + GAP + 0.93 * font : ay - TICK - GAP, "middle", !spec.frame);
    }
    for (const [v, text] of sets[1].major) {
      const y = at[1](v);
      if (y < t - 0.5 || y > b + 0.5) continue;
      const room = ax - TICK - GAP - width(text, font) >= 1;
      marks += `M${ax} ${y}h${room ? -TICK : TICK}`;
      if (!spec.frame && Math.abs(y - ay) < 2 && ax > l + 3) continue;
      this.word(text, room ? ax - TICK - GAP : ax + TICK + GAP, y + 0.36 * font, room ? "end" : "start", !spec.frame);
    }
    if (spec.frame) {
      for (const v of sets[0].minor) marks += `M${at[0](v)} ${ay}v${spec.above ? -2 : 2}`;
      for (const v of sets[1].minor) marks += `M${l} ${at[1](v)}h-2`;
    }
    line(marks, "var(--axis)", 1);
    if (sets[0].exponent) this.word(`×${powerOf(sets[0].exponent)}`, r, Math.min(this.height - 4, ay + TICK + 2 * font + 6), "end");
    if (sets[1].exponent) this.word(`×${powerOf(sets[1].exponent)}`, ax + 6, Math.max(font, t - 4));
  }

  names(ax, ay) {
    const spec = this.spec, [l, t, r, b] = this.box;
    const put = (name, x, y, more = "") => {
      const g = svg("g", { transform: `translate(${x} ${y})${more}` }, this.above);
      g.innerHTML = name.svg;
    };
    const [x, y] = spec.names;
    if (x && spec.frame) put(x, (l + r - x.w) / 2, Math.min(this.height - 5, b + 2 * spec.font + 14));
    else if (x) put(x, Math.min(r + 6, this.width - x.w - 1), ay + 0.3 * spec.font - (r + 6 + x.w > this.width ? 10 : 0));
    if (y && spec.frame) put(y, Math.max(y.a + 1, l - 40), (t + b + y.w) / 2, " rotate(-90)");
    else if (y) put(y, clamp(ax - y.w / 2, 2, this.width - y.w - 2), Math.max(y.a + 1, t - 6));
  }

  // ---- Tracing ----

  /** The curves: label, kind, and runs of points in printed pixels. */
  get curves() {
    this.read ??= [...this.worlds[1].querySelectorAll("g.curve")].map(group => {
      const runs = [];
      for (const path of group.querySelectorAll("path[data-run]")) {
        for (const part of path.getAttribute("d").split("M").slice(1)) {
          const numbers = part.match(/-?\d+(\.\d+)?/g).map(Number);
          let x = numbers[0], y = numbers[1];
          const run = [[x / UNIT, y / UNIT]];
          for (let i = 2; i + 1 < numbers.length; i += 2) run.push([(x += numbers[i]) / UNIT, (y += numbers[i + 1]) / UNIT]);
          if (/z$/i.test(part)) run.push(run[0]);
          runs.push(run);
        }
      }
      return { label: group.dataset.label ?? "", kind: group.dataset.kind ?? "", colour: group.dataset.colour, runs };
    }).filter(curve => curve.runs.length);
    return this.read;
  }

  /** The point of the curves that is nearest to a point of the page. */
  nearest(x, y) {
    const [wx, wy] = this.world(x, y), [sx, sy] = this.scales();
    let best = null;
    this.curves.forEach((curve, c) => curve.runs.forEach((run, k) => {
      for (let i = 0; i < Math.max(1, run.length - 1); i++) {
        const [ax, ay] = run[i], [bx, by] = run[Math.min(i + 1, run.length - 1)];
        const ux = (bx - ax) * sx, uy = (by - ay) * sy, vx = (wx - ax) * sx, vy = (wy - ay) * sy;
        const s = clamp((ux * vx + uy * vy) / (ux * ux + uy * uy || 1), 0, 1);
        const far = Math.hypot(vx - s * ux, vy - s * uy);
        if (!best || far < best.far) best = { far, c, k, at: i + s };
      }
    }));
    if (best && this.curves[best.c].kind === "plot") this.under(best, wx, wy);
    return best;
  }

  /** On the graph of a function, the point above or below the pointer rather than beside it. */
  under(best, wx, wy) {
    const run = this.curves[best.c].runs[best.k];
    let found = null;
    for (let i = 0; i + 1 < run.length; i++) {
      const [ax, ay] = run[i], [bx, by] = run[i + 1];
      if ((wx - ax) * (wx - bx) > 0 || ax === bx) continue;
      const s = (wx - ax) / (bx - ax), far = Math.abs(ay + s * (by - ay) - wy);
      if (!found || far < found.far) found = { far, at: i + s };
    }
    if (found && found.far * this.scales()[1] < best.far + 60) best.at = found.at;
  }

  point(trace) {
    const run = this.curves[trace.c].runs[trace.k];
    const i = Math.min(Math.floor(trace.at), run.length - 1), s = trace.at - i;
    const [a, b] = [run[i], run[Math.min(i + 1, run.length - 1)]];
    return [a[0] + s * (b[0] - a[0]), a[1] + s * (b[1] - a[1])];
  }

  setTrace(trace) {
    this.trace = trace;
    this.mark();
    if (trace) this.tell();
    else this.reading.textContent = "";
  }

  mark() {
    this.tracer.replaceChildren();
    if (!this.trace) return;
    const [x, y] = this.page(...this.point(this.trace)), [l, t, r, b] = this.box;
    if (x < l - 1 || x > r + 1 || y < t - 1 || y > b + 1) return;
    svg("path", { d: `M${x} ${b}V${y}H${l}`, stroke: "var(--faint)", "stroke-dasharray": "2 3", fill: "none" }, this.tracer);
    svg("circle", { cx: x, cy: y, r: 5, fill: this.curves[this.trace.c].colour ?? "var(--s0)", stroke: "var(--page)", "stroke-width": 1.5 }, this.tracer);
  }

  /** The coordinates of the traced point, to a tenth of a pixel. */
  coordinates() {
    const [wx, wy] = this.point(this.trace), [sx, sy] = this.scales();
    const step = (axis, at, s) => Math.abs(this.value(axis, at + 0.5 / s) - this.value(axis, at - 0.5 / s)) / 10 || 1e-12;
    const x = this.value(0, wx), y = this.value(1, wy);
    return { x, y, texts: [shown(x, step(0, wx, sx)), shown(y, step(1, wy, sy))] };
  }

  tell() {
    const { x, texts } = this.coordinates(), curve = this.curves[this.trace.c];
    this.reading.replaceChildren();
    if (curve.label) el("b", { text: curve.label + "  " }, this.reading);
    const inPi = this.spec.ticks[0].pi && Math.abs(x) > 1e-9 ? ` = ${minus((x / Math.PI).toFixed(4))}π` : "";
    this.reading.append(`x = ${texts[0]}${inPi}, y = ${texts[1]}`);
  }

  /** Moves the traced point along its curve by pixels of the page. */
  step(pixels) {
    if (!this.trace) {
      this.setTrace(this.nearest((this.box[0] + this.box[2]) / 2, (this.box[1] + this.box[3]) / 2));
      return;
    }
    const { c, k } = this.trace, curve = this.curves[c], run = curve.runs[k], [sx, sy] = this.scales();
    const graph = curve.kind === "plot";
    const length = (a, b) => (graph ? Math.abs(b[0] - a[0]) * sx : Math.hypot((b[0] - a[0]) * sx, (b[1] - a[1]) * sy)) || 1e-9;
    let at = this.trace.at, left = Math.abs(pixels), way = Math.sign(pixels);
    while (left > 0) {
      const i = way > 0 ? Math.floor(at) : Math.ceil(at) - 1;
      if (i < 0 || i + 1 >= run.length) {
        const next = k + way;
        if (curve.runs[next]) return this.setTrace({ c, k: next, at: way > 0 ? 0 : curve.runs[next].length - 1 });
        break;
      }
      const span = length(run[i], run[i + 1]), rest = (way > 0 ? i + 1 - at : at - i) * span;
      if (rest > left) {
        at += way * left / span;
        break;
      }
      left -= rest;
      at = way > 0 ? i + 1 : i;
    }
    this.setTrace({ c, k, at: clamp(at, 0, run.length - 1) });
    this.follow();
  }

  /** Keeps the traced point in view. */
  follow() {
    const [x, y] = this.page(...this.point(this.trace)), [l, t, r, b] = this.box;
    const dx = x < l ? l - x + 30 : x > r ? r - x - 30 : 0, dy = y < t ? t - y + 30 : y > b ? b - y - 30 : 0;
    if (dx || dy) this.panBy(dx, dy);
  }

  nextCurve(way) {
    const count = this.curves.length;
    if (!count) return;
    if (!this.trace) return this.step(1);
    const c = (this.trace.c + way + count) % count, [wx] = this.point(this.trace);
    let best = null;
    this.curves[c].runs.forEach((run, k) => run.forEach(([x], i) => {
      if (!best || Math.abs(x - wx) < best.far) best = { far: Math.abs(x - wx), c, k, at: i };
    }));
    this.setTrace(best);
  }
}

// ---- A figure: its panels, their tools, pointers and keys ----

const ICONS = {
  in: "M9 4v10M4 9h10", out: "M4 9h10", reset: "M4 7V3M4 7h4M4.5 7A6 6 0 1 1 3 10.5",
  trace: "M9 1.5v4M9 12.5v4M1.5 9h4M12.5 9h4M9 9h.01", theme: "M9 3a6 6 0 1 0 0 12zM9 3a6 6 0 0 1 0 12",
  play: "M5 3.5l9 5.5-9 5.5z", pause: "M6 4v10M12 4v10",
};

function button(parent, icon, label, action) {
  const node = el("button", { type: "button", "aria-label": label, title: label }, parent);
  const picture = svg("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, node);
  svg("path", { d: ICONS[icon] }, picture);
  node.addEventListener("click", action);
  return node;
}

class Figure {
  constructor(parent) {
    this.grid = el("div", { class: "figure" }, parent);
    this.tools = el("div", { class: "tools", role: "toolbar", "aria-label": "View" }, parent);
    const each = action => () => this.chosen().forEach(action);
    const middle = p => [(p.box[0] + p.box[2]) / 2, (p.box[1] + p.box[3]) / 2];
    this.buttons = {
      in: button(this.tools, "in", "Zoom in", each(p => p.zoomAt(1.5, ...middle(p)))),
      out: button(this.tools, "out", "Zoom out", each(p => p.zoomAt(1 / 1.5, ...middle(p)))),
      reset: button(this.tools, "reset", "Reset the view", () => this.panels.forEach(p => (p.reset(), p.setTrace(null)))),
      trace: button(this.tools, "trace", "Trace the curve", () => this.setTracing(!this.tracing)),
      theme: button(this.tools, "theme", "Light or dark", switchTheme),
    };
    this.reading = el("output", { class: "reading", "aria-live": "polite" }, this.tools);
    this.tracing = false;
    this.panels = [];
    this.last = null;
    this.setTracing(false);
    new ResizeObserver(() => this.fit()).observe(this.grid);
    window.addEventListener("resize", () => this.fit());
  }

  chosen() {
    return this.last && this.panels.includes(this.last) ? [this.last] : this.panels;
  }

  setTracing(on) {
    this.tracing = on;
    this.buttons.trace.setAttribute("aria-pressed", on);
    for (const p of this.panels) {
      p.host.classList.toggle("tracing", on);
      if (!on) p.setTrace(null);
    }
  }

  /** Shows a figure; a view that was moved stays where it is in the coordinates. */
  show(spec) {
    const same = this.spec && this.spec.panels.length === spec.panels.length;
    const before = same ? this.panels.map(p => ({ home: p.isHome, ranges: [p.range(0), p.range(1)], last: p === this.last, trace: p.trace })) : [];
    const focus = same ? this.panels.findIndex(p => p.host === document.activeElement) : -1;
    this.spec = spec;
    this.grid.replaceChildren();
    const placed = spec.columns === 0;
    this.grid.classList.toggle("placed", placed);
    this.grid.style.gridTemplateColumns = `repeat(${Math.max(1, spec.columns)}, minmax(0, 1fr))`;
    this.hosts = spec.panels.map(panel => el("div", {
      class: "panel", tabindex: 0, role: "application",
      "aria-label": `${panel.about || "Figure"}. Arrow keys move, plus and minus zoom, 0 resets, T traces the curve.`,
    }, this.grid));
    this.size();
    this.panels = spec.panels.map((panel, i) => this.listen(new Panel(panel, this.hosts[i], this.reading)));
    this.panels.forEach((p, i) => {
      const old = before[i];
      if (old && !old.home) {
        const [x, y] = old.ranges.map((range, axis) => range.map(v => p.pixel(axis, v)).sort((a, b) => a - b));
        if ([...x, ...y].every(Number.isFinite)) p.show([...x, ...y]);
      }
      if (old?.last) this.last = p;
      if (this.tracing && old?.trace && p.curves[old.trace.c]) {
        p.setTrace(p.nearest(...p.page(p.curves[old.trace.c].runs[0][0][0], 0)));
      }
    });
    this.setTracing(this.tracing);
    if (focus >= 0) this.hosts[focus].focus();
  }

  size() {
    const spec = this.spec, whole = this.grid.clientWidth, narrow = whole < 560;
    const columns = narrow ? 1 : Math.max(1, spec.columns);
    const above = document.querySelector(".controls")?.offsetHeight ?? 0;
    const most = Math.max(320, window.innerHeight - 150 - above);
    if (spec.columns === 0) {
      const height = Math.min(whole * spec.h / spec.w, most);
      this.grid.style.height = `${height}px`;
      spec.panels.forEach((panel, i) => {
        const [l, t, r, b] = panel.cell, style = this.hosts[i].style;
        style.left = `${100 * l / spec.w}%`;
        style.top = `${100 * t / spec.h}%`;
        style.width = `${100 * (r - l) / spec.w}%`;
        style.height = `${100 * (b - t) / spec.h}%`;
      });
      return;
    }
    this.grid.style.height = "";
    const own = (whole - 8 * (columns - 1)) / columns;
    spec.panels.forEach((panel, i) => {
      const [l, t, r, b] = panel.cell;
      this.hosts[i].style.height = `${Math.round(clamp(own * (b - t) / (r - l), narrow ? 240 : 120, most))}px`;
    });
  }

  fit() {
    if (!this.spec || this.grid.clientWidth === this.fitted && window.innerHeight === this.tall) return;
    this.fitted = this.grid.clientWidth;
    this.tall = window.innerHeight;
    this.size();
    this.panels.forEach(p => p.resize());
  }

  listen(p) {
    const host = p.host, touches = new Map();
    let pinch = 0, moved = 0;
    const place = event => {
      const box = host.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    const spread = () => {
      const [a, b] = [...touches.values()];
      return Math.hypot(a[0] - b[0], a[1] - b[1]);
    };
    host.addEventListener("focus", () => (this.last = p));
    host.addEventListener("wheel", event => {
      event.preventDefault();
      this.last = p;
      const lines = event.deltaMode === 1 ? 30 : 1;
      p.zoomAt(Math.exp(clamp(-event.deltaY * lines, -300, 300) * 0.0022), ...place(event));
      if (p.trace) p.tell();
    }, { passive: false });
    host.addEventListener("pointerdown", event => {
      try { host.setPointerCapture(event.pointerId); } catch { /* a pointer of a test */ }
      touches.set(event.pointerId, place(event));
      moved = 0;
      if (touches.size === 2) pinch = spread();
      host.classList.add("dragging");
      this.last = p;
    });
    host.addEventListener("pointermove", event => {
      const now = place(event), before = touches.get(event.pointerId);
      if (!before) {
        if (this.tracing || event.pointerType === "mouse") this.traceAt(p, now);
        return;
      }
      touches.set(event.pointerId, now);
      const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
      moved += Math.abs(dx) + Math.abs(dy);
      p.panBy(dx / touches.size, dy / touches.size);
      if (touches.size === 2) {
        const far = spread(), [a, b] = [...touches.values()];
        if (pinch > 0) p.zoomAt(far / pinch, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
        pinch = far;
      }
    });
    const up = event => {
      if (touches.has(event.pointerId) && moved < 6 && event.type === "pointerup") this.traceAt(p, place(event), true);
      touches.delete(event.pointerId);
      pinch = 0;
      if (!touches.size) host.classList.remove("dragging");
    };
    host.addEventListener("pointerup", up);
    host.addEventListener("pointercancel", up);
    host.addEventListener("pointerleave", () => {
      if (!this.tracing && !touches.size) p.setTrace(null);
    });
    host.addEventListener("dblclick", event => p.zoomAt(event.shiftKey ? 0.5 : 2, ...place(event)));
    host.addEventListener("keydown", event => this.key(event, p));
    return p;
  }

  /** Marks the nearest point, unless the pointer is far from everything and nobody asked. */
  traceAt(p, [x, y], pressed = false) {
    const found = p.nearest(x, y);
    p.setTrace(found && (this.tracing || found.far < (pressed ? 40 : 24)) ? found : null);
  }

  key(event, p) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = event.shiftKey ? 10 : 40, along = event.shiftKey ? 1 : 5;
    const middle = [(p.box[0] + p.box[2]) / 2, (p.box[1] + p.box[3]) / 2];
    const actions = {
      ArrowLeft: () => (this.tracing ? p.step(-along) : p.panBy(far, 0)),
      ArrowRight: () => (this.tracing ? p.step(along) : p.panBy(-far, 0)),
      ArrowUp: () => (this.tracing ? p.nextCurve(-1) : p.panBy(0, far)),
      ArrowDown: () => (this.tracing ? p.nextCurve(1) : p.panBy(0, -far)),
      "+": () => p.zoomAt(1.25, ...middle), "=": () => p.zoomAt(1.25, ...middle),
      "-": () => p.zoomAt(0.8, ...middle), "0": () => p.reset(), Home: () => p.reset(),
      t: () => this.beginTrace(p), T: () => this.beginTrace(p), Escape: () => this.setTracing(false),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
    if (p.trace) p.tell();
  }

  beginTrace(p) {
    this.setTracing(!this.tracing);
    if (this.tracing && !p.trace) p.step(1);
  }
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
}

// ---- What stands on the page: texts and figures of one frame ----

class Output {
  constructor(parent) {
    this.root = el("div", { class: "output" }, parent);
    this.slots = [];
  }

  show(pieces) {
    const nodes = [];
    let used = 0;
    for (const piece of pieces) {
      if (piece.math) {
        const box = el("div", { class: "formula" });
        box.innerHTML = piece.math;
        nodes.push(box);
        continue;
      }
      if (piece.note) {
        nodes.push(el("p", { class: "note", text: piece.note }));
        continue;
      }
      if (piece.figure === undefined) {
        nodes.push(el("pre", { class: piece.fault ? "printed fault" : "printed", text: piece.text }));
        continue;
      }
      let slot = this.slots[used];
      if (!slot) {
        const root = el("section", {}, this.root);
        slot = { root, figure: new Figure(root), shown: null };
        this.slots.push(slot);
      }
      used++;
      nodes.push(slot.root);
      slot.next = piece.figure;
    }
    // A figure stays where it is in the page, so that focus and view stay too.
    const kept = this.slots.slice(0, used).map(slot => slot.root);
    for (const child of [...this.root.children]) if (!kept.includes(child)) child.remove();
    let behind = null;
    for (const node of nodes) {
      const next = behind ? behind.nextSibling : this.root.firstChild;
      if (next !== node) this.root.insertBefore(node, next);
      behind = node;
    }
    for (const slot of this.slots.slice(0, used)) {
      if (slot.shown !== slot.next) slot.figure.show(data.figures[slot.next]);
      slot.shown = slot.next;
    }
  }
}

// ---- Controls of an interact ----

class Controls {
  constructor(parent, controls, rows, changed) {
    this.controls = controls;
    this.at = controls.map(control => control.at);
    this.changed = changed;
    const form = el("form", { class: rows ? "controls rows" : "controls", "aria-label": "Controls" }, parent);
    form.addEventListener("submit", event => event.preventDefault());
    const made = controls.map((control, i) => this.make(control, i));
    if (!rows) return form.append(...made);
    for (const row of rows) el("div", { class: "row" }, form).append(...row.map(i => made[i]));
  }

  /** The number of the frame: the choices are its digits, the first the most significant. */
  frame() {
    return this.controls.reduce((sum, control, i) => sum * control.count + this.at[i], 0);
  }

  set(i, at) {
    if (at === this.at[i]) return;
    this.at[i] = at;
    this.changed();
  }

  make(control, i) {
    if (control.kind === "text") {
      const box = el("div", { class: "control text" });
      box.textContent = control.label;
      return box;
    }
    const group = control.kind === "range" || control.kind === "color" || control.kind === "buttons";
    const box = el(group ? "fieldset" : "div", { class: "control" });
    const id = `control${i}`;
    if (group) el("legend", { text: control.label }, box);
    else el("label", { for: id, text: control.label }, box);
    this[control.kind](control, i, box, id);
    if (control.note) el("small", { text: control.note, id: `${id}-note` }, box);
    return box;
  }

  slider(control, i, box, id) {
    const input = el("input", { type: "range", id, min: 0, max: control.count - 1, step: 1, value: control.at }, box);
    const output = el("output", { for: id }, box);
    const tell = () => {
      input.setAttribute("aria-valuetext", control.values[input.value]);
      output.textContent = control.silent ? "" : control.values[input.value];
    };
    input.addEventListener("input", () => (tell(), this.set(i, +input.value)));
    tell();
  }

  range(control, i, box) {
    const ends = [0, 1].map(k => [...new Set(control.pairs.map(pair => pair[k]))].sort((a, b) => a - b));
    const two = el("div", { class: "two" }, box), output = el("output", {}, box);
    const now = () => inputs.map((input, k) => ends[k][+input.value]);
    const tell = () => (output.textContent = now().map(at => control.values[at]).join(" … "));
    const inputs = [0, 1].map(k => el("input", {
      type: "range", min: 0, max: ends[k].length - 1, step: 1, value: ends[k].indexOf(control.pairs[control.at][k]),
      "aria-label": `${control.label}, ${k ? "upper" : "lower"} end`,
    }, two));
    inputs.forEach((input, k) => input.addEventListener("input", () => {
      // The end that is moved pushes the other one along.
      while (now()[0] > now()[1]) {
        const other = inputs[1 - k];
        other.value = +other.value + (k ? -1 : 1);
        if (+other.value === (k ? 0 : ends[0].length - 1) && now()[0] > now()[1]) break;
      }
      const pair = now(), found = control.pairs.findIndex(([a, b]) => a === pair[0] && b === pair[1]);
      tell();
      if (found >= 0) this.set(i, found);
    }));
    tell();
  }

  check(control, i, box, id) {
    const input = el("input", { type: "checkbox", id, checked: control.at === 1 }, box);
    input.addEventListener("change", () => this.set(i, input.checked ? 1 : 0));
  }

  select(control, i, box, id) {
    const select = el("select", { id, class: "span" }, box);
    control.values.forEach((text, k) => el("option", { value: k, text, selected: k === control.at }, select));
    select.addEventListener("change", () => this.set(i, +select.value));
  }

  buttons(control, i, box) {
    const choices = el("div", { class: "choices" }, box);
    const all = control.values.map((text, k) => {
      const node = el("button", { type: "button", text, "aria-pressed": String(k === control.at) }, choices);
      node.addEventListener("click", () => {
        all.forEach((other, j) => other.setAttribute("aria-pressed", String(j === k)));
        this.set(i, k);
      });
      return node;
    });
  }

  color(control, i, box) {
    const choices = el("div", { class: "swatches span" }, box);
    const all = control.values.map((colour, k) => {
      const node = el("button", { type: "button", class: "swatch", "aria-label": colour, title: colour, "aria-pressed": String(k === control.at) }, choices);
      node.style.background = colour;
      node.addEventListener("click", () => {
        all.forEach((other, j) => other.setAttribute("aria-pressed", String(j === k)));
        this.set(i, k);
      });
      return node;
    });
  }

  box(control, i, box, id) {
    const fixed = control.count === 1;
    const input = el("input", {
      type: "text", id, class: "span", value: control.values[control.at], disabled: fixed, list: fixed ? null : `${id}-list`,
      "aria-describedby": control.note ? `${id}-note` : null,
    }, box);
    if (fixed) return;
    const list = el("datalist", { id: `${id}-list` }, box);
    control.values.forEach(text => el("option", { value: text }, list));
    // Only what was computed can be shown: a number becomes the nearest one, any other text the one before.
    input.addEventListener("change", () => {
      const text = input.value.trim(), number = Number(text);
      let at = control.values.indexOf(text);
      if (at < 0 && text && Number.isFinite(number)) {
        const far = control.values.map(value => Math.abs(Number(value) - number));
        at = far.reduce((best, d, k) => (best < 0 || d < far[best] ? k : best), -1);
      }
      if (at >= 0 && Number.isNaN(Number(control.values[at])) && control.values[at] !== text) at = -1;
      if (at < 0) at = this.at[i];
      input.value = control.values[at];
      this.set(i, at);
    });
  }
}

// ---- Frames of an animation ----

class Player {
  constructor(parent, player, show) {
    this.player = player;
    this.show = show;
    this.at = 0;
    this.turns = 0;
    const form = el("div", { class: "controls" }, parent);
    const box = el("div", { class: "control" }, form);
    this.button = button(box, "play", "Play", () => (this.timer ? this.stop() : this.play()));
    this.input = el("input", { type: "range", min: 0, max: player.count - 1, step: 1, value: 0, "aria-label": "Frame" }, box);
    this.output = el("output", {}, box);
    this.input.addEventListener("input", () => (this.stop(), this.go(+this.input.value)));
    this.go(0);
    if (!matchMedia("(prefers-reduced-motion:reduce)").matches && !document.hidden) this.play();
  }

  go(at) {
    this.at = at;
    this.input.value = at;
    this.output.textContent = `${at + 1} / ${this.player.count}`;
    this.show(at);
  }

  play() {
    this.face("pause", "Pause");
    if (this.at === this.player.count - 1) this.go(0);
    this.wait();
  }

  wait() {
    const last = this.at === this.player.count - 1;
    this.timer = setTimeout(() => {
      if (last && this.player.iterations && ++this.turns >= this.player.iterations) return this.stop();
      this.go((this.at + 1) % this.player.count);
      this.wait();
    }, 10 * (last ? this.player.last : this.player.delay));
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
    this.turns = 0;
    this.face("play", "Play");
  }

  face(icon, label) {
    this.button.querySelector("path").setAttribute("d", ICONS[icon]);
    this.button.setAttribute("aria-label", label);
    this.button.title = label;
  }
}

// ---- The page ----

const main = document.querySelector("main");
let controls = null, player = null;
const output = (() => {
  if (data.title) el("h1", { text: data.title }, main);
  if (data.player) {
    const out = new Output(el("div"));
    player = new Player(main, data.player, at => out.show(data.frames[at]));
    main.append(out.root);
    return out;
  }
  if (data.controls) {
    const shown = () => out.show(data.frames[controls.frame()]);
    controls = new Controls(main, data.controls, data.rows, shown);
    const out = new Output(main);
    shown();
    return out;
  }
  const out = new Output(main);
  out.show(data.frames[0]);
  return out;
})();
if (data.notes?.length) data.notes.forEach(text => el("li", { text }, (main.querySelector("ul.notes") ?? el("ul", { class: "notes" }, main))));
if (data.figures.length) {
  el("p", { class: "hint", text: "Drag to move, wheel or two fingers to zoom, point at a curve to read it; keys: arrows, +, −, 0, T." }, main);
}
window.secant = { data, output, controls, player };
