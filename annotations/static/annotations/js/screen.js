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
    document.addEventListener("htmx:oobAfterSwap", ({ target }) => this.#gutterCame(target));
  }

  /** Draws what depends on the whole screen, once every part is there. */
  show() {
    this.setCurrent(this.current);
    document.fonts?.ready.then(() => this.gutter.placeAgain());
    this.reveal(this.chipOf(this.current)?.closest(".blk")); // a link may have led to one annotation
    document.documentElement.dataset.annotate = "ready";
    requestAnimationFrame(() => setTimeout(() => performance.mark("marks-painted"))); // for the benchmarks
  }

  get chips() {
    return [...this.root.querySelectorAll("[data-annotation]")];
  }

  chipOf(id) {
    return this.root.querySelector(`[data-annotation="${CSS.escape(id ?? "")}"]`);
  }

  setCurrent(id) {
    this.current = id;
    for (const chip of this.root.querySelectorAll("[data-annotation][aria-current]")) if (chip.dataset.annotation !== id) chip.removeAttribute("aria-current");
    this.chipOf(id)?.setAttribute("aria-current", "true");
    this.highlights.focus(id);
    const peek = document.querySelector("[data-peek]");
    if (peek) peek.textContent = this.chipOf(id)?.getAttribute("aria-label") ?? peek.dataset.peek;
    document.dispatchEvent(new CustomEvent("current-changed", { detail: { id } }));
  }

  /** Shows an annotation in the inspector and in the address, so that a reload finds it again. */
  open(chip) {
    this.setCurrent(chip.dataset.annotation);
    const address = chip.href.replace(/#.*$/, "");
    history.replaceState(history.state, "", address);
    htmx.ajax("GET", address, { source: this.inspector, target: this.inspector, swap: "innerHTML" });
  }

  /** Scrolls the article's own pane, and nothing around it, until an element stands in its upper third. */
  reveal(element) {
    const pane = element?.closest(".text");
    if (pane) pane.scrollTop += element.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  }

  /** The same for a place in the text, and only where it is out of sight. */
  keepInSight(point) {
    const rect = this.article.range(point, point + 1).getBoundingClientRect();
    const frame = this.scroller.getBoundingClientRect();
    if (rect.top < frame.top || rect.bottom > frame.bottom) this.scroller.scrollBy(0, rect.top - frame.top - frame.height / 3);
  }

  /** On a small screen the inspector is a sheet that opens; else it is there already. */
  showSheet() {
    if (!this.inspector.checkVisibility()) this.inspector.showPopover?.();
  }

  say(words) {
    this.spoken.textContent = words;
  }

  #act(button) {
    if (button && button.getAttribute("aria-disabled") !== "true") this.actions[button.dataset.action]?.(button);
  }

  #changed(span) {
    this.#dropOldChips(span);
    this.highlights.add(span);
    this.setCurrent(span.id);
    const chip = this.chipOf(span.id);
    if (chip) history.replaceState(history.state, "", chip.href.replace(/#.*$/, ""));
    this.gutter.placeFor([span]); // the chip may have come before its span was known
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

  /** Gutters come out of band: their chips are new, and the current one has to be told. */
  #gutterCame(target) {
    if (!target.matches?.(".gut")) return;
    this.setCurrent(this.current);
    const block = this.article.byElement.get(target.closest(".blk")?.querySelector("[data-start]"));
    if (block) this.gutter.place([block]);
  }
}
