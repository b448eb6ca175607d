/*
 * Who said it, from the text in one flow: the word of saying, the speaker, the agent whom they mean, what is said; then
 * through whom, hop by hop; then all of it at once to the server. The server makes the first guesses (core/sayings.py);
 * each is shown and stays changeable before Enter takes it. The steps are saying_steps.js; here they meet the bar.
 */
import { newKey } from "./queue.js";
import { ajax } from "./requests.js";
import { SayingSteps } from "./saying_steps.js";
import { byId } from "./screen.js";
import { visibleWindows } from "./visible.js";

const SPOKEN_AFTER_MS = 350;
const ONWARD = { ArrowRight: 1, ArrowLeft: -1 };
const SENTENCE = { ArrowDown: 1, ArrowUp: -1 };
const SHOWN_LETTERS = 90;
const PARTS = ["cue", "speaker", "content"];

export function installSaying(screen) {
  if (byId("saying")) screen.saying = new SayingBar(screen, byId("saying"), byId("saying-form"));
}

class SayingBar {
  constructor(screen, bar, form) {
    Object.assign(this, { screen, bar, form });
    this.field = bar.querySelector("[data-letters]");
    this.steps = new SayingSteps(screen.article, screen.bounds, (from) => visibleWindows(screen.article, screen.bounds, screen.scroller, from));
    this.layers = makeLayers();
    this.waiting = 0;
    this.pressed = Promise.resolve(); // keys are taken one after the other: some wait for an answer of the server
    screen.actions["say-who"] = () => this.begin();
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("input", () => this.#typed());
    bar.addEventListener("click", ({ target }) => this.#clicked(target));
    bar.querySelector("[data-content-label]").addEventListener("change", ({ target }) => { this.steps.label = target.value; });
    document.addEventListener("htmx:afterSwap", ({ target }) => target.id === "saying-refused" && this.#refused());
  }

  /** From the selection, or the current annotation, as what is said; else from the nearest word of saying. */
  async begin() {
    const { screen, steps } = this;
    const selected = this.#selected();
    const current = selected ? null : screen.highlights.spans.get(screen.current);
    const isShown = current && screen.inspector.querySelector("[data-action='say-who']");
    this.bar.hidden = false;
    getSelection().removeAllRanges();
    this.field.focus();
    this.form.elements.idempotency_key.value = newKey();
    byId("saying-refused").replaceChildren();
    steps.begin({
      contents: selected ? [{ segments: [selected] }] : isShown ? [{ segments: current.segments, annotation: current.id, hasClaim: this.#hasClaim() }] : null,
      at: selected?.[0] ?? (isShown ? current.segments[0][0] : this.#place()),
      label: this.bar.querySelector("[data-content-label]").value,
    });
    this.#queue(async () => {
      steps.learn(await this.#guesses(steps.at));
      await this.#show();
    });
  }

  leave() {
    this.bar.hidden = true;
    Object.values(this.layers).forEach((layer) => layer.clear());
    this.screen.highlights.draft([]);
    this.screen.scroller.focus({ preventScroll: true });
  }

  // -- from the server -------------------------------------------------------------------------------------------------

  async #guesses(at) {
    const holder = byId("saying-guesses");
    await ajax("GET", `${this.form.action}?at=${at}`, { source: holder, target: holder, swap: "innerHTML" });
    const found = holder.querySelector("[data-guesses]");
    return found ? JSON.parse(found.dataset.guesses) : { sayings: [] };
  }

  /** Who may be meant: the region says it in words and offers others; its first name begins the field. */
  async #askWho() {
    const holder = byId("saying-likeness");
    const { words, at } = this.steps.speaker;
    const query = new URLSearchParams({ words, at });
    await ajax("GET", `${this.form.action}?${query}`, { source: holder, target: holder, swap: "innerHTML" });
    const found = holder.querySelector("[data-likeness]")?.dataset ?? {};
    this.steps.propose({ name: found.name ?? "", kind: found.kind ?? "person", naming: found.naming });
  }

  // -- keys --------------------------------------------------------------------------------------------------------------

  #queue(act) {
    this.waiting += 1;
    this.pressed = this.pressed.then(act).catch(reportError).finally(() => { this.waiting -= 1; });
  }

  #key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, shiftKey } = event;
    if (this.waiting && (key.length === 1 || ["Enter", "Escape", "Backspace"].includes(key))) {
      event.preventDefault(); // what it means is known when the keys before it are done
      return this.#queue(() => this.#late(key, shiftKey));
    }
    const isLetter = key.length === 1 && !this.#isSign(key);
    const isTab = key === "Tab" && this.steps.phase !== "cue" && !this.steps.query;
    if (isLetter || isTab || (key === "Backspace" && this.field.value) || ["Shift", "Delete", "Home", "End"].includes(key)) return;
    if (this.steps.phase === "agent" && (key in ONWARD || key in SENTENCE)) return;
    event.preventDefault();
    this.#queue(() => this.#press(key, shiftKey));
  }

  /** A key that came while an answer was on its way. */
  #late(key, isShifted) {
    const { field } = this;
    const isErasing = key === "Backspace" && field.value;
    if (!isErasing && (key.length > 1 || this.#isSign(key))) return this.#press(key, isShifted);
    field.setRangeText(isErasing ? "" : key, field.selectionStart - (isErasing && field.selectionStart === field.selectionEnd ? 1 : 0), field.selectionEnd, "end");
    return this.#look();
  }

  /** Signs that are no letters in this step: digits choose among buttons, `+ - , . < >` change the span. */
  #isSign(key) {
    const { phase, query } = this.steps;
    if (phase === "agent") return false;
    if (phase === "review" || (phase === "content" && !query && /^[0-9]$/u.test(key))) return true;
    return query === "" && (/^[0-9]$/u.test(key) ? this.#choice(key) !== null : "+=-,.<>".includes(key));
  }

  #choice(key) {
    return this.#choices().find((button) => button.dataset.sign === key) ?? null;
  }

  #choices() {
    return [...this.bar.querySelectorAll("[data-sign]")].filter((button) => button.checkVisibility());
  }

