/*
 * Marking on this screen: the bar for the keyboard, the toolbar for a selection, and the one form through which both
 * leave. Absent where the person may not mark; the page says why.
 */
import { lastLabel, walkToolbar } from "./labels.js";
import { MarkForm } from "./mark_form.js";
import { MarkingBar } from "./marking_bar.js";
import { byId } from "./screen.js";
import { Selection } from "./selection.js";
import { spaces } from "./spaces.js";
import { beginning, visibleWindows } from "./visible.js";

export function installMarking(screen) {
  const { article, bounds, highlights, inspector, scroller, spoken } = screen;
  const form = byId("mark-form");
  if (!form) return;

  let lastMark = null; // [start, end]
  const markForm = new MarkForm(form, (waiting) => highlights.wait(waiting));
  const bar = new MarkingBar({
    bar: byId("marking"),
    bounds,
    spoken,
    windows: (from) => visibleWindows(article, bounds, scroller, from),
    onMark: mark,
    onDraft: draft,
    onLeave: focusText,
    onSwitch: (sign) => (sign === "_" ? switchSpaces() : switchSticky()),
  });
  const toolbar = byId("mark-toolbar");
  const selection = new Selection({ article, bounds, toolbar, scroller, onChange: offerPart });

  // what other parts of the screen need of marking: js/shaping.js asks the bar for parts and cuts
  Object.assign(screen, { bar, selection, draft, takeSelection, placeToBegin });
  Object.assign(screen.actions, {
    "mark": () => (selection.segment ? bar.beginWith(takeSelection()) : bar.begin(placeToBegin())),
    "search-label": searchLabel,
    "repeat-label": repeatLabel,
    "add-part": () => bar.addPart(takeSelection()),
    "switch-spaces": switchSpaces,
    "switch-sticky": switchSticky,
  });

  walkToolbar(toolbar);
  toolbar.addEventListener("click", ({ target }) => {
    const label = target.closest("[data-label-key]")?.dataset.labelKey;
    if (label && selection.segment) bar.markAt(takeSelection(), label);
  });
  inspector.addEventListener("change", ({ target }) => target.name === "label" && target.dataset.labelKey && lastLabel.remember(target.dataset.labelKey));
  document.addEventListener("keydown", (event) => {
    const isInText = event.target === document.body || event.target === scroller;
    if (event.key !== "Enter" || !isInText || !selection.segment || !lastLabel.isSticky || !bar.labels.last) return;
    event.preventDefault();
    repeatLabel();
  });
  showSwitches();

  function mark(segments, label) {
    lastMark = [segments[0][0], segments.at(-1)[1]];
    markForm.add({ segments, quote: article.quote(segments), label });
  }

  function draft(segments) {
    highlights.draft(segments);
    if (segments.length) screen.keepInSight(segments.at(-1)[1] - 1); // where a span ends is where one looks
  }

  /** The paragraph that has the focus; else where the last mark is; else the first word in sight. */
  function placeToBegin() {
    const block = article.byElement.get(document.activeElement?.closest?.("[data-start]"));
    return block ? block.start : beginning(article, bounds, scroller, lastMark);
  }

  function searchLabel() {
    if (selection.segment) return bar.beginWith(takeSelection());
    if (screen.current && inspector.querySelector("[data-label-key]")) bar.relabel(relabel);
    else bar.begin(placeToBegin());
  }

  function relabel(key) {
    inspector.querySelector(`[data-label-key="${CSS.escape(key)}"]`)?.click();
  }

  /** The last label once more: for what is selected, else for the current annotation. */
  function repeatLabel() {
    const { key } = lastLabel;
    if (!bar.labels.last) screen.say(bar.bar.dataset.sayNoLast);
    else if (selection.segment) bar.markAt(takeSelection(), key);
    else relabel(key);
  }

  function takeSelection() {
    const { segment } = selection;
    selection.clear();
    return segment;
  }

  // -- the two switches ------------------------------------------------------------------------------------------------

  function switchSpaces() {
    spaces.keep(!spaces.areKept);
    showSwitches();
    selection.refresh();
    bar.refresh();
    screen.say(byId("marking").dataset[spaces.areKept ? "saySpacesKept" : "saySpacesOut"]);
  }

  function switchSticky() {
    lastLabel.stick(!lastLabel.isSticky);
    showSwitches();
    screen.say(byId("marking").dataset[lastLabel.isSticky ? "saySticky" : "sayNotSticky"]);
  }

  function showSwitches() {
    const state = { "switch-spaces": !spaces.areKept, "switch-sticky": lastLabel.isSticky, "_": !spaces.areKept, "*": lastLabel.isSticky };
    for (const button of document.querySelectorAll("[data-action^=switch-], [data-sign='_'], [data-sign='*']")) {
      button.setAttribute("aria-pressed", String(state[button.dataset.action ?? button.dataset.sign]));
    }
  }

  /** A selection may become a part of the annotation that is open, where that may be changed. */
  function offerPart(segment) {
    const button = toolbar.querySelector("[data-action=add-to-current]");
    if (button) button.hidden = !segment || !byId("shape");
  }

  function focusText() {
    if (document.activeElement !== scroller) scroller.focus({ preventScroll: true });
  }
}
