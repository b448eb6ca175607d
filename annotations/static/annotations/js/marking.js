/*
 * Marking with the keyboard, as a state and its moves; no DOM here. The bar (marking_bar.js) shows it and feeds it keys.
 *
 * Three phases: `start` (a word is looked for), `end` (it stays, the last word is looked for), `label`. The span reaches
 * from an anchor to a focus, as in an editor, so that it may also grow backwards. Directions are those of the text:
 * 1 is onward, -1 back, whatever side of the screen that is.
 */
import { matches } from "./finder.js";

export class Marking {
  /** `windows(from)` gives the stretches of the article to search, nearest first. */
  constructor(bounds, windows) {
    this.bounds = bounds;
    this.windows = windows;
    this.reset();
    this.parts = [];
  }

  reset() {
    this.phase = "start";
    this.anchor = null;
    this.focus = null;
    this.hasMoved = false;
    this.isExact = false; // else quotation marks and brackets that the words open are closed with them
    this.smaller = [];
    this.#clearQuery();
  }

  /** Begins at the first word at or after a place. */
  begin(point) {
    this.reset();
    this.#collapseTo(this.bounds.wordAfter(point) ?? this.bounds.wordBefore(point) ?? this.#firstCluster());
    this.searchFrom = this.anchor?.start ?? 0;
  }

  /** Begins with an extent that the mouse chose; only the label is missing. */
  beginWith([start, end]) {
    this.reset();
    this.#cover({ start, end });
    this.phase = "label";
  }

  get extent() {
    if (!this.anchor) return null;
    const start = Math.min(this.anchor.start, this.focus.start);
    const end = Math.max(this.anchor.end, this.focus.end);
    return this.isExact ? [start, end] : this.bounds.balance(start, end);
  }

  /** What will be stored: parts laid by and the present extent, sorted, joined where they touch or overlap. */
  get segments() {
    return joined([...this.parts, ...(this.extent ? [this.extent] : [])]);
  }

  /** Whether a digit labels what is marked now; else it is a letter to look for, as in "7 October". */
  get takesDigits() {
    if (/^\d/u.test(this.query)) return false;
    return this.phase !== "start" || this.hasMoved || this.query !== "";
  }

  // -- looking for a word by its first letters ------------------------------------------------------------------------

  /** Returns whether a word begins so. Without a match the extent stays where it was. */
  type(query) {
    this.query = query;
    this.found = [];
    this.search = query.trim() ? matches(this.bounds, query, this.#places()) : null;
    return query.trim() === "" || this.nextMatch();
  }

  nextMatch() {
    const { value } = this.search?.next() ?? {};
    if (value) this.found.push(value);
    return this.#showMatch(value);
  }

  previousMatch() {
    if (this.found.length > 1) this.found.pop();
    return this.#showMatch(this.found.at(-1));
  }

  #places() {
    if (this.phase === "start") return this.windows(this.searchFrom);
    return [[this.anchor.start, this.bounds.article.end]];
  }

