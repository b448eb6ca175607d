/*
 * Sets each chip in the gutter on the line where its span begins. Without this module the chips simply wrap.
 *
 * Chips are links that the server rendered; only their places are set here, through the CSSOM. All rectangles are read
 * before the first place is written, so a screen of blocks costs one layout.
 */
const CHIP = { width: 29, height: 24 }; // px, with the gap; css/annotate.css holds the same figures

export class Gutter {
  /** `near` is the set of blocks near the viewport; the others are not laid out, and are placed when they come near. */
  constructor(article, { spans, near }) {
    this.article = article;
    this.spans = spans; // Map(id -> span), shared with the highlights
    this.near = near;
    this.placed = new Set();
    this.waiting = new Set(); // to be placed anew
    this.width = 0;
    new ResizeObserver(([{ contentRect }]) => this.#fit(contentRect.width)).observe(article.root);
  }

  /** The gutters of these blocks, but for those that are placed already. */
  come(blocks) {
    this.place(blocks.filter((block) => !this.placed.has(block)));
  }

  /** The gutters of the blocks in which these spans begin. Those far away wait until they come near. */
  placeFor(spans) {
    const blocks = [...new Set(spans.map((span) => this.article.blockAt(span.segments[0][0])))];
    this.renew(blocks);
  }

  /** Once before the next frame, however many answers and events speak of them until then. */
  renew(blocks) {
    for (const block of blocks) {
      this.placed.delete(block);
      this.waiting.add(block);
    }
    this.asked ??= requestAnimationFrame(() => {
      this.asked = undefined;
      const near = [...this.waiting].filter((block) => this.near.has(block));
      this.waiting.clear();
      this.place(near);
    });
  }

  /** All of them anew: fonts came, or the lines are of another length. */
  placeAgain() {
    this.placed.clear();
    this.place([...this.near]);
  }

  place(blocks) {
    const plans = blocks.map((block) => this.#plan(block)).filter(Boolean);
    for (const { gutter, lineHeight, places, lines } of plans) {
      for (const { chip, line, column } of places) {
        chip.classList.add("set");
        chip.style.insetBlockStart = `${line * lineHeight + (lineHeight - CHIP.height) / 2}px`;
        chip.style.insetInlineStart = `${column * CHIP.width}px`;
      }
      gutter.style.minBlockSize = `${lines * lineHeight}px`; // more chips than lines: the block grows
    }
    blocks.forEach((block) => this.placed.add(block));
  }

  /** Placing makes the text longer, which is no reason to place again. */
  #fit(width) {
    if (width === this.width) return;
    this.width = width;
    this.placeAgain();
  }

  #plan(block) {
    const gutter = block.frame.querySelector(".gut");
    if (!gutter?.firstElementChild) return null;
    const lineHeight = parseFloat(getComputedStyle(block.element).lineHeight);
    const columns = Math.max(1, Math.floor((gutter.clientWidth + 3) / CHIP.width));
    const top = block.element.getBoundingClientRect().top;
    const taken = [];
    const places = [...gutter.querySelectorAll("[data-annotation]")].map((chip) => {
      let line = this.#lineOf(chip, top, lineHeight);
      while ((taken[line] ?? 0) >= columns) line++;
      const column = taken[line] ?? 0;
      taken[line] = column + 1;
      return { chip, line, column };
    });
    return { gutter, lineHeight, places, lines: taken.length };
  }

  #lineOf(chip, top, lineHeight) {
    const start = this.spans.get(chip.dataset.annotation)?.segments[0][0];
    if (start === undefined) return 0;
    const rect = this.article.ruler(start, start + 1).getClientRects()[0];
    return rect ? Math.max(0, Math.round((rect.top - top) / lineHeight)) : 0;
  }
}
