/*
 * The bar in which a span is marked with the keyboard: a real field for the letters (so input methods, screen readers
 * and touch keyboards work), what is marked so far, and a button for every key. The state is marking.js.
 *
 * Words stand in the page as data-say-*; here they are only filled in and shown, and spoken once the typing rests.
 */
import { fold } from "./finder.js";
import { Marking } from "./marking.js";

const SPOKEN_AFTER_MS = 350;
const ONWARD = { ArrowRight: 1, ArrowLeft: -1 };
const SENTENCE = { ArrowDown: 1, ArrowUp: -1 };

export class MarkingBar {
  /**
   * `onMark(segments, labelKey)` marks; `onLabel(labelKey)` labels the current annotation anew; `onDraft(segments)` paints.
   */
  constructor({ bar, bounds, windows, spoken, onMark, onLabel, onDraft, onLeave }) {
    Object.assign(this, { bar, bounds, spoken, onMark, onLabel, onDraft, onLeave });
    this.marking = new Marking(bounds, windows);
    this.field = bar.querySelector("input");
    this.labels = [...bar.querySelectorAll("[data-label-key]")];
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("input", () => this.#typed());
    bar.addEventListener("click", ({ target }) => this.#clicked(target));
  }

  get isOpen() {
    return !this.bar.hidden;
  }

  /** From the first word at or after a place. */
  begin(point) {
    this.marking.begin(point);
    this.isRelabelling = false;
    this.#open();
  }

  /** With an extent that is chosen already: only the label is missing. */
  beginWith(segment) {
    this.marking.beginWith(segment);
    this.isRelabelling = false;
    this.#open();
  }

  /** A new label for the current annotation: nothing is marked. */
  relabel() {
    this.marking.reset();
    this.marking.phase = "label";
    this.isRelabelling = true;
    this.#open();
  }

  /** Lays a part by, from wherever it was chosen; marks in several parts are one span. */
  addPart(segment) {
    if (segment) this.marking.beginWith(segment);
    this.marking.addPart();
    this.#open();
  }

  /** Marks at once, together with parts that were laid by. */
  markAt(segment, labelKey) {
    this.marking.beginWith(segment);
    this.#mark(labelKey);
  }

  leave() {
    this.marking.reset();
    this.marking.parts = [];
    this.bar.hidden = true;
    this.onDraft([]);
    this.onLeave();
  }

  #open() {
    this.bar.hidden = false;
    this.field.focus();
    this.#show();
  }

  // -- keys -------------------------------------------------------------------------------------------------------------

  #key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const wasHandled = this.#onward(event) || this.#motion(event) || this.#sign(event.key) || this.#digit(event.key);
    if (wasHandled) event.preventDefault();
  }

