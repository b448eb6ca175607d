/*
 * Code points <-> UTF-16 over the text of an article. Pure: reads text nodes, changes nothing, knows no event.
 *
 * The server counts code points (as Python does), the DOM counts UTF-16 units: an astral character is one of the first
 * and two of the second. Only text inside [data-start] counts; chips and headlines lie outside, so white space in a
 * template can never shift an offset. Blocks tile the text: each begins where the one before ends.
 */

/** A string in both measures. `pairs` holds the UTF-16 index of each surrogate pair; almost always it is empty. */
export class MeasuredText {
  constructor(text) {
    this.text = text;
    this.pairs = [...text.matchAll(/[\u{10000}-\u{10FFFF}]/gu)].map((match) => match.index);
    this.length = text.length - this.pairs.length;
  }

  /** Code points -> UTF-16 units. */
  toUnits(points) {
    return points + countWhile(this.pairs.length, (k) => this.pairs[k] - k < points);
  }

  /** UTF-16 units -> code points; the middle of a pair counts as the pair's start. */
  toPoints(units) {
    return units - countWhile(this.pairs.length, (k) => this.pairs[k] < units);
  }

  slice(start, end) {
    return this.text.slice(this.toUnits(start), this.toUnits(end));
  }
}

/** How many of 0..length-1 hold, when those that hold come first. Binary search. */
export function countWhile(length, holds) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One block: its element, its place in the article in code points, and its text nodes with their UTF-16 starts. */
class Block {
  constructor(element) {
    this.element = element;
    this.nodes = [];
    this.units = [];
    let text = "";
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      this.nodes.push(walker.currentNode);
      this.units.push(text.length);
      text += walker.currentNode.data;
    }
    this.measured = new MeasuredText(text);
    this.start = Number(element.dataset.start);
    this.end = this.start + this.measured.length;
  }

  get text() {
    return this.measured.text;
  }

  /** The block with its gutter: to ask where this is costs no layout, however far away it is. */
  get frame() {
    return this.element.closest(".blk") ?? this.element;
  }

  get isRightToLeft() {
    return getComputedStyle(this.element).direction === "rtl";
  }

  unitAt(point) {
    return this.measured.toUnits(point - this.start);
  }

  pointAt(unit) {
    return this.start + this.measured.toPoints(unit);
  }

  /** The text node and UTF-16 offset of a place; an end stays in the node before, a start goes to the node after. */
  boundary(point, isEnd) {
    if (!this.nodes.length) return { node: this.element, offset: 0 };
    const unit = this.unitAt(point);
    const count = countWhile(this.nodes.length, (k) => (isEnd ? this.units[k] < unit : this.units[k] <= unit));
    const index = Math.max(0, count - 1);
    return { node: this.nodes[index], offset: unit - this.units[index] };
  }
}

/** The whole article: built once, never swapped. */
export class ArticleText {
  constructor(root) {
    this.root = root;
    this.blocks = [...root.querySelectorAll("[data-start]")].map((element) => new Block(element));
    this.byElement = new Map(this.blocks.map((block) => [block.element, block]));
    this.start = this.blocks.length ? this.blocks[0].start : 0;
    this.end = this.blocks.length ? this.blocks.at(-1).end : 0;
  }

  /** The block that holds a place. Between two blocks: the later one for a start, the earlier one for an end. */
  blockAt(point, isEnd = false) {
    return this.blocks[this.#indexAt(point, isEnd)];
  }

  #indexAt(point, isEnd = false) {
    const count = countWhile(this.blocks.length, (k) =>
      isEnd ? this.blocks[k].start < point : this.blocks[k].start <= point,
    );
    return Math.max(0, count - 1);
  }

  boundary(point, isEnd = false) {
    return this.blockAt(point, isEnd).boundary(point, isEnd);
  }

  /** A live range. To paint, `pieces` and static ranges are cheaper; to measure, `ruler`. */
  range(start, end, range = new Range()) {
    const from = this.boundary(start);
    const to = this.boundary(end, true);
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    return range;
  }

  /** One range for whoever measures, until the next one does: every live range is work for each change of the page. */
  ruler(start, end) {
    this.oneRange ??= new Range();
    return this.range(start, end, this.oneRange);
  }

  /** [{block, start, end}]: the parts of segments, cut at the edges of blocks. */
  pieces(segments) {
    return segments.flatMap(([start, end]) => {
      const found = [];
      for (let index = this.#indexAt(start); index < this.blocks.length && this.blocks[index].start < end; index++) {
        const block = this.blocks[index];
        const piece = { block, start: Math.max(start, block.start), end: Math.min(end, block.end) };
        if (piece.start < piece.end) found.push(piece);
      }
      return found;
    });
  }

  /** Exactly the code points [start, end). Not Selection.toString(), which folds white space. */
  slice(start, end) {
    const parts = this.pieces([[start, end]]);
    const length = parts.reduce((sum, piece) => sum + piece.end - piece.start, 0);
    if (length !== end - start) throw new RangeError(`[${start}, ${end}) is not wholly on this page`);
    return parts.map(({ block, start: a, end: b }) => block.measured.slice(a - block.start, b - block.start)).join("");
  }

  /** The quote of several segments, as the server builds it. */
  quote(segments) {
    return segments.map(([start, end]) => this.slice(start, end)).join(" … ");
  }

  /** The place of a DOM boundary, also of one that lies between blocks or in a gutter. */
  pointOf(container, offset) {
    const block = container.nodeType === Node.TEXT_NODE && this.byElement.get(container.parentElement.closest("[data-start]"));
    if (block) return block.pointAt(block.units[block.nodes.indexOf(container)] + offset);
    return this.#nearest(container, offset);
  }

  #nearest(container, offset) {
    const here = new Range();
    here.setStart(container, offset);
    here.collapse(true);
    const liesBefore = (block) => here.comparePoint(block.element, block.element.childNodes.length) < 0;
    const block = this.blocks[countWhile(this.blocks.length, (k) => liesBefore(this.blocks[k]))];
    if (!block) return this.end;
    const passed = countWhile(block.nodes.length, (k) => here.comparePoint(block.nodes[k], block.nodes[k].length) <= 0);
    return passed < block.nodes.length ? block.pointAt(block.units[passed]) : block.end;
  }
}
