/*
 * The bar in which a span is marked with the keyboard: a real field for the letters (so input methods, screen readers
 * and touch keyboards work), what is marked so far, and a button for every key. The state is marking.js.
 *
 * The same bar finds one more part of a stored span, or the word at which it is cut in two, or a label: its task.
 * Words stand in the page as data-say-*; here they are only filled in and shown, and spoken once the typing rests.
 */
import { LabelButtons, lastLabel } from "./labels.js";
import { Marking } from "./marking.js";
import { describe, stored } from "./spaces.js";

const SPOKEN_AFTER_MS = 350;
const ONWARD = { ArrowRight: 1, ArrowLeft: -1 };
const SENTENCE = { ArrowDown: 1, ArrowUp: -1 };

export class MarkingBar {
  /** `onMark(segments, labelKey)` marks; `onDraft(segments)` paints; `onSwitch(sign)` turns one of the two switches. */
  constructor({ bar, bounds, windows, spoken, onMark, onDraft, onLeave, onSwitch }) {
    Object.assign(this, { bar, bounds, spoken, onMark, onDraft, onLeave, onSwitch });
    this.marking = new Marking(bounds, (from) => this.task.within ?? windows(from));
    this.task = {};
    this.field = bar.querySelector("input");
    this.labels = new LabelButtons(bar);
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("input", () => this.#typed());
    bar.addEventListener("click", ({ target }) => this.#clicked(target));
  }

  get isOpen() {
    return !this.bar.hidden;
  }

  /** From the first word at or after a place. */
  begin(point) {
    this.task = {};
    this.marking.begin(point);
    this.#open();
  }

  /** With an extent that is chosen already: only the label is missing. */
  beginWith(segment) {
    this.task = {};
    this.marking.beginWith(segment);
    this.#open();
  }

  /** A label alone: nothing is marked. */
  relabel(onLabel) {
    this.task = { name: "label", onLabel };
    this.marking.reset();
    this.marking.phase = "label";
    this.#open();
  }

  /** Something other than a mark: a `part` [start, end) from a place on, or a `cut` at a word of the windows `within`. */
  ask({ name, point, within, onDone }) {
    this.task = { name, within, onDone };
    this.marking.begin(point);
    this.#open();
  }

  /** Lays a part by, from wherever it was chosen; marks in several parts are one span. */
  addPart(segment) {
    this.task = {};
    if (segment) this.marking.beginWith(segment);
    this.marking.addPart();
    this.#open();
  }

  /** Marks at once, together with parts that were laid by. */
  markAt(segment, labelKey) {
    this.task = {};
    this.marking.beginWith(segment);
    this.#mark(labelKey);
  }

  leave() {
    this.marking.reset();
    this.marking.parts = [];
    this.onDraft([]);
    this.onLeave(); // before it is hidden: to take the focus away then would lay out the page first
    this.bar.hidden = true;
  }

  /** Draws again what a switch changed. */
  refresh() {
    if (this.isOpen) this.#show({ keepsLetters: true });
  }

  /** What will be stored: without the white space at the ends, unless it is kept. */
  get segments() {
    return this.marking.segments.map((segment) => stored(this.bounds, segment)).filter(Boolean);
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
    if (!(key in ONWARD || key in SENTENCE)) return false;
    if (this.marking.phase === "label" && !shiftKey) this.#stepLabel(key);
    else if (this.marking.extent) this.#move(key, shiftKey && this.task.name !== "cut");
    return true;
  }

  #move(key, isExtending) {
    const mirror = this.bounds.article.blockAt(this.marking.extent[1], true).isRightToLeft ? -1 : 1;
    if (key in ONWARD) this.marking.move(ONWARD[key] * mirror, isExtending);
    else this.marking.moveBySentence(SENTENCE[key], isExtending);
    this.#show();
  }

  #stepLabel(key) {
    const mirror = getComputedStyle(this.bar).direction === "rtl" && key in ONWARD;
    this.labels.step(mirror ? { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" }[key] : key);
    this.#say(this.labels.chosen?.dataset.labelName ?? "");
  }

  #sign(key) {
    if (key === "_" || key === "*") return this.onSwitch(key) ?? true;
    const moves = {
      "+": () => this.marking.grow(),
      "=": () => this.marking.grow(), // the same key without Shift
      "-": () => this.marking.shrink(),
      ",": () => this.marking.nudgeEnd(-1),
      ".": () => this.marking.nudgeEnd(1),
      "<": () => this.marking.nudgeStart(-1),
      ">": () => this.marking.nudgeStart(1),
      "&": () => !this.task.name && this.marking.addPart(),
    };
    if (!moves[key] || !this.marking.extent || this.task.name === "cut") return false;
    moves[key]();
    this.#show();
    return true;
  }

  #digit(key) {
    const label = this.labels.withDigit(key);
    if (!label || this.task.onDone || !this.marking.takesDigits) return false;
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
    const { marking, task, labels } = this;
    if (marking.phase === "label") return this.#choose(labels.chosen ?? labels.last);
    if (!marking.extent) return;
    if (task.name === "cut") return this.#finish(marking.extent[0]);
    marking.confirm();
    if (marking.phase !== "label") return this.#show();
    if (task.onDone) return this.#finish(this.segments);
    if (lastLabel.isSticky && labels.last) return this.#choose(labels.last);
    this.#show();
  }

  #finish(found) {
    const { onDone } = this.task;
    this.leave();
    onDone(found);
  }

  #back() {
    if (this.task.name === "label" || !this.marking.back()) this.leave();
    else this.#show();
  }

  /** `l` opens the search for a label, the letters after it narrow it; one label left is taken at once. */
  #narrow() {
    const left = this.labels.narrow(this.field.value);
    if (left.length === 1) this.#choose(left[0]);
    else if (!left.length && this.field.value.replace(/^l/iu, "").trim()) this.#say(`${this.bar.dataset.sayNoLabel} “${this.field.value}”`);
  }

  #choose(label) {
    if (!label) return this.#say(this.bar.dataset.sayLabel);
    const { labelKey } = label.dataset;
    lastLabel.remember(labelKey);
    const { onLabel } = this.task;
    if (!onLabel) return this.#mark(labelKey);
    this.leave();
    onLabel(labelKey);
  }

  #mark(labelKey) {
    const { segments } = this;
    lastLabel.remember(labelKey);
    this.leave();
    if (segments.length) this.onMark(segments, labelKey);
  }

  // -- what is shown and spoken --------------------------------------------------------------------------------------------

  #show({ keepsLetters = false } = {}) {
    if (!keepsLetters) this.field.value = "";
    const { phase, extent } = this.marking;
    const { dataset } = this.bar;
    const asked = this.task.name && phase !== "label" ? `${this.task.name}-${phase}` : phase;
    const phaseWords = dataset[camel(`say-${asked}`)] ?? dataset[camel(`say-${phase}`)];
    dataset.phase = phase;
    dataset.task = this.task.name ?? "";
    this.bar.querySelector("[data-phase-word]").textContent = phaseWords;
    if (!keepsLetters) this.labels.reset();
    const shown = extent && (stored(this.bounds, extent) ?? extent);
    const words = shown ? describe(this.bounds, shown, dataset.sayWords) : "";
    this.bar.querySelector("[data-extent]").textContent = words;
    this.onDraft(this.segments);
    this.#say([phaseWords, words].filter(Boolean).join(": "));
  }

  #say(words) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.spoken.textContent = words; }, SPOKEN_AFTER_MS);
  }
}

function camel(name) {
  return name.replace(/-(\w)/gu, (_, letter) => letter.toUpperCase());
}