  #showMatch(match) {
    if (!match) return false;
    if (this.phase === "start") this.#collapseTo(match.first);
    else this.#reach(match.last);
    this.smaller = [];
    return true;
  }

  #clearQuery() {
    this.query = "";
    this.found = [];
    this.search = null;
  }

  // -- moving ----------------------------------------------------------------------------------------------------------

  /** One word onward or back: the place while looking for the start, else (or with `extend`) the focus. */
  move(direction, extend = false) {
    const { focus } = this;
    const word = direction > 0 ? this.bounds.wordAfter(focus.end) : this.bounds.wordBefore(focus.start);
    this.#go(word, extend);
  }

  moveBySentence(direction, extend = false) {
    const isExtending = extend || this.phase !== "start";
    if (direction > 0) this.#go(isExtending ? this.#endOfSentence() : this.#nextSentence(), extend);
    else this.#go(isExtending && this.focus.start > this.anchor.start ? this.#sentenceLess() : this.#sentenceBack(), extend);
  }

  #go(target, extend) {
    this.hasMoved = true;
    this.smaller = [];
    this.#clearQuery();
    if (!target) return;
    if (extend || this.phase !== "start") this.#reach(target);
    else this.#collapseTo(target);
    this.searchFrom = this.anchor.start;
  }

  #nextSentence() {
    const here = this.bounds.sentenceAt(this.focus.start);
    return here && this.bounds.wordAfter(here.end);
  }

  #sentenceBack() {
    const sentence = this.bounds.sentenceBefore(this.focus.start);
    return sentence && this.bounds.wordAfter(sentence.start);
  }

  #endOfSentence() {
    const sentence = this.bounds.sentenceAt(this.focus.end);
    return sentence && { start: this.bounds.wordBefore(sentence.end).start, end: sentence.end };
  }

  #sentenceLess() {
    const sentence = this.bounds.sentenceBefore(this.focus.start);
    const earlier = sentence && this.bounds.sentenceBefore(sentence.start);
    if (!earlier || earlier.end <= this.anchor.end) return this.anchor;
    return { start: this.bounds.wordBefore(earlier.end).start, end: earlier.end };
  }

  // -- larger, smaller, by a character ------------------------------------------------------------------------------------

  grow() {
    const larger = this.bounds.larger(...this.extent);
    if (!larger) return;
    this.smaller.push([this.anchor, this.focus, this.isExact]);
    this.#cover(larger);
    this.hasMoved = true;
  }

  /** Back to what it was before it grew; else a word less. */
  shrink() {
    if (this.smaller.length) [this.anchor, this.focus, this.isExact] = this.smaller.pop();
    else if (this.focus.start > this.anchor.start) this.move(-1, true);
  }

  nudgeEnd(direction) {
    const [start, end] = this.extent;
    this.#reshape(start, this.bounds.nudge(end, direction));
  }

  nudgeStart(direction) {
    const [start, end] = this.extent;
    this.#reshape(this.bounds.nudge(start, direction), end);
  }

  #reshape(start, end) {
    if (start >= end) return;
    this.hasMoved = true;
    this.#cover({ start, end });
  }

  // -- onward and back through the phases -----------------------------------------------------------------------------------

  confirm() {
    const isOneWord = this.anchor.start === this.focus.start && this.smaller.length === 0;
    if (this.phase === "start" && isOneWord) this.phase = "end";
    else this.phase = "label";
    this.#clearQuery();
  }

  /** One phase back; false when there is none. */
  back() {
    this.#clearQuery();
    if (this.phase === "start") return false;
    if (this.phase === "end") this.#collapseTo(this.anchor);
    this.phase = this.phase === "label" ? "end" : "start";
    return true;
  }

  /** Lays the extent by as one part of a span in several, and looks for the next. */
  addPart() {
    if (!this.extent) return;
    const [, end] = this.extent;
    this.parts = this.segments;
    this.begin(end);
  }

  /** A text without a word (emoji, signs) is marked by the character; an empty one not at all. */
  #firstCluster() {
    const { start, end } = this.bounds.article;
    return start < end ? { start, end: this.bounds.nudge(start, 1) } : null;
  }

  #collapseTo(word) {
    this.anchor = word && { start: word.start, end: word.end };
    this.focus = this.anchor;
    this.isExact = false;
  }

  #reach(word) {
    this.focus = word;
    this.isExact = false;
  }

  /** Anchor and focus become the first and the last word, so that a later move changes the end by a word. */
  #cover({ start, end }) {
    const first = this.bounds.wordAfter(start);
    const last = this.bounds.wordBefore(end);
    const isWorded = first && last && first.start < end && last.end > start;
    this.anchor = isWorded ? { start, end: Math.min(first.end, end) } : { start, end };
    this.focus = isWorded ? { start: Math.max(last.start, start), end } : { start, end };
    this.isExact = true;
  }
}

/** Segments in order; those that touch or overlap are one. */
export function joined(segments) {
  const merged = [];
  for (const [start, end] of [...segments].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
