/*
 * Marking on this screen: the bar for the keyboard, the toolbar for a selection, and the one form through which both
 * leave. Absent where the person may not mark; the page says why.
 */
import { MarkForm } from "./mark_form.js";
import { MarkingBar } from "./marking_bar.js";
import { byId } from "./screen.js";
import { Selection } from "./selection.js";
import { beginning, visibleWindows } from "./visible.js";

export function installMarking(screen) {
  const { article, bounds, highlights, inspector, scroller, spoken } = screen;
  const form = byId("mark-form");
  if (!form) return;

  let lastMark = null; // [start, end]
  let drafted = []; // what is being marked; beside it stands what waits to be stored
  const markForm = new MarkForm(form, paint);
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
    lastMark = [segments[0][0], segments.at(-1)[1]];
    markForm.add({ segments, quote: article.quote(segments), label });
    focusText();
  }

  function paint() {
    highlights.draft([...drafted, ...markForm.segments]);
  }

  function draft(segments) {
    drafted = segments;
    paint();
    if (segments.length) screen.keepInSight(segments.at(-1)[1] - 1); // where a span ends is where one looks
  }

  /** The paragraph that has the focus; else where the last mark is; else the first word in sight. */
  function placeToBegin() {
    const block = article.byElement.get(document.activeElement?.closest?.("[data-start]"));
    return block ? block.start : beginning(article, bounds, scroller, lastMark);
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
