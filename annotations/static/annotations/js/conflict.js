/*
 * The ways to lose sight of what is not stored, and what stands before them: a button tells of it while there is something
 * (its list is waiting_list.js), signing out asks first, and "keep theirs" in the comparison of two versions (the server
 * renders it) takes one's own version off the list.
 */
import { discard, refusedWrites, waitingWrites, writesOfOthers } from "./sending.js";

let signingOut = null;

export function watchConflicts() {
  document.addEventListener("queue-changed", show);
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-action=sign-out-anyway]")) signingOut.requestSubmit();
    const path = target.closest("[data-keep-theirs]")?.dataset.keepTheirs;
    if (path) discard(refusedWrites().filter((entry) => entry.path === path).map(({ id }) => id));
  });
  document.addEventListener("submit", askBeforeSigningOut);
}

function show() {
  const isWorthALook = refusedWrites().length || waitingWrites().some((entry) => entry.hasFailed) || writesOfOthers();
  for (const button of document.querySelectorAll(".bar [data-opens=waiting]")) button.hidden = !isWorthALook;
}

function askBeforeSigningOut(event) {
  const dialog = document.getElementById("sign-out-warning");
  if (!dialog || !event.target.matches("[data-sign-out]") || event.target === signingOut) return;
  if (!waitingWrites().length && !refusedWrites().length) return;
  event.preventDefault();
  signingOut = event.target;
  dialog.querySelector("[data-count]").textContent = waitingWrites().length + refusedWrites().length;
  dialog.showModal();
}
