/*
 * The two ends of the current annotation as handles: dragged by mouse, pen or finger, moved with the arrows (by word,
 * with Shift by character, up and down by sentence, mirrored in right-to-left text). Enter stores, Escape gives up.
 *
 * They are buttons that stand in the page above the text; here they are placed and moved. What is stored is told.
 */
import { describe, stored } from "./spaces.js";

const ONWARD = { ArrowRight: 1, ArrowLeft: -1 };
const SENTENCE = { ArrowDown: 1, ArrowUp: -1 };
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;

export class Handles {
  /** `onDraft(segments)` paints what would be stored, `onStore(segments)` stores it, `onGiveUp()` ends it. */
  constructor({ frame, article, bounds, say, onDraft, onStore, onGiveUp }) {
    Object.assign(this, { frame, article, bounds, say, onDraft, onStore, onGiveUp });
    this.buttons = { start: frame.querySelector("[data-handle=start]"), end: frame.querySelector("[data-handle=end]") };
    for (const [side, button] of Object.entries(this.buttons)) {
      button.addEventListener("keydown", (event) => this.#key(event, side));
      button.addEventListener("pointerdown", (event) => this.#grab(event, side));
      button.addEventListener("blur", () => this.#left());
    }
    new ResizeObserver(() => this.place()).observe(article.root);
    this.hide();
  }

  /** At the ends of a part of a stored annotation. */
  show(segments) {
    if (this.isChanged || this.grabbed) return; // what is being moved is not taken away
    this.stored = segments;
    this.part = Math.min(this.part ?? 0, segments.length - 1);
    this.#reset();
    this.frame.hidden = false;
    this.#placeSoon();
  }

  hide() {
    this.frame.hidden = true;
    this.stored = null;
    this.segments = [];
    this.part = 0;
  }

  get isShown() {
    return !this.frame.hidden;
  }

  get isChanged() {
    return Boolean(this.stored) && String(this.segments) !== String(this.stored);
  }

  /** Takes the focus to one end; when it is there already, to the same end of the next part. */
  focus(side) {
    if (!this.isShown) return;
    if (document.activeElement === this.buttons[side]) this.part = (this.part + 1) % this.segments.length;
    this.place();
    this.buttons[side].focus({ preventScroll: true });
    this.#tell();
  }

  // -- moving --------------------------------------------------------------------------------------------------------------

  #key(event, side) {
    const { key, shiftKey } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "Enter") this.store();
    else if (key === "Escape") this.giveUp();
    else if (key in ONWARD) this.#step(side, ONWARD[key] * this.#mirror(side), shiftKey);
    else if (key in SENTENCE) this.#stepBySentence(side, SENTENCE[key]);
    else return;
    event.preventDefault();
  }

  #mirror(side) {
    return this.article.blockAt(this.#point(side), side === "end").isRightToLeft ? -1 : 1;
  }

  #point(side) {
    return this.segments[this.part][side === "start" ? 0 : 1];
  }

