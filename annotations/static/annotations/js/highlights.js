/*
 * Paints spans with the CSS Custom Highlight API: one Highlight a label slot, never one a span (measured: one a span
 * takes 6.5 s for 5,000 spans, one a slot 39 ms). Only blocks near the viewport are registered. The text is not touched.
 *
 * It holds what the page said (spans in #spans, changes in events) and decides nothing.
 */
const SLOTS = ["l-1", "l-2", "l-3", "l-4", "l-5", "l-6"];
const FOCUS = SLOTS.map((slot) => slot.replace("l", "focus")); // one a colour: a colour set on the root would be a new style for the whole page
const ABOVE_SLOTS = { ...Object.fromEntries(FOCUS.map((name) => [name, 9])), draft: 10 };
const isSupported = typeof Highlight === "function" && Boolean(CSS.highlights);

export class Highlights {
  /** `onNear(blocks)` hears of blocks that came near: the gutter places their chips then. */
  constructor(article, spans, { scroller, onNear = () => {} }) {
    this.article = article;
    this.onNear = onNear;
    this.spans = new Map();
    this.byBlock = new Map(); // block -> Map(span id -> span)
    this.lengths = new Map(SLOTS.map((name) => [name, { sum: 0, count: 0 }])); // of the spans of each slot
    this.painted = new Map(); // block -> Map(span id -> [range, ...])
    this.near = new Set();
    this.drafted = []; // segments
    this.waiting = [];
    this.layers = isSupported ? makeLayers() : null;
    spans.forEach((span) => this.#keep(span));
    this.#order();
    this.#watch(scroller);
  }

  // -- what is painted ---------------------------------------------------------------------------------------------

  /** Adds a span, or replaces the one of the same id. */
  add(span) {
    this.remove(span.id);
    this.#keep(span);
    this.#piecesOf(span).forEach(({ block }) => this.near.has(block) && this.#paint(block, span));
    this.#order();
  }

  remove(id) {
    const span = this.spans.get(id);
    if (!span) return;
    for (const { block } of this.#piecesOf(span)) {
      this.#unpaint(block, span);
      this.byBlock.get(block)?.delete(id);
    }
    this.spans.delete(id);
    this.#count(span, -1);
    if (this.focusId === id) this.focus(null);
  }

  /** Paints one span in the full colour of its slot; null for none. */
  focus(id) {
    const span = this.spans.get(id);
    this.focusId = span ? id : null;
    for (const name of FOCUS) this.#repaint(name, span && name === `focus-${span.slot}` ? span.segments : []);
  }

  /** Segments that are being marked. */
  draft(segments) {
    this.drafted = segments;
    this.#repaintDraft();
  }

  /** Segments that were marked and are not stored yet: painted alike, whatever is being marked meanwhile. */
  wait(segments) {
    this.waiting = segments;
    this.#repaintDraft();
  }

  #repaintDraft() {
    this.#repaint("draft", [...this.drafted, ...this.waiting]);
  }

  /** The spans over a place, the shortest first: what lies on top is meant before what lies below. */
  at(point) {
    const holds = (span) => span.segments.some(([start, end]) => start <= point && point < end);
    const here = [...(this.byBlock.get(this.article.blockAt(point))?.values() ?? [])].filter(holds);
    return here.sort((a, b) => lengthOf(a) - lengthOf(b));
  }

  // -- by block ------------------------------------------------------------------------------------------------------

  #keep(span) {
    this.spans.set(span.id, span);
    this.#count(span, 1);
    for (const { block } of this.#piecesOf(span)) {
      if (!this.byBlock.has(block)) this.byBlock.set(block, new Map());
      this.byBlock.get(block).set(span.id, span);
    }
  }

  #piecesOf(span) {
    return this.article.pieces(span.segments);
  }

  #watch(scroller) {
    const byElement = this.article.byElement;
    const observer = new IntersectionObserver(
      (entries) => {
        const came = entries.filter((entry) => entry.isIntersecting).map(({ target }) => byElement.get(target));
        const left = entries.filter((entry) => !entry.isIntersecting).map(({ target }) => byElement.get(target));
        left.forEach((block) => this.#leave(block));
        came.forEach((block) => this.#enter(block));
        if (came.length) this.onNear(came);
      },
      { root: scroller, rootMargin: "100% 0px" }, // a screen ahead and a screen behind
    );
    this.article.blocks.forEach((block) => observer.observe(block.element));
  }

  #enter(block) {
    if (this.near.has(block)) return;
    this.near.add(block);
    this.byBlock.get(block)?.forEach((span) => this.#paint(block, span));
  }

  #leave(block) {
    if (!this.near.delete(block)) return;
    this.byBlock.get(block)?.forEach((span) => this.#unpaint(block, span));
  }

  // -- ranges and layers ---------------------------------------------------------------------------------------------

  #paint(block, span) {
    if (!this.layers) return;
    if (!this.painted.has(block)) this.painted.set(block, new Map());
    const ranges = this.#piecesOf(span).filter((piece) => piece.block === block).map(staticRange);
    this.painted.get(block).set(span.id, ranges);
    ranges.forEach((range) => this.layers[`l-${span.slot}`].add(range));
  }

  #unpaint(block, span) {
    const ranges = this.painted.get(block)?.get(span.id) ?? [];
    ranges.forEach((range) => this.layers[`l-${span.slot}`].delete(range));
    this.painted.get(block)?.delete(span.id);
  }

  #repaint(name, segments) {
    if (!this.layers) return;
    if (this.layers[name].size) this.layers[name].clear();
    this.article.pieces(segments).forEach((piece) => this.layers[name].add(staticRange(piece)));
  }

  #count(span, sign) {
    const slot = this.lengths.get(`l-${span.slot}`);
    slot.sum += sign * lengthOf(span);
    slot.count += sign;
  }

  /** Slots of shorter spans lie on top, so a word marked inside a marked sentence is seen. */
  #order() {
    if (!this.layers) return;
    const mean = (name) => this.lengths.get(name).sum / (this.lengths.get(name).count || 1);
    const ordered = [...SLOTS].sort((a, b) => mean(b) - mean(a));
    if (String(ordered) === this.ordered) return; // a priority that is set paints everything again
    this.ordered = String(ordered);
    ordered.forEach((name, place) => { this.layers[name].priority = place + 1; });
  }
}

function makeLayers() {
  const layers = {};
  for (const name of [...SLOTS, ...Object.keys(ABOVE_SLOTS)]) {
    layers[name] = new Highlight();
    layers[name].priority = ABOVE_SLOTS[name] ?? 1;
    CSS.highlights.set(name, layers[name]);
  }
  return layers;
}

/** Static: a live range costs the browser work at every change of the page, and this text never changes. */
function staticRange({ block, start, end }) {
  const from = block.boundary(start, false);
  const to = block.boundary(end, true);
  return new StaticRange({ startContainer: from.node, startOffset: from.offset, endContainer: to.node, endOffset: to.offset });
}

function lengthOf(span) {
  return span.segments.reduce((sum, [start, end]) => sum + end - start, 0);
}
