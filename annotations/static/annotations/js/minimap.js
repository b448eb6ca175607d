/*
 * The marks of a long text as a slim strip beside the scroll bar: a lane a colour, the part in sight framed. A press, a
 * pull or the arrow keys lead there. Drawn on a canvas from the offsets of the spans, so 10,000 cost no elements.
 */
import { countWhile } from "./offsets.js";
import { byId } from "./screen.js";

const SLOTS = [1, 2, 3, 4, 5, 6];
const LANE = 2; // px
const SHORTEST = 2; // px of a mark

export function installMinimap(screen) {
  const strip = byId("minimap");
  if (!strip || !screen.article.blocks.length) return;
  const map = new Minimap(screen, strip);
  for (const event of ["span-changed", "span-removed", "spans-changed"]) document.addEventListener(event, () => map.later());
}

class Minimap {
  constructor(screen, strip) {
    Object.assign(this, { screen, strip, article: screen.article, scroller: screen.scroller });
    this.canvas = strip.querySelector("canvas");
    this.frame = strip.querySelector("[data-in-sight]");
    this.swatches = SLOTS.map((slot) => strip.querySelector(`.l-${slot}`));
    new ResizeObserver(() => this.later()).observe(this.scroller);
    new ResizeObserver(() => (this.strip.hidden ? this.later() : this.#soon())).observe(this.article.root); // marks lie by offset, not by line
    new MutationObserver(() => this.later()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(query).addEventListener("change", () => this.later());
    this.scroller.addEventListener("scroll", () => this.#soon(), { passive: true });
    strip.addEventListener("pointerdown", (event) => this.#press(event));
    strip.addEventListener("pointermove", (event) => strip.hasPointerCapture(event.pointerId) && this.#goTo(event));
    strip.addEventListener("keydown", (event) => this.#key(event));
  }

  /** In a moment in which nothing else is to do: who marks looks at the text. */
  later() {
    this.drawing ??= whenIdle(() => {
      this.drawing = undefined;
      this.draw();
    });
  }

  /** Once a frame at most. */
  #soon() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = undefined;
      this.follow();
    });
  }

  draw() {
    const { scrollHeight, clientHeight, offsetWidth, clientWidth } = this.scroller;
    this.strip.hidden = scrollHeight <= clientHeight * 1.5;
    if (this.strip.hidden) return;
    this.strip.style.insetInlineEnd = `${offsetWidth - clientWidth}px`;
    const begun = performance.now();
    this.#paint(clientHeight);
    this.strip.dataset.drawnIn = (performance.now() - begun).toFixed(2); // for the benchmarks
    this.follow();
  }

  #paint(height) {
    const scale = Math.min(2, devicePixelRatio);
    this.canvas.width = SLOTS.length * LANE * scale;
    this.canvas.height = height * scale;
    const context = this.canvas.getContext("2d");
    const { start, end } = this.article;
    const perPoint = this.canvas.height / Math.max(1, end - start);
    const least = SHORTEST * scale;
    const lanes = SLOTS.map(() => new Uint8Array(this.canvas.height));
    for (const span of this.screen.highlights.spans.values()) {
      const lane = lanes[span.slot - 1];
      for (const [from, to] of span.segments) {
        const top = Math.floor((from - start) * perPoint);
        lane?.fill(1, top, Math.max(top + least, Math.ceil((to - start) * perPoint)));
      }
    }
    lanes.forEach((lane, k) => {
      context.fillStyle = getComputedStyle(this.swatches[k]).color;
      for (let y = lane.indexOf(1); y >= 0; y = lane.indexOf(1, y)) {
        const next = lane.indexOf(0, y);
        const bottom = next < 0 ? lane.length : next;
        context.fillRect(k * LANE * scale, y, LANE * scale, bottom - y);
        y = bottom;
      }
    });
  }

  /** The frame around what is in sight, and what a screen reader says of it. */
  follow() {
    if (this.strip.hidden) return;
    const { top, bottom } = this.scroller.getBoundingClientRect();
    const from = this.#pointAt(top);
    const to = this.#pointAt(bottom);
    const { start, end } = this.article;
    const height = this.canvas.clientHeight || this.scroller.clientHeight;
    const share = (point) => (point - start) / Math.max(1, end - start);
    this.frame.style.insetBlockStart = `${share(from) * height}px`;
    this.frame.style.blockSize = `${Math.max(8, share(to - from + start) * height)}px`;
    this.strip.setAttribute("aria-valuenow", Math.round(share(from) * 100));
    const block = this.article.blocks.indexOf(this.article.blockAt(from)) + 1;
    this.strip.setAttribute("aria-valuetext", this.strip.dataset.say.replace("{block}", block).replace("{all}", this.article.blocks.length));
  }

  /** The place of the text at a height of the window. */
  #pointAt(y) {
    const { blocks } = this.article;
    const rect = (k) => blocks[k].frame.getBoundingClientRect();
    const k = Math.min(blocks.length - 1, countWhile(blocks.length, (at) => rect(at).bottom <= y));
    const { top, height } = rect(k);
    const part = Math.min(1, Math.max(0, (y - top) / Math.max(1, height)));
    return blocks[k].start + Math.round(part * (blocks[k].end - blocks[k].start));
  }

  #press(event) {
    event.preventDefault();
    this.strip.setPointerCapture(event.pointerId);
    this.strip.focus({ preventScroll: true });
    this.#goTo(event);
  }

  #goTo({ clientY }) {
    const { top, height } = this.strip.getBoundingClientRect();
    this.#show(Math.min(1, Math.max(0, (clientY - top) / height)));
  }

  /** Brings the place that is this share of the text into the middle. */
  #show(share) {
    const { start, end } = this.article;
    const point = start + share * (end - start);
    const block = this.article.blockAt(point);
    const rect = block.frame.getBoundingClientRect();
    const y = rect.top + ((point - block.start) / Math.max(1, block.end - block.start)) * rect.height;
    const frame = this.scroller.getBoundingClientRect();
    this.scroller.scrollTop += y - frame.top - frame.height / 2;
  }

  #key(event) {
    const { clientHeight, scrollHeight } = this.scroller;
    const steps = { ArrowDown: 40, ArrowUp: -40, PageDown: clientHeight * 0.9, PageUp: -clientHeight * 0.9, Home: -scrollHeight, End: scrollHeight };
    if (!(event.key in steps) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.scroller.scrollTop += steps[event.key];
  }
}

function whenIdle(work) {
  return globalThis.requestIdleCallback ? requestIdleCallback(work, { timeout: 1_000 }) : setTimeout(work, 200);
}
