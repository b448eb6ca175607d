/*
 * Marking on this screen: the bar for the keyboard, the toolbar for a selection, and the one form through which both
 * leave. Absent where the person may not mark; the page says why.
 */
import { MarkForm } from "./mark_form.js";
import { MarkingBar } from "./marking_bar.js";
import { byId } from "./screen.js";
import { Selection } from "./selection.js";
import { visibleWindows } from "./visible.js";

export function installMarking(screen) {
  const { article, bounds, highlights, inspector, scroller, spoken } = screen;
  const form = byId("mark-form");
  if (!form) return;

  let lastEnd = null; // where the last mark ended: the next search begins there
  const markForm = new MarkForm(form, () => highlights.draft(markForm.segments));
  const bar = new MarkingBar({
    bar: byId("marking"),
    bounds,
    spoken,
    windows: (from) => visibleWindows(article, bounds, scroller, from),
    onMark: mark,
    onLabel: (key) => inspector.querySelector(`[data-label-key="${CSS.escape(key)}"]`)?.click(),
    onDraft: draft,
    onLeave: focusText,
  });
  const toolbar = byId("mark-toolbar");
  const selection = new Selection({ article, bounds, toolbar, scroller });

  Object.assign(screen.actions, {
    "mark": () => (selection.segment ? bar.beginWith(takeSelection()) : bar.begin(placeToBegin())),
    "search-label": searchLabel,
    "add-part": () => bar.addPart(takeSelection()),
  });

  toolbar.addEventListener("click", ({ target }) => {
    const label = target.closest("[data-label-key]")?.dataset.labelKey;
    if (label && selection.segment) bar.markAt(takeSelection(), label);
  });

  function mark(segments, label) {
    lastEnd = segments.at(-1)[1];
    markForm.add({ segments, quote: article.quote(segments), label });
    focusText();
  }

  function draft(segments) {
    highlights.draft([...segments, ...markForm.segments]);
    if (segments.length) screen.keepInSight(segments.at(-1)[1] - 1); // where a span ends is where one looks
  }

  /** The paragraph that has the focus; else where the last mark ended; else the first word in sight. */
  function placeToBegin() {
    const block = article.byElement.get(document.activeElement?.closest?.("[data-start]"));
    if (block) return block.start;
    const [[from, to]] = visibleWindows(article, bounds, scroller, lastEnd ?? article.start);
    return lastEnd !== null && lastEnd >= from && lastEnd < to ? lastEnd : from;
  }

  function searchLabel() {
    if (selection.segment) return bar.beginWith(takeSelection());
    if (screen.current && inspector.querySelector("[data-label-key]")) bar.relabel();
    else bar.begin(placeToBegin());
  }

  function takeSelection() {
    const { segment } = selection;
    selection.clear();
    return segment;
  }

  function focusText() {
    scroller.focus({ preventScroll: true });
  }
}