  #onward({ key, shiftKey }) {
    if (key === "Escape") this.leave();
    else if (key === "Enter") this.#confirm();
    else if (key === "Backspace" && !this.field.value) this.#back();
    else if (key === "Tab" && this.field.value && this.marking.phase !== "label") this.#another(shiftKey);
    else return false;
    return true;
  }

  #motion({ key, shiftKey }) {
    if (this.isRelabelling || !(key in ONWARD || key in SENTENCE)) return false;
    const [, end] = this.marking.extent;
    const mirror = this.bounds.article.blockAt(end, true).isRightToLeft ? -1 : 1;
    if (key in ONWARD) this.marking.move(ONWARD[key] * mirror, shiftKey);
    else this.marking.moveBySentence(SENTENCE[key], shiftKey);
    this.#show();
    return true;
  }

  #sign(key) {
    const moves = {
      "+": () => this.marking.grow(),
      "=": () => this.marking.grow(), // the same key without Shift
      "-": () => this.marking.shrink(),
      ",": () => this.marking.nudgeEnd(-1),
      ".": () => this.marking.nudgeEnd(1),
      "<": () => this.marking.nudgeStart(-1),
      ">": () => this.marking.nudgeStart(1),
      "&": () => this.marking.addPart(),
    };
    if (!moves[key] || this.isRelabelling) return false;
    moves[key]();
    this.#show();
    return true;
  }

  #digit(key) {
    const label = this.labels.find((button) => button.dataset.key === key && /^\d$/.test(key));
    if (!label || !this.marking.takesDigits) return false;
    this.#choose(label);
    return true;
  }

  #clicked(target) {
    const label = target.closest("[data-label-key]");
    const sign = target.closest("[data-sign]")?.dataset.sign;
    if (label) this.#choose(label);
    else if (sign) this.#onward({ key: sign }) || this.#sign(sign);
    if (this.isOpen && sign) this.field.focus();
  }

  // -- what keys do ------------------------------------------------------------------------------------------------------

  #typed() {
    if (this.marking.phase === "label") return this.#narrow();
    const isFound = this.marking.type(this.field.value);
    this.#show({ keepsLetters: true });
    if (!isFound) this.#say(`${this.bar.dataset.sayNone} “${this.field.value}”`);
  }

  #another(isBack) {
    if (isBack) this.marking.previousMatch();
    else this.marking.nextMatch();
    this.#show({ keepsLetters: true });
  }

  #confirm() {
    if (this.marking.phase === "label") return this.#choose(this.#narrowed()[0] ?? this.last);
    if (this.marking.extent) this.marking.confirm();
    this.#show();
  }

  #back() {
    if (this.isRelabelling || !this.marking.back()) this.leave();
    else this.#show();
  }

  /** `l` opens the search for a label, the letters after it narrow it; one label left is taken at once. */
  #narrow() {
    const left = this.#narrowed();
    this.labels.forEach((button) => button.classList.toggle("off", left.length > 0 && !left.includes(button)));
    if (left.length === 1) this.#choose(left[0]);
  }

  #narrowed() {
    const letters = fold(this.field.value.replace(/^l/iu, "").trim());
    const names = ({ dataset }) => [dataset.labelName, dataset.labelKey, dataset.labelCode];
    return letters ? this.labels.filter((button) => names(button).some((name) => fold(name).startsWith(letters))) : [];
  }

  #choose(label) {
    if (!label) return this.#say(this.bar.dataset.sayLabel);
    this.last = label;
    const { labelKey } = label.dataset;
    if (!this.isRelabelling) return this.#mark(labelKey);
    this.leave();
    this.onLabel(labelKey);
  }

  #mark(labelKey) {
    const { segments } = this.marking;
    this.leave();
    if (segments.length) this.onMark(segments, labelKey);
  }

  // -- what is shown and spoken --------------------------------------------------------------------------------------------

  #show({ keepsLetters = false } = {}) {
    if (!keepsLetters) this.field.value = "";
    const { phase, segments, extent } = this.marking;
    const { dataset } = this.bar;
    dataset.phase = phase;
    this.bar.querySelector("[data-phase-word]").textContent = dataset[`say${phase[0].toUpperCase()}${phase.slice(1)}`];
    this.labels.forEach((button) => button.classList.remove("off"));
    const words = extent && !this.isRelabelling ? this.#describe(extent) : "";
    this.bar.querySelector("[data-extent]").textContent = words;
    this.onDraft(this.isRelabelling ? [] : segments);
    this.#say([dataset[`say${phase[0].toUpperCase()}${phase.slice(1)}`], words].filter(Boolean).join(": "));
  }

  /** The words themselves while they are few, else the first and the last with the number of words. */
  #describe([start, end]) {
    const { article } = this.bounds;
    const count = this.bounds.countWords(start, end);
    const text = article.slice(start, end).replace(/\s+/gu, " ");
    if (count <= 6) return `“${text}”`;
    const words = text.split(" ");
    return `“${words.slice(0, 3).join(" ")} … ${words.slice(-2).join(" ")}”, ${count} ${this.bar.dataset.sayWords}`;
  }

  #say(words) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.spoken.textContent = words; }, SPOKEN_AFTER_MS);
  }
}
