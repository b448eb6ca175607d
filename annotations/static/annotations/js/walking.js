/* Through the text by keys and by pointer: from annotation to annotation, from paragraph to paragraph, to what one clicks. */

export function installWalking(screen) {
  const { article, highlights, root } = screen;

  Object.assign(screen.actions, {
    "next-annotation": () => step(1),
    "previous-annotation": () => step(-1),
    "next-paragraph": () => stepParagraph(1),
    "previous-paragraph": () => stepParagraph(-1),
  });

  document.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-annotation]");
    if (chip && root.contains(chip) && !event.ctrlKey && !event.metaKey && !event.shiftKey) openChip(event, chip);
    else if (!chip && root.contains(event.target) && getSelection().isCollapsed) openAt(event);
  });

  document.addEventListener("click", (event) => {
    const id = event.target.closest("[data-opens-annotation]")?.dataset.opensAnnotation;
    const chip = id && screen.chipOf(id);
    if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    screen.reveal(chip.closest(".blk"));
    screen.open(chip);
  });

  function step(direction) {
    const all = screen.chips;
    if (!all.length) return;
    const here = all.findIndex((chip) => chip.dataset.annotation === screen.current);
    const next = here < 0 ? all[direction > 0 ? 0 : all.length - 1] : all[(here + direction + all.length) % all.length];
    next.focus();
    screen.open(next);
  }

  function stepParagraph(direction) {
    const paragraphs = article.blocks.filter((block) => block.text.trim());
    const here = paragraphs.findIndex((block) => block.element.parentElement.contains(document.activeElement));
    const next = paragraphs[Math.min(paragraphs.length - 1, Math.max(0, here < 0 ? 0 : here + direction))];
    if (!next) return;
    next.element.tabIndex = -1;
    next.element.focus();
  }

  function openChip(event, chip) {
    event.preventDefault();
    screen.open(chip);
    screen.showSheet();
  }

  /** A click on a span opens it; a second click on the same place goes on to the one below. */
  function openAt({ clientX: x, clientY: y }) {
    const caret = document.caretPositionFromPoint?.(x, y) ?? legacyCaret(x, y);
    if (!caret || caret.offsetNode.nodeType !== Node.TEXT_NODE) return;
    const here = highlights.at(article.pointOf(caret.offsetNode, caret.offset)).filter((span) => isOver(span, x, y));
    if (!here.length) return;
    const next = here[(here.findIndex((span) => span.id === screen.current) + 1) % here.length];
    const chip = screen.chipOf(next.id);
    if (chip) screen.open(chip);
    screen.showSheet();
  }

  function legacyCaret(x, y) {
    const range = document.caretRangeFromPoint?.(x, y);
    return range && { offsetNode: range.startContainer, offset: range.startOffset };
  }

  function isOver(span, x, y) {
    const rects = span.segments.flatMap(([start, end]) => [...article.ruler(start, end).getClientRects()]);
    return rects.some((rect) => x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom);
  }
}
