/*
 * Search in the article: a bar that counts the hits, goes through them, marks one, and leads to all occurrences of it.
 *
 * Hits are painted as highlights; the text is not touched. Escape leads back to where one was before.
 */
import { countWhile } from "./offsets.js";
import { LONGEST_WORDS, TextSearch } from "./occurrences.js";
import { byId } from "./screen.js";

const AT_MOST = 10_000; // more are not counted
const PAINTED = 500; // on either side of the current one
const WAIT_MS = 120; // after a letter

export function installFind(screen) {
  const bar = byId("find");
  if (!bar) return;
  const find = new FindBar(screen, bar);
  Object.assign(screen.actions, {
    "find": () => find.open(),
    "find-next": () => find.step(1),
    "find-previous": () => find.step(-1),
    "find-mark": () => find.mark(),
    "find-all": (button) => find.all(button),
    "find-close": () => find.close(),
  });
  const { searchParams } = new URL(location.href);
  if (searchParams.get("find")) find.openAt(searchParams.get("find"), Number(searchParams.get("at")));
}

class FindBar {
  constructor(screen, bar) {
    Object.assign(this, { screen, bar, hits: [], at: -1 });
    this.field = bar.querySelector("input[type=search]");
    this.count = bar.querySelector("output");
    this.ticks = [...bar.querySelectorAll("input[type=checkbox]")];
    this.layers = paintLayers();
    this.field.addEventListener("input", () => this.#later());
    bar.addEventListener("change", ({ target }) => target !== this.field && this.#search());
    bar.addEventListener("submit", (event) => event.preventDefault());
    bar.addEventListener("keydown", (event) => this.#key(event));
  }

  open() {
    if (this.bar.hidden) {
      this.back = { focus: document.activeElement, top: this.screen.scroller.scrollTop };
      this.bar.hidden = false;
    }
    this.field.focus();
    this.field.select();
    if (this.field.value) this.#search();
  }

  openAt(words, point) {
    this.open();
    this.field.value = words;
    this.from = point;
    this.#search();
  }

  /** Back to where one was: the same lines in sight, the same focus. */
  close() {
    this.bar.hidden = true;
    this.hits = [];
    this.#paint();
    const { focus, top } = this.back ?? {};
    if (top !== undefined) this.screen.goBackTo(top);
    (focus?.isConnected && focus !== document.body ? focus : this.screen.scroller).focus({ preventScroll: true });
  }

  step(direction) {
    clearTimeout(this.timer);
    if (this.isStale) this.#search();
    else if (this.hits.length) this.#go((this.at + direction + this.hits.length) % this.hits.length);
  }

  mark() {
    const hit = this.hits[this.at];
    if (!hit || !this.screen.bar) return;
    const segment = this.#segment(hit);
    this.back = null; // one stays where one marks
    this.close();
    this.screen.bar.beginWith(segment);
  }

  all(button) {
    const address = new URL(button.dataset.address, location.href);
    const asked = { asked: "1", within: "article", words: this.field.value, ...Object.fromEntries(this.ticks.filter((tick) => tick.checked).map((tick) => [tick.name, "1"])) };
    for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
    if (this.field.value.trim()) location.assign(address);
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.target === this.field && !event.ctrlKey) this.step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #later() {
    this.isStale = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#search(), WAIT_MS);
  }

  #search() {
    this.isStale = false;
    const words = this.field.value;
    const options = Object.fromEntries(this.ticks.map((tick) => [tick.name, tick.checked]));
    this.text ??= new WholeText(this.screen.article);
    this.hits = words.trim() ? this.text.search.find(words, options, AT_MOST) : [];
    if (!this.hits.length) {
      this.at = -1;
      this.#paint();
      const { sayLong, sayNone } = this.bar.dataset;
      this.count.textContent = !words.trim() ? "" : words.length > LONGEST_WORDS ? sayLong : sayNone;
      return;
    }
    const from = this.from ?? this.#placeInSight();
    this.from = undefined;
    const unit = this.text.unitOf(from);
    this.#go(countWhile(this.hits.length, (k) => this.hits[k].start < unit) % this.hits.length);
  }

  #placeInSight() {
    const { article, scroller } = this.screen;
    const top = scroller.getBoundingClientRect().top;
    const above = countWhile(article.blocks.length, (k) => article.blocks[k].frame.getBoundingClientRect().bottom <= top);
    return article.blocks[Math.min(above, article.blocks.length - 1)]?.start ?? 0;
  }

  #go(at) {
    this.at = at;
    const [start] = this.#segment(this.hits[at]);
    this.#paint();
    this.screen.keepInSight(start);
    const { sayCount, sayMany } = this.bar.dataset;
    const said = this.hits.length < AT_MOST ? sayCount : sayMany;
    this.count.textContent = said.replace("{at}", (at + 1).toLocaleString()).replace("{all}", this.hits.length.toLocaleString());
  }

  #segment({ start, end }) {
    return [this.text.pointOf(start), this.text.pointOf(end)];
  }

  #paint() {
    if (!this.layers) return;
    const { found, here } = this.layers;
    found.clear();
    here.clear();
    for (let k = Math.max(0, this.at - PAINTED); k <= Math.min(this.hits.length - 1, this.at + PAINTED); k++) {
      const layer = k === this.at ? here : found;
      for (const { block, start, end } of this.screen.article.pieces([this.#segment(this.hits[k])])) layer.add(range(block, start, end));
    }
  }
}

/** The text of all blocks in one piece, so that words are found over the end of a line; places in units and in points. */
class WholeText {
  constructor(article) {
    this.article = article;
    this.units = [];
    let length = 0;
    for (const block of article.blocks) {
      this.units.push(length);
      length += block.text.length;
    }
    this.search = new TextSearch(article.blocks.map((block) => block.text).join(""));
  }

  pointOf(unit) {
    const k = Math.max(0, countWhile(this.units.length, (at) => this.units[at] <= unit) - 1);
    return this.article.blocks[k].pointAt(unit - this.units[k]);
  }

  unitOf(point) {
    const block = this.article.blockAt(point);
    return this.units[this.article.blocks.indexOf(block)] + block.unitAt(point);
  }
}

function paintLayers() {
  if (typeof Highlight !== "function" || !CSS.highlights) return null;
  const layers = { found: new Highlight(), here: new Highlight() };
  layers.found.priority = 11;
  layers.here.priority = 12;
  CSS.highlights.set("found", layers.found);
  CSS.highlights.set("found-here", layers.here);
  return layers;
}

function range(block, start, end) {
  const from = block.boundary(start, false);
  const to = block.boundary(end, true);
  return new StaticRange({ startContainer: from.node, startOffset: from.offset, endContainer: to.node, endOffset: to.offset });
}
