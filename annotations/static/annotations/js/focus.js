/*
 * Keeps the keyboard where the work is: a folded form that opens takes the focus into its first field, once it is there
 * (some are fetched only then), and a region that is swapped from under the focus takes it back, unless the new one asks
 * for it itself (autofocus).
 */
import { holdKeys } from "./held_keys.js";

const FIELD = "input:not([type=hidden], [type=radio]:not(:checked)), textarea, select, input[type=radio]";

export function watchFocus() {
  let swapped = null;
  document.addEventListener("click", ({ target }) => {
    const fold = target.closest("summary")?.closest("details.fold");
    if (fold) setTimeout(() => fold.open && enter(fold)); // it opens after the click
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

function enter(fold) {
  const asking = fold.querySelector(":scope > .unfolded") ?? (fold.matches("[hx-get]") && !fold.querySelector(FIELD) ? fold : null);
  if (asking) holdKeys(filled(fold, asking));
  else fold.querySelector(FIELD)?.focus();
}

/** Whether the inside of a fold came, when it did or did not. */
function filled(fold, asking) {
  return new Promise((resolve) => {
    document.addEventListener("htmx:afterRequest", function arrived({ detail }) {
      if (detail.requestConfig?.elt !== asking) return;
      document.removeEventListener("htmx:afterRequest", arrived);
      if (fold.open) fold.querySelector(FIELD)?.focus();
      resolve(detail.successful && fold.open);
    });
  });
}
