/*
 * Turns what mouse, pen or finger selected into segments, and shows one toolbar with the labels beside it.
 *
 * Places come from the boundaries of the selection, never from its text. No grapheme cluster is cut; white space at the
 * ends is left out unless it is kept (spaces.js). The toolbar says the words that will be stored, and what was changed;
 * a mouse sees its selection move there too. The toolbar stands in the page; here it is opened, placed and closed.
 */
import { describe, stored } from "./spaces.js";

const QUIET_MS = 120; // a finger that drags a handle fires many times; the toolbar waits until it rests
const GAP = 8;

export class Selection {
  /** `onChange(segment)` hears of each settled selection, null when there is none. */
  constructor({ article, bounds, toolbar, scroller, onChange = () => {} }) {
    Object.assign(this, { article, bounds, toolbar, onChange });
    this.segment = null;
    this.isPressed = false;
    this.pointer = "";
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

  /** [start, end) of the present selection in code points as it will be stored, or null. */
  read() {
    const raw = this.#raw();
    if (!raw) return null;
    this.chosen ??= raw; // what was selected by hand, before it was moved to what is stored
    const isOurs = this.shown && String(raw) === String(this.shown);
    if (!isOurs) this.chosen = raw;
    return stored(this.bounds, this.bounds.snap(...this.chosen));
  }

  /** The place where one clicked last, or where the selection begins; null outside the article. */
  caret() {
    const selection = getSelection();
    if (!selection.rangeCount) return null;
    const { startContainer, startOffset } = selection.getRangeAt(0);
    if (!startContainer.parentElement?.closest("[data-start]")) return null;
    return this.bounds.clusterStart(this.article.pointOf(startContainer, startOffset));
  }

  /** Draws again what a switch changed. */
  refresh() {
    if (this.#raw()) this.#settle(this.read());
  }

  #raw() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.article.root)) return null;
    const start = this.article.pointOf(range.startContainer, range.startOffset);
    const end = this.article.pointOf(range.endContainer, range.endOffset);
    return start < end ? [start, end] : null;
  }

  #press(event) {
    this.isPressed = true;
    this.pointer = event.pointerType;
    this.isOnToolbar = this.toolbar.contains(event.target);
    if (!this.isOnToolbar) this.shown = null;
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
    if (segment) this.#tell(segment);
    this.toolbar.togglePopover(Boolean(segment));
    if (segment) this.#place();
    else this.shown = null;
    this.onChange(segment);
  }

  // -- what will be stored -------------------------------------------------------------------------------------------------

  #tell(segment) {
    const { dataset } = this.toolbar;
    const [start, end] = this.chosen;
    const snapped = this.bounds.snap(start, end);
    const notes = [
      (snapped[0] < start || snapped[1] > end) && dataset.sayWidened,
      (segment[0] > snapped[0] || segment[1] < snapped[1]) && dataset.sayTrimmed,
    ];
    this.toolbar.querySelector("[data-chosen]").textContent = describe(this.bounds, segment, dataset.sayWords);
    this.toolbar.querySelector("[data-changed]").textContent = notes.filter(Boolean).join(" · ");
    if (this.pointer !== "touch") this.#moveTo(segment); // a finger holds the handles of the selection: they stay
  }

  /** The selection becomes what is stored. */
  #moveTo([start, end]) {
    this.shown = [start, end];
    if (String(this.#raw()) === String(this.shown)) return;
    const from = this.article.boundary(start);
    const to = this.article.boundary(end, true);
    getSelection().setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  }

  // -- where the toolbar stands ----------------------------------------------------------------------------------------------

  /** Below the end of the selection, above it where there is no room, never over the edge of the window. */
  #place() {
    const [start, end] = this.segment;
    const rects = this.article.ruler(start, end).getClientRects();
    const rect = rects[rects.length - 1];
    if (!rect) return;
    const { offsetWidth: width, offsetHeight: height, style } = this.toolbar;
    const top = rect.bottom + GAP + height < innerHeight ? rect.bottom + GAP : rects[0].top - GAP - height;
    const left = Math.max(GAP, Math.min(rect.right - width / 2, innerWidth - width - GAP));
    const isMirrored = getComputedStyle(this.toolbar).direction === "rtl";
    style.insetBlockStart = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`;
    style.insetInlineStart = `${isMirrored ? innerWidth - left - width : left}px`;
  }
}
