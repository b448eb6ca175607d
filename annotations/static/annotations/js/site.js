/*
 * What every page starts: keys, words on saving, toasts, panes and dialogs. A page's own module comes after it.
 */
import { watchConflicts } from "./conflict.js";
import { watchFocus } from "./focus.js";
import { watchKeys } from "./keys.js";
import { watchPanes } from "./panes.js";
import { watchSaving } from "./saving.js";
import { watchToasts } from "./toasts.js";

watchFocus();
watchKeys();
watchSaving();
watchConflicts();
watchToasts();
watchPanes();

// buttons that open a <dialog> name it, as popovertarget does for popovers; what it fetches only then hears "opened"
document.addEventListener("click", ({ target }) => {
  const name = target.closest("[data-opens]")?.dataset.opens;
  const dialog = name && document.getElementById(name);
  dialog?.showModal();
  dialog?.dispatchEvent(new Event("opened"));
});
