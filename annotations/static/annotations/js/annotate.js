/*
 * The annotate screen: brings its modules together. What is marked goes out through one form and comes back as a region
 * with an event ("span-changed", "span-removed"); the article itself is never swapped.
 */
import { Bounds } from "./bounds.js";
import { Gutter } from "./gutter.js";
import { Highlights } from "./highlights.js";
import { MarkForm } from "./mark_form.js";
import { MarkingBar } from "./marking_bar.js";
import { ArticleText } from "./offsets.js";
import { Selection } from "./selection.js";
import { visibleWindows } from "./visible.js";

const byId = (id) => document.getElementById(id);
const root = document.querySelector("[data-article-text]");
const scroller = byId("text");
const inspector = byId("inspector");
const spoken = byId("spoken");
const form = byId("mark-form"); // absent where the person may not mark; the page says why

const article = new ArticleText(root);
const bounds = new Bounds(article, root.lang);
const highlights = new Highlights(article, JSON.parse(byId("spans").textContent), {
  scroller,
  onNear: (blocks) => gutter.place(blocks),
});
const gutter = new Gutter(article, highlights.spans);
let current = root.querySelector("[data-annotation][aria-current]")?.dataset.annotation ?? null;
let lastEnd = null; // where the last mark ended: the next search begins there

// -- the current annotation -----------------------------------------------------------------------------------------------

const chips = () => [...root.querySelectorAll("[data-annotation]")];
const chipOf = (id) => root.querySelector(`[data-annotation="${CSS.escape(id ?? "")}"]`);

function setCurrent(id) {
  current = id;
  chips().forEach((chip) => (chip.dataset.annotation === id ? chip.setAttribute("aria-current", "true") : chip.removeAttribute("aria-current")));
  highlights.focus(id);
  const peek = document.querySelector("[data-peek]");
  if (peek) peek.textContent = chipOf(id)?.getAttribute("aria-label") ?? peek.dataset.peek;
}

/** Shows an annotation in the inspector and in the address, so that a reload finds it again. */
function open(chip) {
  setCurrent(chip.dataset.annotation);
  const address = chip.href.replace(/#.*$/, "");
  history.replaceState(history.state, "", address);
  htmx.ajax("GET", address, { source: inspector, target: inspector, swap: "innerHTML" });
}

function step(direction) {
  const all = chips();
  if (!all.length) return;
  const here = all.findIndex((chip) => chip.dataset.annotation === current);
  const next = here < 0 ? all[direction > 0 ? 0 : all.length - 1] : all[(here + direction + all.length) % all.length];
  next.focus();
  open(next);
}

function stepParagraph(direction) {
  const paragraphs = article.blocks.filter((block) => block.text.trim());
  const here = paragraphs.findIndex((block) => block.element.parentElement.contains(document.activeElement));
  const next = paragraphs[Math.min(paragraphs.length - 1, Math.max(0, here < 0 ? 0 : here + direction))];
  if (!next) return;
  next.element.tabIndex = -1;
  next.element.focus();
}

// -- marking -----------------------------------------------------------------------------------------------------------------

const markForm = form && new MarkForm(form, () => highlights.draft(markForm.segments));

const bar = byId("marking") && new MarkingBar({
  bar: byId("marking"),
  bounds,
  spoken,
  windows: (from) => visibleWindows(article, bounds, scroller, from),
  onMark: mark,
  onLabel: (key) => inspector.querySelector(`[data-label-key="${CSS.escape(key)}"]`)?.click(),
  onDraft: draft,
  onLeave: () => scroller.focus({ preventScroll: true }),
});

const toolbar = byId("mark-toolbar");
const selection = toolbar && new Selection({ article, bounds, toolbar, scroller });

function mark(segments, label) {
  lastEnd = segments.at(-1)[1];
  markForm.add({ segments, quote: article.quote(segments), label });
  scroller.focus({ preventScroll: true });
}

function draft(segments) {
  highlights.draft([...segments, ...(markForm?.segments ?? [])]);
  if (segments.length) keepInSight(segments.at(-1)[1]);
}

/** Where a span ends is where one looks while marking. */
function keepInSight(end) {
  const rect = article.range(end - 1, end).getBoundingClientRect();
  const frame = scroller.getBoundingClientRect();
  if (rect.top < frame.top || rect.bottom > frame.bottom) scroller.scrollBy(0, rect.top - frame.top - frame.height / 3);
}

/** The paragraph that has the focus; else where the last mark ended; else the first word in sight. */
function placeToBegin() {
  const block = article.byElement.get(document.activeElement?.closest?.("[data-start]"));
  if (block) return block.start;
  const [[from, to]] = visibleWindows(article, bounds, scroller, lastEnd ?? article.start);
  return lastEnd !== null && lastEnd >= from && lastEnd < to ? lastEnd : from;
}

function searchLabel() {
  if (selection?.segment) return bar.beginWith(takeSelection());
  if (current && inspector.querySelector("[data-label-key]")) bar.relabel();
  else bar.begin(placeToBegin());
}

function takeSelection() {
  const { segment } = selection;
  selection.clear();
  return segment;
}

toolbar?.addEventListener("click", ({ target }) => {
  const label = target.closest("[data-label-key]")?.dataset.labelKey;
  if (label && selection.segment) bar.markAt(takeSelection(), label);
});

// -- buttons, clicks, answers ---------------------------------------------------------------------------------------------------

const actions = {
  "next-annotation": () => step(1),
  "previous-annotation": () => step(-1),
  "next-paragraph": () => stepParagraph(1),
  "previous-paragraph": () => stepParagraph(-1),
  "mark": () => (selection?.segment ? bar.beginWith(takeSelection()) : bar.begin(placeToBegin())),
  "search-label": searchLabel,
  "add-part": () => bar.addPart(takeSelection()),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-action]");
  if (button && actions[button.dataset.action] && button.getAttribute("aria-disabled") !== "true") actions[button.dataset.action]();
  const chip = event.target.closest("[data-annotation]");
  if (chip && root.contains(chip) && !event.ctrlKey && !event.metaKey && !event.shiftKey) openChip(event, chip);
  else if (!chip && root.contains(event.target) && getSelection().isCollapsed) openAt(event);
});

