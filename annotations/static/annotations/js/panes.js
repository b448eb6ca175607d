/*
 * Panes: [data-pane] in the order of the page. The button with data-action="next-pane" (F6) takes the focus from one to
 * the next; a pane that is a drawer on this screen counts only while it is open.
 */
export function watchPanes() {
  document.addEventListener("click", ({ target }) => target.closest("[data-action='next-pane']") && nextPane());
}

function nextPane() {
  const panes = [...document.querySelectorAll("[data-pane]")].filter((pane) => pane.checkVisibility());
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  panes[(here + 1) % panes.length]?.focus();
}
