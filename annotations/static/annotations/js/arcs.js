/*
 * Relations as arcs beside the text, from chip to chip in the outer margin. One <svg> without a size of its own hangs on
 * the article, so no arc moves a word; it is drawn for what is near the viewport, and hidden from readers of the page,
 * to whom the inspector's list says the same.
 *
 * What there is stands in #arcs; with every annotation that is shown come its own in #arcs-here.
 */
const SVG = "http://www.w3.org/2000/svg";
const AT_MOST = 300; // drawn at once: more is a thicket that nobody reads
const LANE = 7; // px between arcs beside each other
const LEAST_ROOM = 14; // px of margin, without which there are none
const OFF = "workbench.arcs-off";
const NARROW = "(max-width: 48rem)";

export function installArcs(screen) {
  const arcs = new Arcs(screen);
  screen.arcs = arcs;
  Object.assign(screen.actions, { "toggle-arcs": () => arcs.toggle() });
}

class Arcs {
  constructor(screen) {
    this.screen = screen;
    this.frame = screen.root.parentElement; // .read, beside which the margin lies
    this.#know(read("arcs", []));
    this.svg = element("svg", { class: "arcs", "aria-hidden": "true", focusable: "false" });
    this.frame.prepend(this.svg);
    this.#take();
    this.#watch();
    this.#showState();
  }

  get isOff() {
    return localStorage.getItem(OFF) === "1";
  }

  toggle() {
    if (this.isOff) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    this.#showState();
    this.draw();
  }

  /** A line from a chip to the pointer, while one is drawn by hand; null takes it away. */
  pull(chip, x, y) {
    this.pulled?.remove();
    this.pulled = null;
    if (!chip) return;
    const origin = this.svg.getBoundingClientRect();
    const from = chip.getBoundingClientRect();
    const d = `M${from.x + from.width / 2 - origin.x} ${from.y + from.height / 2 - origin.y}L${x - origin.x} ${y - origin.y}`;
    this.pulled = element("path", { d, class: "pulled" });
    this.svg.append(this.pulled);
  }

  draw() {
    this.isPlanned = false;
    const shapes = this.isOff || matchMedia(NARROW).matches ? [] : this.#shapes();
    this.svg.replaceChildren(...shapes, ...(this.pulled ? [this.pulled] : []));
  }

  /** Where there is nothing to draw, scrolling is not held up by looking where it would stand. */
  plan() {
    if (this.isPlanned || !(this.known.size || this.svg.childElementCount)) return;
    this.isPlanned = true;
    requestAnimationFrame(() => this.draw());
  }

  #watch() {
    const { screen } = this;
    const plan = () => this.plan();
    screen.scroller.addEventListener("scroll", plan, { passive: true });
    new ResizeObserver(plan).observe(screen.scroller);
    new ResizeObserver(plan).observe(screen.root);
    const seen = new IntersectionObserver(plan, { root: screen.scroller, rootMargin: "100% 0px" }); // as the chips are placed
    screen.article.blocks.forEach((block) => seen.observe(block.element));
    ["current-changed", "span-changed", "span-removed", "spans-changed"].forEach((name) => document.addEventListener(name, plan));
    document.addEventListener("htmx:afterSettle", () => this.#take() || plan());
    document.addEventListener("arcs-changed", ({ detail }) => { this.#know(detail.arcs); this.plan(); });
    this.frame.addEventListener("focusin", plan);
    this.svg.addEventListener("click", ({ target }) => this.#follow(target.closest("[data-relation]")));
  }

  /** What the inspector brought: all the arcs of one annotation, in place of those that were known of it. */
  #take() {
    const place = document.getElementById("arcs-here");
    if (!place || place === this.taken) return;
    this.taken = place;
    const { of, arcs } = JSON.parse(place.dataset.arcs);
    for (const arc of [...this.known.values()]) if (arc.from === of || arc.to === of) this.known.delete(arc.id);
    arcs.forEach((arc) => this.known.set(arc.id, arc));
    this.plan();
  }

  #know(arcs) {
    this.known = new Map(arcs.map((arc) => [arc.id, arc]));
  }

  #follow(shape) {
    const arc = shape && this.known.get(shape.dataset.relation);
    const chip = arc && this.screen.chipOf(arc.from === this.screen.current ? arc.to : arc.from);
    if (chip) this.screen.open(chip);
  }

  // -- where they run ------------------------------------------------------------------------------------------------