  async #press(key, isShifted = false) {
    const { steps } = this;
    if (this.bar.hidden) return;
    if (key === "Escape") return this.leave();
    if (key === "Enter") return this.#onward();
    if (key === "Backspace") return steps.back() ? this.#show() : this.leave();
    if (key === "Tab") await this.#another(isShifted ? -1 : 1);
    else if (key in ONWARD) steps.move(ONWARD[key] * this.#mirror(), isShifted);
    else if (key in SENTENCE) steps.moveBySentence(SENTENCE[key], isShifted);
    else if (steps.phase === "review" && key === "c") steps.toggleClaims();
    else if (/^\d$/u.test(key)) return this.#choose(key);
    else steps.sign(key);
    await this.#show(true);
  }

  async #onward() {
    const { steps } = this;
    if (steps.phase === "agent") steps.name(this.field.value, this.bar.querySelector("[data-agent-kind-choice]").value);
    if (steps.phase === "review") return this.#record();
    steps.confirm(this.bar.querySelector("[data-evidence]").value);
    await this.#show();
  }

  async #choose(key) {
    const { steps } = this;
    const button = this.#choice(key);
    if (button?.getAttribute("aria-disabled") === "true") return this.#say(button.title);
    if (steps.phase === "content") steps.toggle(Number(key) - 1);
    else steps.choose(key);
    await this.#show();
  }

  /** The next word of saying; behind the last one that is known the server looks further. */
  async #another(direction) {
    const { steps } = this;
    if (steps.another(direction)) return;
    if (direction > 0 && steps.readTo < this.screen.article.end) steps.learn(await this.#guesses(steps.readTo));
    steps.another(direction);
  }

  #typed() {
    if (this.steps.phase !== "agent") this.#queue(() => this.#look());
  }

  async #look() {
    const letters = this.field.value;
    if (this.steps.phase === "agent") return;
    const isFound = this.steps.type(letters);
    await this.#show(true);
    if (!isFound) this.#say(`${this.bar.dataset.sayNone} “${letters}”`);
  }

  #clicked(target) {
    const sign = target.closest("[data-sign]")?.dataset.sign;
    const name = target.closest("[data-agent-name]")?.dataset;
    const place = target.closest("[data-toggle]")?.dataset.toggle;
    if (name) {
      this.field.value = name.agentName;
      this.bar.querySelector("[data-agent-kind-choice]").value = name.agentKind;
    } else if (place) this.#queue(() => { this.steps.toggle(Number(place)); return this.#show(); });
    else if (sign) this.#queue(() => this.#press(sign));
    if ((sign || name || place) && !this.bar.hidden) this.field.focus();
  }

  // -- to the server -------------------------------------------------------------------------------------------------------

  #record() {
    const fields = this.form.elements;
    const { contents, hops } = this.steps.gathered();
    fields.contents.value = JSON.stringify(contents);
    fields.hops.value = JSON.stringify(hops);
    byId("saying-refused").replaceChildren();
    this.form.requestSubmit();
    this.leave();
  }

  /** The local queue has it, or the server; where a rule says no, what was gathered comes back with the reason. */
  #refused() {
    this.form.elements.idempotency_key.value = newKey();
    this.bar.hidden = false;
    this.field.focus();
    this.#queue(() => this.#show());
  }

  // -- what is shown and spoken --------------------------------------------------------------------------------------------

  async #show(keepsLetters = false) {
    const { bar, steps, field } = this;
    const { dataset } = bar;
    if (dataset.phase !== steps.phase || steps.isFresh) await this.#enter();
    else if (!keepsLetters && steps.phase !== "agent") field.value = "";
    const question = this.#question();
    bar.querySelector("[data-phase-word]").textContent = question;
    const words = steps.extent ? this.#quote(steps.segments) : dataset[steps.phase === "cue" && steps.hop ? "sayNobody" : "sayNothing"];
    bar.querySelector("[data-extent]").textContent = ["agent", "review", ...(steps.extent ? [] : ["content"])].includes(steps.phase) ? "" : words;
    bar.querySelector("[data-so-far]").textContent = this.#soFar();
    this.#showContents();
    this.#paint();
    this.#say([question, steps.phase === "agent" ? field.value : words].join(": "));
  }

  /** A step begins: its buttons are shown, and the name of the speaker is there before anybody can take it. */
  async #enter() {
    const { bar, steps, field } = this;
    steps.isFresh = false;
    bar.dataset.phase = steps.phase;
    bar.dataset.hop = steps.hop ? "outer" : "inner";
    field.value = "";
    if (steps.phase === "speaker") this.#offerEvidence();
    if (steps.phase !== "agent") return;
    await this.#askWho();
    field.value = steps.proposed.name;
    bar.querySelector("[data-agent-kind-choice]").value = steps.proposed.kind;
    field.select();
  }

  #question() {
    const { dataset } = this.bar;
    const { phase, hop } = this.steps;
    return dataset[`say${phase[0].toUpperCase()}${phase.slice(1)}${hop && phase === "cue" ? "Outer" : ""}`];
  }

  #soFar() {
    const { steps } = this;
    const hops = [...steps.hops, steps.here].filter((hop) => hop.cue || hop.speaker || hop.name !== undefined);
    const words = ({ name, speaker, cue }) => [name || (speaker ? this.#quote([speaker]) : this.bar.dataset.sayUnnamed), cue ? this.#quote([cue]) : ""].join(" ");
    return hops.map(words).join(` ${this.bar.dataset.sayThrough} `);
  }

  /** One button for each thing said: pressed where it counts, and in the last step the claim that is made of it. */
  #showContents() {
    const list = this.bar.querySelector("[data-contents]");
    const template = this.bar.querySelector("template");
    const made = this.steps.contents.map((content, place) => {
      const button = template.content.firstElementChild.cloneNode(true);
      button.dataset.toggle = place;
      button.setAttribute("aria-pressed", String(content.isOn));
      button.querySelector("kbd").textContent = place + 1;
      button.querySelector("[data-words]").textContent = this.#quote(content.segments);
      button.querySelector("[data-claim]").hidden = !(content.isOn && this.steps.makesClaimOf(content));
      return button;
    });
    list.replaceChildren(...made);
    this.bar.querySelector("[data-sign='c']").setAttribute("aria-pressed", String(this.steps.makesClaims));
  }

  #paint() {
    const { steps, screen, layers } = this;
    Object.values(layers).forEach((layer) => layer.clear());
    const paint = (name, segments) => screen.article.pieces(segments).forEach(({ start, end }) => layers[name]?.add(screen.article.range(start, end)));
    for (const hop of [...steps.hops, steps.here]) PARTS.forEach((part) => hop[part] && paint(part, [hop[part]]));
    steps.contents.filter((content) => content.isOn).forEach((content) => paint("content", content.segments));
    const segments = steps.extent ? steps.segments : [];
    screen.highlights.draft(["agent", "review", "content"].includes(steps.phase) ? [] : segments);
    const place = steps.extent?.[0] ?? steps.hops[0]?.cue?.[0];
    if (place !== undefined && steps.phase !== "agent") screen.keepInSight(place);
  }

  /** Evidence on the claims of the current annotation, as the inspector knows it; none, and the way says so. */
  #offerEvidence() {
    const choice = this.bar.querySelector("[data-evidence]");
    const known = this.steps.isFixed ? [...this.screen.inspector.querySelectorAll("#evidence-here option")] : [];
    const options = known.filter((option) => option.value).map((option) => new Option(option.textContent, option.value));
    const seen = new Set();
    choice.replaceChildren(...options.filter(({ value }) => !seen.has(value) && seen.add(value)));
    const external = this.bar.querySelector("[data-sign='3'][data-basis]");
    external.setAttribute("aria-disabled", String(!options.length));
    external.title = options.length ? "" : this.bar.dataset.sayNoEvidence;
  }

  #quote(segments) {
    const text = this.screen.article.quote(segments).replace(/\s+/gu, " ");
    const shown = text.length > SHOWN_LETTERS ? text.slice(0, SHOWN_LETTERS - 1) + "…" : text;
    return `“${shown}”`;
  }

  #say(words) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.screen.say(words), SPOKEN_AFTER_MS);
  }

  // -- small things --------------------------------------------------------------------------------------------------------

  #hasClaim() {
    return Boolean(this.screen.inspector.querySelector("[id^='heading-claim-']"));
  }

  #mirror() {
    const { extent, at } = this.steps;
    return this.screen.article.blockAt(extent?.[1] ?? at, true).isRightToLeft ? -1 : 1;
  }

  /** What mouse, pen or finger selected in the article, without white space at its ends. */
  #selected() {
    const selection = getSelection();
    const { article, bounds } = this.screen;
    if (!selection.rangeCount || selection.isCollapsed || !selection.getRangeAt(0).intersectsNode(article.root)) return null;
    const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
    const [start, end] = [article.pointOf(startContainer, startOffset), article.pointOf(endContainer, endOffset)];
    return start < end ? bounds.trim(...bounds.snap(start, end)) : null;
  }

  #place() {
    const { article, bounds, scroller } = this.screen;
    const block = article.byElement.get(document.activeElement?.closest?.("[data-start]"));
    return block ? block.start : visibleWindows(article, bounds, scroller, article.start)[0][0];
  }
}

function makeLayers() {
  if (typeof Highlight !== "function" || !CSS.highlights) return {};
  return Object.fromEntries(PARTS.map((part) => {
    const layer = new Highlight();
    layer.priority = 8;
    CSS.highlights.set(`said-${part}`, layer);
    return [part, layer];
  }));
}
