/*
 * Panes: [data-pane] in the order of the page. The button with data-action="next-pane" (F6) takes the focus from one to
 * the next; a pane that is a drawer on this screen counts only while it is open. Escape leads from a field of the inspector
 * back to the text, where single keys work again, and folds its form with what was written in it; a sheet closes by itself.
 */
export function watchPanes() {
  document.addEventListener("click", ({ target }) => target.closest("[data-action='next-pane']") && nextPane());
  document.addEventListener("keydown", ({ key, target, defaultPrevented }) => {
    if (key !== "Escape" || defaultPrevented || !target.matches(".insp:not(:popover-open) :is(input, select, textarea)")) return;
    document.getElementById("text").focus({ preventScroll: true });
    target.closest("details.fold")?.removeAttribute("open");
  });
}

function nextPane() {
  const panes = [...document.querySelectorAll("[data-pane]")].filter((pane) => pane.checkVisibility());
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  panes[(here + 1) % panes.length]?.focus();
}