function openChip(event, chip) {
  event.preventDefault();
  open(chip);
  showSheet();
}

/** A click on a span opens it; a second click on the same place goes on to the one below. */
function openAt({ clientX: x, clientY: y }) {
  const caret = document.caretPositionFromPoint?.(x, y) ?? legacyCaret(x, y);
  if (!caret || caret.offsetNode.nodeType !== Node.TEXT_NODE) return;
  const here = highlights.at(article.pointOf(caret.offsetNode, caret.offset)).filter((span) => isOver(span, x, y));
  if (!here.length) return;
  const next = here[(here.findIndex((span) => span.id === current) + 1) % here.length];
  const chip = chipOf(next.id);
  if (chip) open(chip);
  showSheet();
}

function legacyCaret(x, y) {
  const range = document.caretRangeFromPoint?.(x, y);
  return range && { offsetNode: range.startContainer, offset: range.startOffset };
}

function isOver(span, x, y) {
  const rects = span.segments.flatMap(([start, end]) => [...article.range(start, end).getClientRects()]);
  return rects.some((rect) => x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom);
}

/** Scrolls the article's own pane, and nothing around it, until a block stands in its upper third. */
function reveal(block) {
  const pane = block?.closest(".text");
  if (pane) pane.scrollTop += block.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
}

/** On a small screen the inspector is a sheet that opens; else it is there already. */
function showSheet() {
  if (!inspector.checkVisibility()) inspector.showPopover?.();
}

document.addEventListener("span-changed", ({ detail }) => {
  highlights.add(detail);
  setCurrent(detail.id);
  const chip = chipOf(detail.id);
  if (chip) history.replaceState(history.state, "", chip.href.replace(/#.*$/, ""));
  gutter.place(gutter.near); // the chip may have come before its span was known
});
document.addEventListener("span-removed", ({ detail }) => {
  highlights.remove(detail.id);
  if (current === detail.id) setCurrent(null);
});
// gutters come out of band: their chips are new, and the current one has to be told
document.addEventListener("htmx:oobAfterSwap", ({ target }) => {
  if (!target.matches?.(".gut")) return;
  setCurrent(current);
  gutter.place(gutter.near);
});

setCurrent(current);
document.fonts?.ready.then(() => gutter.place(gutter.near));
reveal(chipOf(current)?.closest(".blk")); // a link may have led to one annotation
document.documentElement.dataset.annotate = "ready";
