/*
 * Drawing a relation: from the current annotation to another one, chosen by its number, by the first letters of its
 * words, by stepping, by a press on it; or by pulling a line from chip to chip. Then its label, by number or letters.
 *
 * Words stand in the page as data-say-*; the form #relation-form carries what was chosen.
 */
import { fold } from "./finder.js";
import { newKey } from "./queue.js";
import { byId } from "./screen.js";

const PULLED_PX = 6; // less is a click
const SPOKEN_AFTER_MS = 300;

export function installRelations(screen) {
  if (!byId("relating")) return; // one may not, or there are no labels for relations
  const bar = new RelatingBar(screen, byId("relating"), byId("relation-form"));
  screen.actions.relate = () => (bar.isOpen ? bar.leave() : bar.begin(screen.current));
  watchPulling(screen, bar);
}

class RelatingBar {
  constructor(screen, bar, form) {
    Object.assign(this, { screen, bar, form });
    this.field = bar.querySelector("input");
    this.labels = [...bar.querySelectorAll("[data-relation-label]")];
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("input", () => this.#typed());
    bar.addEventListener("click", ({ target }) => this.#pressed(target));
    document.addEventListener("click", (event) => this.#chosenInText(event), true);
  }

  get isOpen() {
    return !this.bar.hidden;
  }

  begin(from, to = null) {
    if (!from) return this.#say(this.bar.dataset.sayFirst);
    this.from = from;
    this.back = document.activeElement;
    this.bar.hidden = false;
    this.bar.dataset.phase = to ? "label" : "other";
    this.#goTo(to ?? this.#beside(1, from));
    this.field.focus();
  }

  leave() {
    this.bar.hidden = true;
    this.screen.highlights.draft([]);
    (this.back?.isConnected ? this.back : this.screen.scroller).focus({ preventScroll: true });
  }

  // -- keys ------------------------------------------------------------------------------------------------------------

  #key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const isEmpty = this.field.value === "";
    const step = { Tab: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1, ...(isEmpty ? { n: 1, p: -1 } : {}) }[key];
    const isStep = step && this.bar.dataset.phase === "other" && (key !== "Tab" || !isEmpty);
    if (key === "Escape") this.leave();
    else if (key === "Enter") this.#confirm();
    else if (isStep) this.#step(step);
    else if (key === "Backspace" && isEmpty) this.#back();
    else if (this.bar.dataset.phase === "label" && isEmpty && this.labels[Number(key) - 1]) this.#draw(this.labels[Number(key) - 1]);
    else return;
    event.preventDefault();
  }

  #pressed(target) {
    const sign = target.closest("[data-sign]")?.dataset.sign;
    const label = target.closest("[data-relation-label]");
    if (label && this.to) this.#draw(label);
    else if (sign === "Escape") this.leave();
    else if (sign === "Enter") this.#confirm();
    else if (sign) this.#step(Number(sign));
    if (this.isOpen) this.field.focus();
  }

  /** While one is choosing, a press on a chip or on marked words chooses; it does not open. */
  #chosenInText(event) {
    if (!this.isOpen || !this.screen.root.contains(event.target)) return;
    const id = event.target.closest("[data-annotation]")?.dataset.annotation ?? this.#under(event);
    if (!id || id === this.from) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#goTo(id);
    this.#confirm();
    this.field.focus();
  }

