/*
 * What every page starts: keys, words on saving, toasts, panes and dialogs. A page's own module comes after it.
 */
import { watchConflicts } from "./conflict.js";
import { watchFocus } from "./focus.js";
import { watchKeys } from "./keys.js";
import { watchMentions } from "./mentions.js";
import { watchPanes } from "./panes.js";
import { watchSaving } from "./saving.js";
import { watchToasts } from "./toasts.js";

watchFocus();
watchKeys();
watchSaving();
watchConflicts();
watchToasts();
watchPanes();
watchMentions();

// buttons that open a <dialog> name it, as popovertarget does for popovers
document.addEventListener("click", ({ target }) => {
  const name = target.closest("[data-opens]")?.dataset.opens;
  if (name) document.getElementById(name)?.showModal();
});