  #shapes() {
    const room = this.#room();
    if (room.width < LEAST_ROOM) return [];
    const seen = this.#inSight();
    const ends = seen.map((arc) => this.#ends(arc, room)).filter(Boolean).sort((a, b) => a.span - b.span);
    const lanes = [];
    return ends.map((end) => this.#shape(end, laneOf(end, lanes), room));
  }

  /** The margin outside the text, on the side where the chips are, in the coordinates of the svg. */
  #room() {
    const origin = this.svg.getBoundingClientRect();
    const frame = this.screen.root.getBoundingClientRect();
    const pane = this.screen.scroller.getBoundingClientRect();
    const isMirrored = getComputedStyle(this.frame).direction === "rtl";
    const strip = document.getElementById("minimap")?.offsetWidth ?? 0; // it lies over the same margin
    const bar = strip + this.screen.scroller.offsetWidth - this.screen.scroller.clientWidth;
    const width = isMirrored ? frame.left - pane.left - bar : pane.right - frame.right - bar;
    const edge = (isMirrored ? frame.left : frame.right) - origin.left;
    return { edge, width: width - 6, side: isMirrored ? -1 : 1, origin };
  }

  /** Arcs that begin, end or pass near the viewport, as far as their places are known. */
  #inSight() {
    const { article, highlights } = this.screen;
    const near = [...highlights.near].map((block) => block.start);
    const top = Math.min(...near);
    const bottom = Math.max(...[...highlights.near].map((block) => block.end));
    const found = [];
    for (const arc of this.known.values()) {
      const [a, b] = [arc.from, arc.to].map((id) => highlights.spans.get(id)?.segments[0][0]);
      if (a === undefined || b === undefined || Math.max(a, b) < top || Math.min(a, b) > bottom) continue;
      found.push(arc);
      if (found.length === AT_MOST) break;
    }
    return article.blocks.length ? found : [];
  }

  #ends(arc, { edge, side, origin }) {
    const [from, to] = [arc.from, arc.to].map((id) => this.screen.chipOf(id)?.getBoundingClientRect());
    if (!from || !to) return null;
    const at = (rect) => ({ x: (side > 0 ? rect.right : rect.left) - origin.left, y: rect.top + rect.height / 2 - origin.top });
    const [start, end] = [at(from), at(to)];
    const isLevel = Math.abs(start.y - end.y) < 4;
    if (isLevel) start.y -= 5; // two chips of one line: a small loop beside them
    if (isLevel) end.y += 5;
    return { arc, start, end, edge, top: Math.min(start.y, end.y), bottom: Math.max(start.y, end.y), span: Math.abs(start.y - end.y) };
  }

  #shape({ arc, start, end, edge }, lane, { width, side }) {
    const focused = document.activeElement?.closest?.("[data-annotation]")?.dataset.annotation;
    const isCurrent = [arc.from, arc.to].some((id) => id === this.screen.current || id === focused);
    const apex = edge + side * Math.min(width, LEAST_ROOM - 4 + lane * LANE);
    const round = Math.min(9, Math.abs(end.y - start.y) / 2);
    const down = Math.sign(end.y - start.y) || 1;
    const d =
      `M${start.x} ${start.y}H${apex - side * round}Q${apex} ${start.y} ${apex} ${start.y + down * round}` +
      `V${end.y - down * round}Q${apex} ${end.y} ${apex - side * round} ${end.y}H${end.x + side * 5}`;
    const group = element("g", { class: `arc l-${arc.slot}${isCurrent ? " current" : ""}` });
    group.dataset.relation = arc.id;
    const tip = end.x + side;
    group.append(
      element("path", { d, class: "reach" }),
      element("path", { d, class: "line" }),
      element("path", { d: `M${tip} ${end.y}l${side * 7} -4v8z`, class: "tip" }),
      words(arc.name, apex, (start.y + end.y) / 2),
    );
    return group;
  }

  #showState() {
    for (const button of document.querySelectorAll("[data-action='toggle-arcs']")) button.setAttribute("aria-pressed", String(!this.isOff));
  }
}

/** Along the arc, where there are no chips and the edge of the window cuts nothing; shown where it is current or pointed at. */
function words(name, x, y) {
  const text = element("text", { x, y, transform: `rotate(90 ${x} ${y})`, "text-anchor": "middle", "dominant-baseline": "central" });
  text.textContent = name;
  return text;
}

/** The innermost lane in which no other arc runs at the same height. */
function laneOf({ top, bottom }, lanes) {
  let lane = 0;
  while (lanes[lane]?.some((other) => other.top < bottom + 2 && top < other.bottom + 2)) lane += 1;
  (lanes[lane] ??= []).push({ top, bottom });
  return lane;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

function read(id, otherwise) {
  const place = document.getElementById(id);
  return place ? JSON.parse(place.textContent) : otherwise;
}