  #under({ clientX, clientY }) {
    const caret = document.caretPositionFromPoint?.(clientX, clientY);
    if (!caret || caret.offsetNode.nodeType !== Node.TEXT_NODE) return null;
    const { article, highlights } = this.screen;
    return highlights.at(article.pointOf(caret.offsetNode, caret.offset)).find((span) => span.id !== this.from)?.id;
  }

  // -- choosing the other ------------------------------------------------------------------------------------------------

  #typed() {
    if (this.bar.dataset.phase === "label") return this.#narrow();
    const found = this.#matches()[0];
    if (found) this.#goTo(found, true);
    else if (this.field.value.trim()) this.#say(`${this.bar.dataset.sayNone} “${this.field.value.trim()}”`);
  }

  /** By number, else by the beginning of a word of what is marked: first those whose first word it is. */
  #matches() {
    const typed = this.field.value.trim();
    const others = this.screen.chips.filter((chip) => chip.dataset.annotation !== this.from);
    if (/^\d+$/u.test(typed)) return others.filter((chip) => chip.textContent.trim() === typed).map(idOf);
    const letters = fold(typed);
    const quoteOf = (chip) => fold(chip.getAttribute("aria-label").replace(/^[^:]*:\s*/u, ""));
    if (!letters) return [];
    const first = others.filter((chip) => quoteOf(chip).startsWith(letters));
    const later = others.filter((chip) => !first.includes(chip) && quoteOf(chip).includes(` ${letters}`));
    return [...first, ...later].map(idOf);
  }

  #step(direction) {
    const found = this.field.value.trim() ? this.#matches() : null;
    if (!found?.length) return this.#goTo(this.#beside(direction, this.to ?? this.from));
    const here = found.indexOf(this.to);
    this.#goTo(found[(here + direction + found.length) % found.length], true);
  }

  #beside(direction, id) {
    const ids = this.screen.chips.map(idOf);
    for (let k = 1; k <= ids.length; k++) {
      const other = ids[(ids.indexOf(id) + direction * k + ids.length * 2) % ids.length];
      if (other !== this.from) return other;
    }
    return null;
  }

  #goTo(id, keepsLetters = false) {
    this.to = id;
    if (!keepsLetters) this.field.value = "";
    const span = this.screen.highlights.spans.get(id);
    this.screen.highlights.draft(span?.segments ?? []);
    if (span?.segments.length) this.screen.keepInSight(span.segments[0][0]);
    this.#show();
  }

  #confirm() {
    if (!this.to) return this.#say(this.bar.dataset.sayAlone);
    if (this.bar.dataset.phase === "label") return this.#draw(this.#narrowed()[0] ?? (this.labels.length === 1 ? this.labels[0] : null));
    this.bar.dataset.phase = "label";
    this.field.value = "";
    this.#show();
  }

  #back() {
    if (this.bar.dataset.phase === "other") return this.leave();
    this.bar.dataset.phase = "other";
    this.#show();
  }

  // -- the label ---------------------------------------------------------------------------------------------------------

  #narrow() {
    const left = this.#narrowed();
    this.labels.forEach((button) => button.classList.toggle("off", left.length > 0 && !left.includes(button)));
    if (left.length === 1) this.#draw(left[0]);
  }

  #narrowed() {
    const letters = fold(this.field.value.trim());
    return letters ? this.labels.filter(({ dataset }) => fold(dataset.labelName).startsWith(letters)) : [];
  }

  #draw(label) {
    if (!label) return this.#say(this.bar.dataset.sayLabel);
    const fields = this.form.elements;
    fields.from.value = this.from;
    fields.to.value = this.to;
    fields.annotation.value = this.from;
    fields.label.value = label.dataset.relationLabel;
    fields.idempotency_key.value = newKey();
    this.leave();
    this.form.requestSubmit();
  }

  // -- what is shown and spoken ------------------------------------------------------------------------------------------

  #show() {
    const { dataset } = this.bar;
    const question = dataset.phase === "label" ? dataset.sayLabel : dataset.sayOther;
    const words = this.screen.chipOf(this.to)?.getAttribute("aria-label") ?? dataset.sayAlone;
    this.bar.querySelector("[data-phase-word]").textContent = question;
    this.bar.querySelector("[data-extent]").textContent = words;
    this.labels.forEach((button) => button.classList.remove("off"));
    this.#say(`${question}: ${words}`);
  }

  #say(words) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.screen.say(words), SPOKEN_AFTER_MS);
  }
}

// -- by pulling a line from chip to chip -----------------------------------------------------------------------------------

function watchPulling(screen, bar) {
  let start = null;
  screen.root.addEventListener("dragstart", (event) => event.target.closest?.("[data-annotation]") && event.preventDefault());
  screen.root.addEventListener("pointerdown", ({ target, button, pointerType, clientX: x, clientY: y }) => {
    const chip = button === 0 && pointerType !== "touch" && target.closest("[data-annotation]");
    start = chip ? { chip, x, y, isPulled: false } : null;
  });
  document.addEventListener("pointermove", ({ clientX: x, clientY: y }) => {
    if (!start) return;
    start.isPulled ||= Math.hypot(x - start.x, y - start.y) > PULLED_PX;
    if (start.isPulled) screen.arcs?.pull(start.chip, x, y);
  });
  document.addEventListener("pointerup", ({ clientX: x, clientY: y }) => {
    const pulled = start?.isPulled ? start : null;
    start = null;
    if (!pulled) return;
    screen.arcs?.pull(null);
    swallowClick();
    const end = document.elementFromPoint(x, y)?.closest?.("[data-annotation]");
    if (end && screen.root.contains(end) && end !== pulled.chip) bar.begin(idOf(pulled.chip), idOf(end));
  });
  document.addEventListener("pointercancel", () => { start = null; screen.arcs?.pull(null); });
}

/** The click that ends a pull is none, where one comes at all. */
function swallowClick() {
  const swallow = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  document.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", swallow, { capture: true }));
}

function idOf(chip) {
  return chip.dataset.annotation;
}
