/*
 * Marking one annotation anew in a newer text: what is selected fills the form #remark-form, which sends like any other.
 * Several parts are gathered one by one. Without this module the page finds words and takes offsets.
 */
import { Bounds } from "./bounds.js";
import { ArticleText } from "./offsets.js";

const QUIET_MS = 120; // a finger that drags a handle fires many times

const root = document.querySelector("[data-remark-text]");
const form = document.getElementById("remark-form");
const article = new ArticleText(root);
const bounds = new Bounds(article, root.lang);
const chosen = form.querySelector("[data-chosen]");
const take = form.querySelector("[data-take]");
let parts = []; // the places gathered so far
let segment = null; // what is selected now
let timer;

document.addEventListener("selectionchange", () => {
  clearTimeout(timer);
  timer = setTimeout(read, QUIET_MS);
});
form.querySelector("[data-part]").addEventListener("click", addPart);
form.querySelector("[data-clear]").addEventListener("click", () => { parts = []; segment = null; getSelection().removeAllRanges(); show(); });
form.addEventListener("submit", (event) => { if (!segments().length) event.preventDefault(); });
document.getElementById("near")?.scrollIntoView({ block: "nearest" });

function read() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return; // pressing a button ends a selection, and keeps its place
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(root)) return;
  const start = article.pointOf(range.startContainer, range.startOffset);
  const end = article.pointOf(range.endContainer, range.endOffset);
  const trimmed = start < end ? bounds.trim(start, end) : null;
  if (!trimmed) return;
  segment = bounds.snap(...trimmed);
  show();
}

function addPart() {
  parts = segments();
  segment = null;
  getSelection().removeAllRanges();
  show();
}

/** In order; places that overlap are one. */
function segments() {
  const sorted = [...parts, ...(segment ? [segment] : [])].sort((one, other) => one[0] - other[0]);
  return sorted.reduce((kept, [start, end]) => {
    const last = kept.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else kept.push([start, end]);
    return kept;
  }, []);
}

function show() {
  const places = segments();
  const quote = places.length ? article.quote(places) : "";
  form.elements.segments.value = places.length ? JSON.stringify(places) : "";
  form.elements.quote.value = places.length ? JSON.stringify(quote) : "";
  chosen.textContent = quote || chosen.dataset.sayNone;
  take.setAttribute("aria-disabled", String(!places.length));
}
