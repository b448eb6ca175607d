/*
 * The steps of saying who said it, as a state and its moves; no DOM and no server here.
 *
 * Phases: `cue`, `speaker`, `agent`, then `content` unless it was chosen before; again `cue` for the next hop outward,
 * until nobody else relays it; `review` at last. A step begins with a guess as its extent; letters look for other words,
 * arrows and signs change it, as in marking.
 */
import { fold } from "./finder.js";
import { Marking } from "./marking.js";

const DIRECT = /^[“«„「"‘]/u;
const QUOTED = /[“«„「"]/u;
const NOT_IN_TEXT = { 1: { naming: "not_stated", basis: "inferred" }, 2: { basis: "inferred" }, 3: { basis: "external" } };

export class SayingSteps {
  constructor(article, bounds, windows) {
    Object.assign(this, { article, bounds, windows });
  }

  /** `contents` [{segments, annotation?, hasClaim?}] where what is said was chosen; null where it is to be guessed. */
  begin({ contents, at, label }) {
    Object.assign(this, { at, label, guesses: [], readTo: at, hops: [], here: {}, hop: 0, makesClaims: false, past: [] });
    this.isFixed = Boolean(contents);
    this.contents = (contents ?? []).map((content) => ({ ...content, isOn: true }));
    this.#enter("cue", null);
  }

  /** Guesses of the server, in the order of the text. */
  learn({ sayings, to }) {
    const known = new Set(this.guesses.map((guess) => guess.cue[0]));
    this.guesses = [...this.guesses, ...sayings.filter((guess) => !known.has(guess.cue[0]))].sort((a, b) => a.cue[0] - b.cue[0]);
    this.readTo = Math.max(this.readTo, to ?? this.readTo);
    if (this.phase === "cue" && !this.hop && !this.extent) this.#take(this.#firstGuess());
  }

  get extent() {
    return this.marking?.extent ?? null;
  }

  get segments() {
    return this.extent ? [this.extent] : [];
  }

  get query() {
    return this.marking?.query || this.letters || "";
  }

  /** The words whose agent is sought, and where they stand. */
  get speaker() {
    const { speaker, cue } = this.here;
    return { words: speaker ? this.article.slice(...speaker) : "", at: (speaker ?? cue ?? [this.at])[0] };
  }

  // -- guesses -----------------------------------------------------------------------------------------------------------

  /** Around what is said: the nearest cue of its sentence that is not inside it, else of the text; else the next one. */
  #firstGuess() {
    if (!this.isFixed) return this.guesses.find((guess) => guess.cue[0] >= this.at) ?? this.guesses.at(-1) ?? null;
    const [{ segments }] = this.contents;
    const distance = ({ cue }) => (cue[1] <= this.at ? this.at - cue[1] : cue[0] - this.at + 40);
    const isInside = ({ cue }) => segments.some(([start, end]) => start <= cue[0] && cue[0] < end);
    const near = this.guesses.filter((guess) => !isInside(guess));
    const here = near.filter(({ sentence }) => sentence[0] <= this.at && this.at < sentence[1]);
    return (here.length ? here : near).sort((a, b) => distance(a) - distance(b))[0] ?? null;
  }

  /** Outward: another saying of the same sentence that is not part of what is said. */
  #outerGuess() {
    const used = this.hops.map((hop) => hop.cue?.[0]);
    const sentence = this.guess?.sentence;
    const isSaid = (place) => this.contents.some(({ isOn, segments }) => isOn && segments.some(([start, end]) => start <= place && place < end));
    const inSentence = this.guesses.filter((guess) => sentence && guess.sentence[0] === sentence[0]);
    return inSentence.find(({ cue, speaker }) => speaker && !used.includes(cue[0]) && !isSaid(cue[0])) ?? null;
  }

  #take(guess) {
    this.candidate = guess;
    this.#cover(guess?.cue);
  }

  #cover(extent) {
    this.marking = extent ? new Marking(this.bounds, this.windows) : null;
    if (extent) this.marking.beginWith(extent);
  }

  // -- changing what is proposed -------------------------------------------------------------------------------------------

  /** Another word of saying; false where there is none in this direction. */
  another(direction) {
    if (this.marking?.query) return direction > 0 ? this.marking.nextMatch() : this.marking.previousMatch();
    const found = this.letters ? this.#cuesBeginning(this.letters) : this.guesses;
    const here = found.indexOf(this.candidate);
    const next = here < 0 ? this.#firstGuess() : found[here + direction];
    if (next) this.#take(next);
    return Boolean(next);
  }

  /** Letters: in the first step a word of saying that begins so, before any other word; else words of the text. */
  type(letters) {
    this.letters = "";
    const cues = this.phase === "cue" && this.marking?.phase !== "end" ? this.#cuesBeginning(letters) : [];
    if (cues.length) {
      this.#take(cues.find((guess) => guess.cue[0] >= this.at) ?? cues[0]);
      this.letters = letters;
      return true;
    }
    if (!letters.trim()) return true;
    if (!this.marking || this.marking.phase === "label") {
      this.marking = new Marking(this.bounds, this.windows);
      this.marking.begin(this.guess && this.phase !== "cue" ? this.guess.sentence[0] : this.at);
    }
    return this.marking.type(letters);
  }

  #cuesBeginning(letters) {
    const wanted = fold(letters.trim()).replace(/\s+/gu, " ");
    const words = ({ cue }) => ` ${fold(this.article.slice(...cue)).replace(/\s+/gu, " ")}`;
    return wanted ? this.guesses.filter((guess) => words(guess).includes(` ${wanted}`)) : [];
  }

  move(direction, extend) {
    this.#marked()?.move(direction, extend);
  }

  moveBySentence(direction, extend) {
    this.#marked()?.moveBySentence(direction, extend);
  }

  sign(key) {
    const moves = { "+": "grow", "=": "grow", "-": "shrink", ",": ["nudgeEnd", -1], ".": ["nudgeEnd", 1], "<": ["nudgeStart", -1], ">": ["nudgeStart", 1] };
    const [name, direction] = [moves[key] ?? []].flat();
    if (name) this.#marked()?.[name](direction);
  }

  /** Where nothing is proposed an arrow begins at the next word. */
  #marked() {
    if (["agent", "review"].includes(this.phase) || (this.phase === "content" && !this.marking)) return null;
    if (!this.marking) {
      this.marking = new Marking(this.bounds, this.windows);
      this.marking.begin(this.at);
    }
    return this.marking.extent ? this.marking : null;
  }

  /** 0: without this step. In the step of the speaker: not in the text, in three ways. */
  choose(key) {
    if (this.phase === "cue" && key === "0") this.#accept(null);
    else if (this.phase === "speaker" && NOT_IN_TEXT[key]) {
      Object.assign(this.here, { speaker: null, ...NOT_IN_TEXT[key], isElsewhere: true });
      this.#onwardFromSpeaker();
    }
  }

  toggle(place) {
    const content = this.contents[place];
    if (content) content.isOn = !content.isOn;
  }

  toggleClaims() {
    this.makesClaims = !this.makesClaims;
  }

  makesClaimOf(content) {
    return this.makesClaims && !content.hasClaim;
  }

  // -- onward and back ---------------------------------------------------------------------------------------------------

  confirm(evidence) {
    if (this.marking && this.marking.phase !== "label") {
      this.marking.confirm();
      this.letters = "";
      if (this.marking.phase !== "label") return this.#fresh();
    }
    if (this.phase === "content" && this.marking) return this.#addContent();
    if (this.phase === "cue" || this.phase === "speaker") return this.#accept(this.extent, evidence);
    this.#afterContent();
  }

  #accept(extent, evidence) {
    this.#remember();
    this.here = { ...this.here, [this.phase]: extent };
    if (this.phase === "speaker") return this.#onwardFromSpeaker(evidence);
    if (!extent && this.hop) return this.#enter("review", null);
    this.guess = extent && this.guessAt(extent);
    if (!this.hop && this.guess && !this.isFixed) this.contents = this.guess.contents.map((segments) => ({ segments, isOn: true }));
    this.#enter("speaker", this.guess?.speaker ?? null);
  }

  guessAt([start, end]) {
    return this.guesses.find(({ cue }) => cue[0] < end && start < cue[1]) ?? null;
  }

  #onwardFromSpeaker(evidence) {
    if (this.here.basis === "external") this.here.evidence = evidence;
    this.#enter("agent", null);
  }

  /** What the words of the speaker may mean; the person may say otherwise. */
  propose(proposed) {
    this.proposed = proposed;
  }

  name(name, kind) {
    this.#remember();
    const { naming } = this.proposed ?? {};
    const told = this.here.naming ?? (this.here.speaker ? naming : name ? "named" : "not_stated");
    this.here = { basis: this.here.speaker || this.here.cue ? "stated" : "inferred", ...this.here, name, kind, naming: told || "named" };
    if (!this.here.speaker && this.here.basis === "stated") this.here.basis = "inferred"; // nobody stands there
    this.hops = [...this.hops, this.here];
    this.here = {};
    this.phase = "named";
  }

  #afterContent() {
    if (this.phase === "content") this.#remember();
    if (this.phase === "named" && this.hop === 0 && !this.isFixed) {
      if (!this.contents.length) this.contents = this.#sentenceAsContent();
      return this.#enter("content", null);
    }
    this.hop = this.hops.length;
    const outer = this.#outerGuess();
    this.candidate = outer;
    this.#enter("cue", outer?.cue ?? null);
  }

  #addContent() {
    this.contents = [...this.contents, { segments: this.segments, isOn: true }];
    this.#enter("content", null);
  }

  #sentenceAsContent() {
    const [hop] = this.hops;
    const sentence = this.bounds.sentenceAt((hop.cue ?? hop.speaker ?? [this.at])[0]);
    return sentence ? [{ segments: [[sentence.start, sentence.end]], isOn: true }] : [];
  }

  #enter(phase, extent) {
    this.phase = phase;
    this.letters = "";
    this.#cover(extent);
    this.#fresh();
  }

  #fresh() {
    this.isFresh = true;
  }

  #remember() {
    const { phase, hop, hops, here, contents, guess, candidate, extent } = this;
    this.past.push({ phase, hop, hops, here, contents, guess, candidate, extent });
  }

  /** One step back; false where there is none. */
  back() {
    const before = this.past.pop();
    if (!before) return false;
    const { extent, phase, ...state } = before;
    Object.assign(this, state);
    this.#enter(phase, extent);
    return true;
  }

  // -- what was gathered ---------------------------------------------------------------------------------------------------

  /** As the server takes it: see web/sayings.py. */
  gathered() {
    const said = this.contents.filter((content) => content.isOn);
    const quotes = said.map(({ segments }) => this.article.quote(segments));
    const form = quotes.every((quote) => DIRECT.test(quote)) ? "direct" : quotes.some((quote) => QUOTED.test(quote)) ? "mixed" : "indirect";
    const contents = said.map((content, k) => ({
      ...(content.annotation ? { annotation: content.annotation } : { segments: content.segments, quote: quotes[k], label: this.label }),
      claim: this.makesClaimOf(content) ? quotes[k] : "",
    }));
    const spans = (extent) => extent && { segments: [extent], quote: this.article.quote([extent]) };
    const hops = this.hops.map(({ cue, speaker, name, kind, naming, basis, evidence }, k) => ({
      agent: name, agent_kind: kind, naming, basis, evidence, form: k ? "indirect" : form, cue: spans(cue), speaker: spans(speaker),
    }));
    return { contents, hops };
  }
}
