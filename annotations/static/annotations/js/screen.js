/*
 * What every part of the annotate screen shares: the text, its spans and chips, the current annotation, the actions that
 * buttons and keys call by name. A part is a module with `install(screen)`; annotate.js says which there are.
 *
 * "span-changed" {span}, "span-removed" {id} and, for several at once, "spans-changed" {changed, removed} come with the
 * answer to a write; the article itself is never swapped.
 */
import { Bounds } from "./bounds.js";
import { Gutter } from "./gutter.js";
import { Highlights } from "./highlights.js";
import { ArticleText } from "./offsets.js";
import { ajax, htmxCame } from "./requests.js";
import { inSight } from "./visible.js";

const AGAIN_PX = 400; // whoever scrolls farther than this within a frame goes elsewhere

export const byId = (id) => document.getElementById(id);

export class Screen {
  constructor(root) {
    this.root = root;
    this.scroller = byId("text");
    this.inspector = byId("inspector");
    this.spoken = byId("spoken");
    this.article = new ArticleText(root);
    this.bounds = new Bounds(this.article, root.lang);
    this.highlights = new Highlights(this.article, JSON.parse(byId("spans").textContent), {
      scroller: this.scroller,
      onNear: (blocks) => this.gutter.come(blocks),
    });
    this.gutter = new Gutter(this.article, this.highlights);
    this.actions = {}; // name to function: what [data-action] buttons do
    this.current = root.querySelector("[data-annotation][aria-current]")?.dataset.annotation ?? null;
    document.addEventListener("click", ({ target }) => this.#act(target.closest("[data-action]")));
    document.addEventListener("span-changed", ({ detail }) => this.#changed(detail));
    document.addEventListener("span-removed", ({ detail }) => this.#removed(detail));
    document.addEventListener("spans-changed", ({ detail }) => this.#severalChanged(detail));
    document.addEventListener("htmx:oobAfterSwap", ({ target, detail }) => this.#gutterCame(detail.target.isConnected ? detail.target : target));
  }

  /** Draws what depends on the whole screen, once every part is there. */
  show() {
    this.setCurrent(this.current);
    document.fonts?.ready.then(() => this.gutter.placeAgain());
    this.reveal(this.chipOf(this.current)?.closest(".blk")); // a link may have led to one annotation
    htmxCame.then(() => { document.documentElement.dataset.annotate = "ready"; });
    requestAnimationFrame(() => setTimeout(() => performance.mark("marks-painted"))); // for the benchmarks
  }

  get chips() {
    return [...this.root.querySelectorAll("[data-annotation]")];
  }

  chipOf(id) {
    return byId(`chip-${id}`) ?? this.root.querySelector(`[data-annotation="${CSS.escape(id ?? "")}"]`);
  }

  setCurrent(id) {
    this.current = id;
    for (const chip of this.root.querySelectorAll("[data-annotation][aria-current]")) if (chip.dataset.annotation !== id) chip.removeAttribute("aria-current");
    const chip = this.chipOf(id);
    chip?.setAttribute("aria-current", "true");
    for (const block of this.root.querySelectorAll(".blk.here")) block.classList.remove("here");
    chip?.closest(".blk")?.classList.add("here");
    this.highlights.focus(id);
    const peek = document.querySelector("[data-peek]");
    if (peek) peek.textContent = chip?.getAttribute("aria-label") ?? peek.dataset.peek;
    document.dispatchEvent(new CustomEvent("current-changed", { detail: { id } }));
  }

  /** Shows an annotation in the inspector and in the address, so that a reload finds it again. */
  open(chip) {
    document.dispatchEvent(new CustomEvent("opening", { detail: { id: chip.dataset.annotation } }));
    this.setCurrent(chip.dataset.annotation);
    const address = chip.href.replace(/#.*$/, "");
    this.#tellAddress(address);
    ajax("GET", address, { source: this.inspector, target: this.inspector, swap: "innerHTML" });
  }

  /** Behind the next frame: the browser takes its time over an address. */
  #tellAddress(address) {
    this.address = address;
    this.telling ??= setTimeout(() => {
      this.telling = undefined;
      history.replaceState(history.state, "", this.address);
    }, 60);
  }

  /** Scrolls the article's own pane, and nothing around it, until an element stands in its upper third. */
  reveal(element) {
    if (this.scroller.contains(element)) this.#bring(() => this.#beyondThird(element));
  }

  /** The same for a place in the text, and only where it is out of sight. */
  keepInSight(point) {
    this.#bring(() => {
      const place = this.article.ruler(point, point + 1);
      const { top, bottom } = place.getBoundingClientRect();
      const frame = inSight(this.scroller);
      return top < frame.top || bottom > frame.bottom ? this.#beyondThird(place) : 0;
    });
  }

  #beyondThird(place) {
    const frame = inSight(this.scroller);
    return place.getBoundingClientRect().top - frame.top - (frame.bottom - frame.top) / 3;
  }

  /** Scrolls by what is missing, and again in the next frames: blocks that come near have other heights than were guessed. */
  #bring(missing, frames = 3) {
    const { scroller } = this;
    cancelAnimationFrame(this.bringing);
    scroller.scrollTop += missing();
    const reached = scroller.scrollTop;
    if (frames) this.bringing = requestAnimationFrame(() => Math.abs(scroller.scrollTop - reached) < AGAIN_PX && this.#bring(missing, frames - 1));
  }

  /** To where the pane was before; whatever was still being brought into sight is left where it is. */
  goBackTo(top) {
    cancelAnimationFrame(this.bringing);
    this.scroller.scrollTop = top;
  }

  /** On a small screen the inspector is a sheet that opens; else it is there already. */
  showSheet() {
    if (!this.inspector.checkVisibility()) this.inspector.showPopover?.();
  }

  say(words) {
    this.spoken.textContent = words;
  }

  #act(button) {
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const name = button.dataset.action;
    if (this.actions[name]) this.actions[name](button);
    else this.onMissing?.(name, button); // of a part that comes at its first use
  }

  /** Told with its chip there already, or, of a new mark, before the chip comes. */
  #changed(span) {
    this.#dropOldChips(span);
    this.highlights.add(span);
    this.setCurrent(span.id);
    const chip = this.chipOf(span.id);
    if (chip) this.#tellAddress(chip.href.replace(/#.*$/, ""));
    this.gutter.placeFor([span]);
  }

