/*
 * Suggestions of machines, apart from annotations: drawn with a dashed line and no fill, looked at one after the other in
 * a bar, accepted or rejected with one key. The server rendered the bar; only its words and the current place change here.
 *
 * While the bar is open its keys (n p a x, digits) go before those of the screen, because it stands last in the page.
 * A decision leaves the list at once and goes through the local queue like every write; a refusal brings the list anew.
 */
import { newKey } from "./queue.js";
import { ajax } from "./requests.js";
import { byId } from "./screen.js";
import { waitingWrites } from "./sending.js";
import { visibleWindows } from "./visible.js";

const TURN = /\/(?:undo|redo)\/$/; // writes that may bring a suggestion back
const DECISION = /\/suggestions\/([^/]+)\/(?:accept|reject)\/$/;

export function installSuggestions(screen) {
  const bar = byId("suggestions");
  if (!bar) return;
  const { article, highlights, root } = screen;
  const form = byId("suggestion-form");
  const found = byId("suggestions-found");
  const dialog = byId("suggestions-dialog");
  const end = bar.querySelector("[data-suggestion-end]");
  const marks = new SuggestionMarks(article, screen.scroller);
  let pending = [];
  let current = null; // the id of the one that the bar shows
  let nextPath = "";

  Object.assign(screen.actions, {
    "suggestions": toggle,
    "next-suggestion": () => step(1),
    "previous-suggestion": () => step(-1),
    "accept-suggestion": (button) => decide("accept", button.dataset.as ?? ""),
    "reject-suggestion": () => decide("reject", ""),
    "list-suggestions": openList,
    "tick-suggestions": (button) => tick(button.dataset.tick === "on"),
  });

  form.addEventListener("htmx:configRequest", ({ detail }) => { detail.path = nextPath; });
  document.addEventListener("htmx:afterSwap", ({ target }) => target === found && take());
  document.addEventListener("suggestion-decided", ({ detail }) => (detail.state === "pending" ? reload() : remove(detail.id)));
  document.addEventListener("suggestions-old", ({ detail }) => {
    if (detail.accepted) dialog?.close();
    reload();
  });
  document.addEventListener("write-answered", ({ detail }) => {
    if (TURN.test(detail.entry.path) || (detail.outcome === "refused" && DECISION.test(detail.entry.path))) reload();
  });
  document.addEventListener("click", openAt);
  bar.addEventListener("keydown", (event) => event.key === "Escape" && close());
  take();

  // -- what there is -------------------------------------------------------------------------------------------------

  /** Reads what the server put into the page; what waits to be sent is decided already. */
  function take() {
    const holder = found.querySelector("[data-suggestions]");
    const sent = new Set(waitingWrites().map(({ path }) => path.match(DECISION)?.[1]));
    pending = JSON.parse(holder?.dataset.suggestions ?? "[]").filter(({ id }) => !sent.has(id));
    tell();
    if (holder?.hasAttribute("data-was-asked")) return open();
    if (!pending.some(({ id }) => id === current)) current = null;
    show();
  }

  function reload() {
    ajax("GET", found.dataset.address, { source: found, target: found, swap: "innerHTML" });
  }

  function remove(id) {
    const place = pending.findIndex((one) => one.id === id);
    if (place < 0) return;
    pending.splice(place, 1);
    if (current === id) current = (pending[place] ?? pending[place - 1])?.id ?? null;
    tell();
    show();
  }

  /** The button in the bar above says how many wait, the text shows where. */
  function tell() {
    for (const count of document.querySelectorAll("[data-suggestion-count]")) {
      count.textContent = pending.length;
      count.hidden = !pending.length;
    }
    marks.draw(pending);
  }

  // -- open, closed, current -----------------------------------------------------------------------------------------

  /** The first press with nothing there asks for suggestions. */
  function toggle() {
    if (!bar.hidden) return close();
    if (pending.length) return open();
    bar.hidden = false;
    show();
    byId("suggest-form")?.requestSubmit();
  }

  function open() {
    bar.hidden = false;
    if (!current) current = nearest()?.id ?? null;
    show();
    goTo();
  }

  function close() {
    const hadFocus = bar.contains(document.activeElement);
    bar.hidden = true;
    marks.focus(null);
    if (hadFocus) screen.scroller.focus({ preventScroll: true });
  }

  /** The first one at or after what is in sight. */
  function nearest() {
    const [[first]] = visibleWindows(article, screen.bounds, screen.scroller, article.start);
    return pending.find(({ segments: [[start]] }) => start >= first) ?? pending[0];
  }

  function step(direction) {
    if (!pending.length) return;
    const here = pending.findIndex(({ id }) => id === current);
    current = pending[(here + direction + pending.length) % pending.length].id;
    show();
    goTo();
  }

  function goTo() {
    const one = pending.find(({ id }) => id === current);
    if (!one) return;
    screen.keepInSight(one.segments.at(-1)[1] - 1);
    screen.keepInSight(one.segments[0][0]);
    screen.say([placeOf(one), one.labelName, `“${one.quote}”`, one.score, one.origin, one.why].filter(Boolean).join(", "));
  }

  function placeOf(one) {
    return `${pending.indexOf(one) + 1} ${bar.dataset.wordOf} ${pending.length}`;
  }

  function show() {
    const one = pending.find(({ id }) => id === current) ?? null;
    const said = one && { ...one, place: placeOf(one), why: one.why && ` · ${one.why}` };
    bar.querySelector("[data-suggestion-now]").hidden = !one;
    for (const part of bar.querySelectorAll("[data-part]")) part.textContent = said?.[part.dataset.part] ?? "";
    for (const button of bar.querySelectorAll("[data-needs-suggestion]")) button.disabled = !one;
    end.hidden = Boolean(one);
    if (!one) end.textContent = bar.dataset.wordNone;
    marks.focus(bar.hidden ? null : one);
  }

  // -- deciding ------------------------------------------------------------------------------------------------------

  function decide(verb, label) {
    const one = pending.find(({ id }) => id === current);
    if (!one) return;
    nextPath = `${one.address}${verb}/`;
    form.dataset.words = `${one.labelName}: “${one.quote}”`;
    form.elements.version.value = one.version;
    form.elements.label.value = label === one.label ? "" : label;
    form.elements.idempotency_key.value = newKey();
    form.requestSubmit();
    remove(one.id);
    if (current) goTo();
    else screen.say(bar.dataset.wordLeft);
    if (bar.contains(document.activeElement) && document.activeElement.disabled) bar.focus();
  }

  /** A click on a dashed passage shows it in the bar, unless an annotation lies there. */
  function openAt({ target, clientX: x, clientY: y }) {
    if (!root.contains(target) || target.closest("[data-annotation]") || !getSelection().isCollapsed) return;
    const caret = document.caretPositionFromPoint?.(x, y);
    if (caret?.offsetNode.nodeType !== Node.TEXT_NODE) return;
    const point = article.pointOf(caret.offsetNode, caret.offset);
    const here = pending.filter(({ segments }) => segments.some(([start, end]) => start <= point && point < end));
    if (!here.length || highlights.at(point).length) return;
    current = here[(here.findIndex(({ id }) => id === current) + 1) % here.length].id;
    open();
  }

  // -- many at once --------------------------------------------------------------------------------------------------

  function openList() {
    if (!dialog) return;
    dialog.showModal();
    ajax("GET", found.dataset.address, { source: byId("suggestion-list"), target: "#suggestion-list", swap: "innerHTML" });
  }

  function tick(isOn) {
    for (const box of document.querySelectorAll("#suggestion-list [name=suggestion]")) box.checked = isOn;
  }
}

