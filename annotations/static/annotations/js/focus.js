/*
 * Keeps the keyboard where the work is: a folded form that opens takes the focus into its first field, and a region that
 * is swapped from under the focus takes it back, unless the new one asks for it itself (autofocus).
 */
const FIELD = "input:not([type=hidden], [type=radio]:not(:checked)), textarea, select, input[type=radio]";

export function watchFocus() {
  let swapped = null;
  document.addEventListener("click", ({ target }) => {
    const fold = target.closest("summary")?.closest("details.fold");
    if (fold) setTimeout(() => fold.open && fold.querySelector(FIELD)?.focus()); // it opens after the click
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    swapped = detail.target.contains(document.activeElement) ? detail.target.id : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const region = swapped && document.activeElement === document.body && document.getElementById(swapped);
    if (!region) return;
    if (!region.hasAttribute("tabindex")) region.tabIndex = -1;
    region.focus({ preventScroll: true });
  });
}