  #step(side, direction, isByCharacter) {
    const point = this.#point(side);
    if (isByCharacter) this.#move(side, this.bounds.nudge(point, direction));
    else this.#move(side, side === "start" ? this.bounds.startByWord(point, direction) : this.bounds.endByWord(point, direction));
  }

  #stepBySentence(side, direction) {
    const point = this.#point(side);
    const sentence = direction > 0 ? this.bounds.sentenceAt(side === "start" ? point + 1 : point) : this.bounds.sentenceBefore(point);
    if (!sentence) return;
    const next = side === "start" && direction > 0 ? this.bounds.sentenceAt(sentence.end) : sentence;
    const before = side === "end" && direction < 0 && sentence.end >= point ? this.bounds.sentenceBefore(sentence.start) : next;
    if (before) this.#move(side, side === "start" ? before.start : before.end);
  }

  /** An end stays on its side of the other one, and out of the neighbouring parts. */
  #move(side, point) {
    const segments = this.segments.map((segment) => [...segment]);
    const [start, end] = segments[this.part];
    const least = side === "start" ? (segments[this.part - 1]?.[1] ?? this.article.start) : start + 1;
    const most = side === "start" ? end - 1 : (segments[this.part + 1]?.[0] ?? this.article.end);
    segments[this.part][side === "start" ? 0 : 1] = Math.max(least, Math.min(most, point));
    segments[this.part] = this.bounds.snap(...segments[this.part]);
    if (segments[this.part - 1]?.[1] > segments[this.part][0] || segments[this.part + 1]?.[0] < segments[this.part][1]) return;
    this.segments = segments;
    this.place();
    this.onDraft(this.#toStore());
    this.#tell();
  }

  // -- by pointer ------------------------------------------------------------------------------------------------------------

  #grab(event, side) {
    const button = this.buttons[side];
    const rect = this.#rectOf(side);
    event.preventDefault(); // neither a selection nor a scroll
    button.focus({ preventScroll: true });
    button.setPointerCapture(event.pointerId);
    this.grabbed = { x: event.clientX - rect.x, y: event.clientY - (rect.top + rect.bottom) / 2 };
    this.frame.classList.add("dragging"); // the handles let the pointer through to the text
    const drag = (moved) => this.#drag(moved, side);
    const drop = ({ type }) => {
      button.removeEventListener("pointermove", drag);
      for (const name of ["pointerup", "pointercancel"]) button.removeEventListener(name, drop);
      this.grabbed = null;
      this.frame.classList.remove("dragging");
      if (type === "pointerup" && this.isChanged) this.store();
      else this.#reset();
    };
    button.addEventListener("pointermove", drag);
    for (const name of ["pointerup", "pointercancel"]) button.addEventListener(name, drop);
  }

  #drag({ clientX, clientY }, side) {
    if (!this.grabbed) return;
    const caret = caretAt(clientX - this.grabbed.x, clientY - this.grabbed.y);
    if (!caret?.node.parentElement?.closest("[data-start]")) return;
    this.#move(side, this.article.pointOf(caret.node, caret.offset));
  }

  // -- ending ----------------------------------------------------------------------------------------------------------------

  store() {
    const segments = this.#toStore();
    const isChanged = String(segments) !== String(this.stored);
    this.stored = this.segments; // so that leaving it does not store it twice
    if (isChanged) this.onStore(segments);
    else this.giveUp();
  }

  giveUp() {
    this.#reset();
    this.grabbed = null;
    this.place();
    this.onGiveUp();
  }

  /** Whoever turns to something else meant what stands there. */
  #left() {
    setTimeout(() => {
      const isHere = this.frame.contains(document.activeElement);
      if (!isHere && !this.grabbed && this.isChanged) this.store();
    });
  }

  #reset() {
    this.segments = this.stored.map((segment) => [...segment]);
  }

  #toStore() {
    return this.segments.map((segment) => stored(this.bounds, segment) ?? segment);
  }

  #tell() {
    this.say(describe(this.bounds, this.#toStore()[this.part], this.frame.dataset.sayWords));
  }

  // -- where they stand --------------------------------------------------------------------------------------------------------

  /** Before the next frame: showing them is no reason to lay out the page at once. */
  #placeSoon() {
    this.asked ??= requestAnimationFrame(() => {
      this.asked = undefined;
      this.place();
    });
  }

  place() {
    if (!this.isShown || !this.segments.length) return;
    const frame = this.frame.offsetParent?.getBoundingClientRect();
    if (!frame) return;
    for (const [side, button] of Object.entries(this.buttons)) {
      const rect = this.#rectOf(side);
      const y = side === "start" ? rect.top - button.offsetHeight : rect.bottom; // the start above its line, the end below
      button.style.translate = `${rect.x - frame.left - button.offsetWidth / 2}px ${y - frame.top}px`;
    }
  }

  /** The edge of the first or the last character: x, top, bottom. */
  #rectOf(side) {
    const point = this.#point(side);
    const [from, to] = side === "start" ? [point, this.bounds.nudge(point, 1)] : [this.bounds.nudge(point, -1), point];
    const rects = this.article.ruler(from, to).getClientRects();
    const rect = side === "start" ? rects[0] : rects[rects.length - 1];
    if (!rect) return { x: 0, top: 0, bottom: 0 };
    const letter = this.article.slice(from, to);
    const isMirrored = RIGHT_TO_LEFT.test(letter) || (this.article.blockAt(from).isRightToLeft && !/[\p{L}\p{N}]/u.test(letter));
    return { x: (side === "start") === isMirrored ? rect.right : rect.left, top: rect.top, bottom: rect.bottom };
  }
}

function caretAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  if (caret) return { node: caret.offsetNode, offset: caret.offset };
  const range = document.caretRangeFromPoint?.(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}
