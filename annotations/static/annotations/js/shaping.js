/*
 * Changing the passage of the annotation that is open: its ends (handles.js), one more part, a cut in two, a partner to
 * merge with. The forms stand in the inspector (_shape.html), so a refusal and a conflict are shown where all others are.
 */
import { Handles } from "./handles.js";
import { joined } from "./marking.js";
import { newKey } from "./queue.js";
import { byId } from "./screen.js";

export function installShaping(screen) {
  const { article, bounds, highlights, inspector, scroller } = screen;
  const frame = byId("handles");
  if (!frame || !screen.bar) return;

  const handles = new Handles({
    frame,
    article,
    bounds,
    say: (words) => screen.say(words),
    onDraft: (segments) => screen.draft(segments),
    onStore: store,
    onGiveUp: () => {
      screen.draft([]);
      focusText();
    },
  });

  Object.assign(screen.actions, {
    "resize-start": () => handles.focus("start"),
    "resize-end": () => handles.focus("end"),
    "add-to-current": addPart,
    "split": split,
  });
  document.addEventListener("htmx:afterSettle", ({ target }) => inspector.contains(target) && showHandles());
  document.addEventListener("current-changed", showHandles);
  document.addEventListener("span-changed", () => setTimeout(showHandles));
  document.addEventListener("click", choosePartner, true);
  showHandles();

  function spanShown() {
    return byId("shape")?.dataset.annotationShown === screen.current ? highlights.spans.get(screen.current) : null;
  }

  function showHandles() {
    const span = spanShown();
    if (span?.segments.length) handles.show(span.segments);
    else handles.hide();
  }

  /** The queue keeps what the form says at this moment; each change is a write of its own. */
  function store(segments) {
    const form = byId("span-form");
    if (!form) return;
    form.elements.segments.value = JSON.stringify(segments);
    form.elements.quote.value = JSON.stringify(article.quote(segments));
    form.elements.idempotency_key.value = newKey();
    form.requestSubmit();
    focusText();
  }

  // -- parts and cuts ----------------------------------------------------------------------------------------------------

  function addPart() {
    const span = spanShown();
    if (!span) return;
    const add = (segments) => store(joined([...span.segments, ...segments]));
    if (screen.selection.segment) add([screen.takeSelection()]);
    else screen.bar.ask({ name: "part", point: span.segments.at(-1)[1], onDone: add });
  }

  /** Where one clicked inside it, or where the selection begins; else at a word that the bar asks for. */
  function split() {
    const span = spanShown();
    if (!span) return;
    const [start, end] = [span.segments[0][0], span.segments.at(-1)[1]];
    const caret = screen.selection.segment?.[0] ?? screen.selection.caret();
    if (caret > start && caret < end) return cut(caret);
    const second = bounds.startByWord(start, 1);
    screen.bar.ask({ name: "cut", point: second, within: [[second, end]], onDone: cut });
  }

  function cut(at) {
    const form = byId("split-form");
    if (!form) return;
    screen.selection.clear();
    form.elements.at.value = at;
    form.elements.idempotency_key.value = newKey();
    form.requestSubmit();
    focusText();
  }

  // -- a partner, by its chip --------------------------------------------------------------------------------------------

  /** While the merge is open, pressing a number beside the text chooses that annotation instead of opening it. */
  function choosePartner(event) {
    const chip = event.target.closest?.("[data-annotation]");
    const form = chip && byId("merge-fold")?.open && byId("merge-form");
    const choice = form && [...form.elements.with.options].find(({ value }) => value === chip.dataset.annotation);
    if (!choice) return;
    event.preventDefault();
    event.stopPropagation();
    choice.selected = true;
    screen.say(`${form.dataset.sayChosen} ${choice.text}`);
    screen.showSheet();
    form.elements.with.focus();
  }

  function focusText() {
    scroller.focus({ preventScroll: true });
  }
}