  #removed({ id }) {
    this.highlights.remove(id);
    if (this.current === id) this.setCurrent(null);
  }

  /** The current annotation stays what it was: others' work, an undo, a bulk change take nobody's place away. */
  #severalChanged({ changed = [], removed = [] }) {
    for (const id of removed) {
      this.chipOf(id)?.remove();
      this.#removed({ id });
    }
    for (const span of changed) {
      this.#dropOldChips(span);
      this.highlights.add(span);
    }
    this.gutter.placeFor(changed);
  }

  /** An annotation that moved to another paragraph left its chip behind: the one in its new gutter is right. */
  #dropOldChips({ id, segments }) {
    const block = this.article.blockAt(segments[0][0]).element.closest(".blk");
    for (const chip of this.root.querySelectorAll(`[data-annotation="${CSS.escape(id)}"]`)) if (!block.contains(chip)) chip.remove();
  }

  /** A chip that came alone stands at the end of its gutter; its place is where the text has its span. */
  #putInOrder(chip) {
    const span = this.highlights.spans.get(chip?.dataset.annotation);
    for (let before = chip?.previousElementSibling; span && before; before = chip.previousElementSibling) {
      const other = this.highlights.spans.get(before.dataset.annotation);
      if (!other || !isBefore(span, other)) return;
      before.before(chip);
    }
  }

  /** Gutters and chips come out of band: they are new, and the current one has to be told. */
  #gutterCame(target) {
    if (!target.matches?.(".gut")) return;
    if (target.firstElementChild) target.removeAttribute("aria-hidden");
    this.#dropTwins(target);
    const chip = this.chipOf(this.current);
    if (target.contains(chip)) {
      this.#putInOrder(chip);
      this.#tellAddress(chip.href.replace(/#.*$/, ""));
    }
    this.setCurrent(this.current);
    const block = this.article.byElement.get(target.closest(".blk")?.querySelector("[data-start]"));
    if (block) this.gutter.renew([block]);
  }

  /** A chip that came a second time takes the place of the first. */
  #dropTwins(gutter) {
    const seen = new Set();
    for (const chip of [...gutter.children].reverse()) {
      if (seen.has(chip.dataset.annotation)) chip.remove();
      seen.add(chip.dataset.annotation);
    }
  }
}

/** In the order of the text, then of making: as the server sorts them. */
function isBefore(span, other) {
  const [[a, b], [c, d]] = [span.segments[0], other.segments[0]];
  return (a - c || b - d || span.number - other.number) < 0;
}
