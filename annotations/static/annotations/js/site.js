/*
 * What every page starts: keys, words on saving, toasts, panes and dialogs. A page's own module comes after it.
 */
import { watchFocus } from "./focus.js";
import { areOff, switchOff, watchKeys } from "./keys.js";
import { watchPanes } from "./panes.js";
import { watchSaving } from "./saving.js";
import { watchToasts } from "./toasts.js";

watchFocus();
watchKeys();
watchSaving();
watchToasts();
watchPanes();

// buttons that open a <dialog> name it, as popovertarget does for popovers
document.addEventListener("click", ({ target }) => {
  const name = target.closest("[data-opens]")?.dataset.opens;
  if (name) document.getElementById(name)?.showModal();
});

for (const box of document.querySelectorAll("[data-single-keys]")) {
  box.checked = !areOff();
  box.addEventListener("change", () => switchOff(!box.checked));
}
