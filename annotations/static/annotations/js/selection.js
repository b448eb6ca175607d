/*
 * Turns what mouse, pen or finger selected into segments, and shows one toolbar with the labels beside it.
 *
 * Places come from the boundaries of the selection, never from its text. White space at the ends is left out, and no
 * grapheme cluster is cut. The toolbar stands in the page; this module only opens, places and closes it.
 */
const QUIET_MS = 120; // a finger that drags a handle fires many times; the toolbar waits until it rests
const GAP = 8;

export class Selection {
  /** `onChange(segment)` hears of each settled selection, null when there is none. */
  constructor({ article, bounds, toolbar, scroller, onChange = () => {} }) {
    Object.assign(this, { article, bounds, toolbar, onChange });
    this.segment = null;
    this.isPressed = false;
    document.addEventListener("selectionchange", () => this.#later());
    document.addEventListener("pointerdown", (event) => this.#press(event), true);
    document.addEventListener("pointerup", () => this.#release(), true);
    document.addEventListener("pointercancel", () => this.#release(), true);
    scroller.addEventListener("scroll", () => this.segment && this.#place(), { passive: true });
    // a press on the toolbar must not end the selection it is about
    toolbar.addEventListener("mousedown", (event) => event.preventDefault());
    toolbar.addEventListener("click", () => { this.isOnToolbar = false; });
  }

  clear() {
    getSelection().removeAllRanges();
    this.#settle(null);
  }

  /** [start, end) of the present selection in code points, or null. */
  read() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.article.root)) return null;
    const start = this.article.pointOf(range.startContainer, range.startOffset);
    const end = this.article.pointOf(range.endContainer, range.endOffset);
    if (start >= end) return null;
    const snapped = this.bounds.snap(start, end);
    return this.bounds.trim(...snapped);
  }

  #press(event) {
    this.isPressed = true;
    this.isOnToolbar = this.toolbar.contains(event.target);
  }

  #release() {
    this.isPressed = false;
    this.#later();
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const isLeftAlone = this.isPressed || this.isOnToolbar; // a finger may end the selection before its press counts
      this.isOnToolbar = false;
      if (!isLeftAlone) this.#settle(this.read());
    }, QUIET_MS);
  }

  #settle(segment) {
    this.segment = segment;
    this.toolbar.togglePopover(Boolean(segment));
    if (segment) this.#place();
    this.onChange(segment);
  }

  /** Below the end of the selection, above it where there is no room, never over the edge of the window. */
  #place() {
    const [start, end] = this.segment;
    const rects = this.article.range(start, end).getClientRects();
    const rect = rects[rects.length - 1];
    if (!rect) return;
    const { offsetWidth: width, offsetHeight: height, style } = this.toolbar;
    const top = rect.bottom + GAP + height < innerHeight ? rect.bottom + GAP : rects[0].top - GAP - height;
    const left = Math.min(rect.right - width / 2, innerWidth - width - GAP);
    style.insetBlockStart = `${Math.max(GAP, top)}px`;
    style.insetInlineStart = `${Math.max(GAP, left)}px`;
  }
}
