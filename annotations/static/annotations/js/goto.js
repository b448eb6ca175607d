/*
 * Go to what still asks for work: the next paragraph without a mark, the next place where people differ, the next span of
 * a label; the next article; and the text without its highlights. Each with its way back.
 */
import { byId } from "./screen.js";

const LAST_LABEL = "workbench.go-to-label";
const SHOWN_MS = 10_000;

export function installGoTo(screen) {
  const { article, highlights, root } = screen;
  const said = byId("went-to");
  const chosen = byId("go-to-label");
  let timer;
  if (!said) return;
  if (chosen && [...chosen.options].some((option) => option.value === localStorage.getItem(LAST_LABEL))) chosen.value = localStorage.getItem(LAST_LABEL);
  chosen?.addEventListener("change", () => localStorage.setItem(LAST_LABEL, chosen.value));

  Object.assign(screen.actions, {
    "next-unmarked": () => toUnmarked(1),
    "previous-unmarked": () => toUnmarked(-1),
    "next-difference": () => toSpan(1, differences([...highlights.spans.values()]), "Differences"),
    "previous-difference": () => toSpan(-1, differences([...highlights.spans.values()]), "Differences"),
    "next-of-label": () => toSpan(1, ofLabel(), "Label"),
    "previous-of-label": () => toSpan(-1, ofLabel(), "Label"),
    "next-article": () => toArticle(1),
    "previous-article": () => toArticle(-1),
    "hide-highlights": (button) => hide(button),
  });

  /** Where one is: the paragraph with the focus, else the current annotation, else the beginning. */
  function here() {
    const focused = article.byElement.get(document.activeElement?.closest?.("[data-start]"));
    if (focused) return focused.start;
    return highlights.spans.get(screen.current)?.segments[0][0] ?? -1;
  }

  function toUnmarked(direction) {
    const marked = new Set([...highlights.spans.values()].flatMap((span) => article.pieces(span.segments).map((piece) => piece.block)));
    const open = article.blocks.filter((block) => block.text.trim() && !marked.has(block));
    const place = here();
    const next = direction > 0 ? open.find((block) => block.start > place) ?? open[0] : open.findLast((block) => block.start < place) ?? open.at(-1);
    if (!next) return say("Unmarked", 0, 0);
    next.element.tabIndex = -1;
    next.element.focus({ preventScroll: true });
    screen.keepInSight(next.start);
    say("Unmarked", open.indexOf(next) + 1, open.length);
  }

  function ofLabel() {
    return [...highlights.spans.values()].filter((span) => span.label === chosen?.value).sort(inText);
  }

  function toSpan(direction, spans, what) {
    if (!spans.length) return say(what, 0, 0);
    const at = spans.findIndex((span) => span.id === screen.current);
    const place = here();
    const after = spans.findIndex((span) => span.segments[0][0] > place);
    const next = at >= 0 ? at + direction : direction > 0 ? (after < 0 ? 0 : after) : (after < 0 ? spans.length : after) - 1;
    const span = spans[(next + spans.length) % spans.length];
    const chip = screen.chipOf(span.id);
    if (!chip) return;
    screen.keepInSight(span.segments[0][0]);
    chip.focus({ preventScroll: true });
    screen.open(chip);
    say(what, spans.indexOf(span) + 1, spans.length);
  }

  function toArticle(direction) {
    const links = [...document.querySelectorAll("#queue .rows a")];
    const next = links[links.findIndex((link) => link.hasAttribute("aria-current")) + direction];
    if (next && links.some((link) => link.hasAttribute("aria-current"))) location.assign(next.href);
    else tell(said.dataset.sayLastArticle);
  }

  function hide(button) {
    const isHidden = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(isHidden));
    root.toggleAttribute("data-bare", isHidden);
    tell(isHidden ? said.dataset.sayHidden : said.dataset.sayShown);
  }

  function say(what, number, count) {
    const words = count ? said.dataset[`say${what}`] : said.dataset[`sayNo${what}`];
    tell(words.replace("{number}", number).replace("{all}", count).replace("{label}", chosen?.selectedOptions[0]?.text ?? ""));
  }

  /** Over the last keys of the row, so not for long. */
  function tell(words) {
    said.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => { said.textContent = ""; }, SHOWN_MS);
  }
}

/** The spans in which people differ: two of different people over the same words, neither of which the other has too. */
export function differences(spans) {
  const has = new Set(spans.map((span) => `${span.by} ${keyOf(span)}`));
  const lacks = (person, span) => !has.has(`${person} ${keyOf(span)}`);
  const differing = new Set();
  let open = [];
  for (const span of [...spans].sort(inText)) {
    open = open.filter((other) => endOf(other) > span.segments[0][0]);
    for (const other of open) {
      if (other.by !== span.by && overlap(span, other) && lacks(other.by, span) && lacks(span.by, other)) differing.add(span).add(other);
    }
    open.push(span);
  }
  return [...differing].sort(inText);
}

const keyOf = (span) => `${span.label} ${span.segments}`;
const endOf = (span) => span.segments.at(-1)[1];
const inText = (a, b) => a.segments[0][0] - b.segments[0][0] || endOf(a) - endOf(b) || a.number - b.number;
const overlap = (a, b) => a.segments.some(([start, end]) => b.segments.some(([from, to]) => start < to && from < end));
