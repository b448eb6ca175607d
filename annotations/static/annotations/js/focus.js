/*
 * Keeps the keyboard where the work is: a folded form that opens takes the focus into its first field, once it is there
 * (some are fetched only then), and a region that is swapped from under the focus takes it back, unless the new one asks
 * for it itself (autofocus). Where the keys that follow a write mean what comes of it (data-keys-wait), they wait for it.
 */
import { holdKeys } from "./held_keys.js";

const FIELD = "input:not([type=hidden], [type=radio]:not(:checked)), textarea, select, input[type=radio]";

const fetched = new WeakSet(); // folds that asked for their inside once and have it, with a field or without

export function watchFocus() {
  let swapped = null;
  document.addEventListener("click", ({ target }) => {
    const fold = target.closest("summary")?.closest("details.fold");
    if (fold && !fold.open) holdKeys(entered(fold)); // from this press on: the next key may be quicker than what opens
  });
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.requestConfig.verb === "post" && detail.elt.closest("[data-keys-wait]")) holdKeys(answered(detail.elt));
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

/** Whether the keys that follow have their place: in the first field, which may have to be fetched. */
async function entered(fold) {
  await new Promise((resolve) => setTimeout(resolve)); // it opens after the click
  if (!fold.open) return true;
  const asking = fold.querySelector(":scope > .unfolded") ?? (fold.matches("[hx-get]") && !fold.querySelector(FIELD) && !fetched.has(fold) ? fold : null);
  if (asking) return filled(fold, asking);
  fold.querySelector(FIELD)?.focus();
  return true;
}

/** Whether the inside of a fold came, when it did or did not. */
async function filled(fold, asking) {
  const hasCome = await answered(asking);
  if (hasCome) fetched.add(fold);
  const isThere = hasCome && fold.open && fold.isConnected; // its region may have been swapped meanwhile
  if (isThere) fold.querySelector(FIELD)?.focus();
  return isThere;
}

/** Whether the request of an element was answered with what it asked for, when it was answered. */
function answered(element) {
  return new Promise((resolve) => {
    document.addEventListener("htmx:afterRequest", function heard({ detail }) {
      if (detail.requestConfig?.elt !== element) return;
      document.removeEventListener("htmx:afterRequest", heard);
      resolve(detail.successful);
    });
  });
}
