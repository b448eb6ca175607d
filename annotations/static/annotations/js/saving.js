/*
 * Says at every moment whether the work is stored: saved, saving, unsaved, conflict, in [data-save-state].
 *
 * A write that did not reach the server keeps its form as it is, with its idempotency key, and "Try now" sends the same
 * again. Words stand in the page (data-word-*), toasts in its <template>s; nothing here makes HTML.
 */
import { showToast } from "./toasts.js";

const LOST = new Set([0, 408, 429, 500, 502, 503, 504]); // not refused: the same request may go through later
const STALE = new Set([409, 412]);

const unsaved = new Set(); // elements whose last write did not go through
const edited = new Set(); // forms with words that were never sent
let writing = 0;

export function watchSaving() {
  document.addEventListener("htmx:configRequest", addToken);
  document.addEventListener("htmx:beforeRequest", (event) => isWrite(event) && began());
  document.addEventListener("htmx:beforeSwap", keepOutSignIn);
  document.addEventListener("htmx:afterRequest", (event) => (isWrite(event) ? ended(event.detail) : readEnded(event.detail)));
  document.addEventListener("input", ({ target }) => target.form?.matches("[data-guard]") && edited.add(target.form));
  document.addEventListener("submit", ({ target }) => edited.delete(target));
  document.addEventListener("click", ({ target }) => target.closest("[data-action='retry']") && retry());
  addEventListener("online", retry);
  addEventListener("beforeunload", warn);
}

/** Sends again what did not go through: each from its own form, as it was. */
export function retry() {
  for (const element of [...unsaved]) {
    unsaved.delete(element);
    if (!element.isConnected) continue;
    if (element.matches("form")) element.requestSubmit();
    else htmx.trigger(element, element.matches("input, select, textarea") ? "change" : "click");
  }
}

// -- before ------------------------------------------------------------------------------------------------------------

/** The cookie is newer than a token in a page that was open while its person signed in again. */
function addToken({ detail }) {
  const token = document.cookie.match(/(?:^|;\s*)(?:__\w+-)?csrftoken=([^;]+)/)?.[1];
  if (!token) return;
  detail.headers["X-CSRFToken"] = token;
  detail.parameters.delete?.("csrfmiddlewaretoken");
}

function began() {
  writing += 1;
  show("saving");
}

/** A session that ended answers with the sign-in page: it must not land inside a region. */
function keepOutSignIn({ detail }) {
  if (isSignIn(detail.xhr)) detail.shouldSwap = false;
}

// -- after -------------------------------------------------------------------------------------------------------------

function ended({ elt, xhr, successful }) {
  writing = Math.max(0, writing - 1);
  if (isLost(xhr)) lost(elt, xhr);
  else if (successful) stored(elt);
  else show(STALE.has(xhr.status) ? "conflict" : "unsaved");
}

function stored(element) {
  unsaved.delete(element);
  edited.delete(element.closest("form"));
  if (unsaved.size) show("unsaved");
  else show(writing ? "saving" : "saved");
}

function lost(element, xhr) {
  unsaved.add(element);
  show("unsaved");
  showToast(isSignIn(xhr) ? "toast-signed-out" : xhr.status ? "toast-server" : "toast-network");
}

function readEnded({ xhr }) {
  if (isSignIn(xhr)) showToast("toast-signed-out");
  else if (xhr.status === 404 || xhr.status === 410) showToast("toast-gone");
  else if (LOST.has(xhr.status)) showToast("toast-not-read");
}

function show(state) {
  for (const place of document.querySelectorAll("[data-save-state]")) {
    place.dataset.saveState = state;
    const word = place.querySelector("[data-save-word]");
    if (word) word.textContent = [place.dataset[`word${capital(state)}`], state === "saved" && clock()].filter(Boolean).join(" ");
  }
  for (const button of document.querySelectorAll("[data-shown-when]")) button.hidden = button.dataset.shownWhen !== state || !unsaved.size;
}

function warn(event) {
  if (unsaved.size || edited.size || writing) event.preventDefault();
}

/** Whether a write may go through when it is sent again: nobody decided on it. */
export function isLost(xhr) {
  return LOST.has(xhr.status) || isSignIn(xhr);
}

// -- small things --------------------------------------------------------------------------------------------------------

function isWrite({ detail }) {
  return detail.requestConfig && detail.requestConfig.verb !== "get";
}

function isSignIn(xhr) {
  const signIn = document.body.dataset.signIn;
  return Boolean(signIn && xhr?.responseURL && new URL(xhr.responseURL).pathname === signIn && location.pathname !== signIn);
}

function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}

function clock() {
  return new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
}
