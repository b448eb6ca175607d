/*
 * Which stretch of the article is in sight, to the word, so that the keyboard looks for words there first.
 */
import { countWhile } from "./offsets.js";

/** [[from, to), ...]: in sight from a place on, in sight before it, then the rest onward, then the beginning. */
export function visibleWindows(article, bounds, scroller, from) {
  const [top, bottom] = visibleExtent(article, bounds, scroller);
  const here = from >= top && from < bottom ? from : top;
  return [[here, bottom], [top, here], [bottom, article.end], [article.start, top]];
}

/**
 * Where a search for the next passage begins: where the last mark began, as what is marked next often stands inside or
 * behind it; with none in sight, at the first word that is.
 */
export function beginning(article, bounds, scroller, lastMark) {
  const [[from, to]] = visibleWindows(article, bounds, scroller, lastMark?.[0] ?? article.start);
  return from < to && lastMark && lastMark[0] >= from && lastMark[0] < to ? lastMark[0] : from;
}

/** The part of the pane that one sees: an open bar lies over its foot. */
export function inSight(scroller) {
  const { top, bottom } = scroller.getBoundingClientRect();
  const bar = document.querySelector(".mode:not([hidden])");
  return { top, bottom: bar ? Math.min(bottom, bar.getBoundingClientRect().top) : bottom };
}

function visibleExtent(article, bounds, scroller) {
  const frame = inSight(scroller);
  const { blocks } = article;
  if (!blocks.length) return [0, 0];
  const above = countWhile(blocks.length, (k) => blocks[k].frame.getBoundingClientRect().bottom <= frame.top);
  const reached = countWhile(blocks.length, (k) => blocks[k].frame.getBoundingClientRect().top < frame.bottom);
  const first = blocks[Math.min(above, blocks.length - 1)];
  const last = blocks[Math.max(0, reached - 1)];
  return [firstWordBelow(article, bounds, first, frame.top), last.end];
}

/** A long paragraph may begin far above the window: its first word in sight. */
function firstWordBelow(article, bounds, block, top) {
  const words = bounds.words(block);
  const hidden = countWhile(words.length, (k) => article.ruler(words[k].start, words[k].end).getBoundingClientRect().top < top);
  return hidden ? words[Math.min(hidden, words.length - 1)].start : block.start;
}