/** The dashed lines: two highlights in all, ranges only for blocks near the viewport. */
class SuggestionMarks {
  constructor(article, scroller) {
    this.article = article;
    this.byBlock = new Map(); // block -> its pieces
    this.near = new Set();
    if (typeof Highlight !== "function" || !CSS.highlights) return;
    this.layers = { suggested: new Highlight(), "suggested-now": new Highlight() };
    for (const [name, layer] of Object.entries(this.layers)) {
      layer.priority = name === "suggested" ? 0 : 8;
      CSS.highlights.set(name, layer);
    }
    this.observer = new IntersectionObserver((entries) => this.#moved(entries), { root: scroller, rootMargin: "100% 0px" });
  }

  draw(suggestions) {
    if (!this.layers) return;
    this.observer.disconnect();
    this.layers.suggested.clear();
    this.near.clear();
    this.byBlock = grouped(this.article.pieces(suggestions.flatMap(({ segments }) => segments)));
    for (const block of this.byBlock.keys()) this.observer.observe(block.element);
  }

  focus(suggestion) {
    if (!this.layers) return;
    this.layers["suggested-now"].clear();
    for (const piece of this.article.pieces(suggestion?.segments ?? [])) this.layers["suggested-now"].add(rangeOf(piece));
  }

  #moved(entries) {
    for (const { target, isIntersecting } of entries) {
      const block = this.article.byElement.get(target);
      if (!isIntersecting || this.near.has(block)) continue; // what was near once stays: it is little
      this.near.add(block);
      for (const piece of this.byBlock.get(block) ?? []) this.layers.suggested.add(rangeOf(piece));
    }
  }
}

function grouped(pieces) {
  const groups = new Map();
  for (const piece of pieces) groups.set(piece.block, [...(groups.get(piece.block) ?? []), piece]);
  return groups;
}

function rangeOf({ block, start, end }) {
  const from = block.boundary(start, false);
  const to = block.boundary(end, true);
  return new StaticRange({ startContainer: from.node, startOffset: from.offset, endContainer: to.node, endOffset: to.offset });
}
