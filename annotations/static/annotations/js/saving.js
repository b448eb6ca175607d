/*
 * Says at every moment whether the work is stored: saved, saving, unsaved, conflict, in [data-save-state]; and takes what
 * htmx would send into the local queue first (queue.js stores, sending.js sends), on the screens that carry [data-queue].
 *
 * Words stand in the page (data-word-*), toasts in its <template>s; nothing here makes HTML. A form that must not wait in
 * a queue says data-unqueued; one of which each press counts (undo) says data-each.
 */
import { enqueue, isFromQueue, isSignIn, refusedWrites, sendNow, startSending, tokenInCookie, waitingWrites } from "./sending.js";
import { showToast } from "./toasts.js";

const NOT_READ = new Set([0, 408, 429, 500, 502, 503, 504]);
const CONFLICT = new Set([409, 412]);
const TECHNICAL = new Set(["csrfmiddlewaretoken", "idempotency_key"]);

const edited = new Set(); // forms with words that were never sent
const unqueued = new Set(); // elements whose last write, past the queue, did not go through
let refusal = ""; // the state that a refusal beside its form left: "", "unsaved", "conflict"
let writing = 0; // requests under way past the queue
let desk = null; // [data-queue]: the screen whose writes go through the queue

export function watchSaving() {
  desk = document.querySelector("[data-queue]");
  startSending({ signedIn: document.body.dataset.person ?? "", onAnswer: answered });
  document.addEventListener("htmx:configRequest", takeIn);
  document.addEventListener("htmx:beforeRequest", ({ detail }) => isOwn(detail) && began());
  document.addEventListener("htmx:beforeSwap", keepOutSignIn);
  document.addEventListener("htmx:afterRequest", ({ detail }) => ended(detail));
  document.addEventListener("queue-changed", show);
  document.addEventListener("input", ({ target }) => target.form?.matches("[data-guard]") && edited.add(target.form));
  document.addEventListener("submit", ({ target }) => edited.delete(target));
  document.addEventListener("click", ({ target }) => target.closest("[data-action='retry']") && retry());
  addEventListener("online", retryUnqueued);
  addEventListener("beforeunload", warn);
}

function retry() {
  sendNow();
  retryUnqueued();
}

// -- before ------------------------------------------------------------------------------------------------------------

/** Every write of the screen is stored in this browser before it is sent. */
function takeIn(event) {
  const { detail } = event;
  if (detail.verb === "get" || isFromQueue(detail)) return;
  if (isQuiet(detail)) return addToken(detail);
  const { elt, formData, errors, path, target } = detail;
  const fields = [...formData.entries()].filter(([name]) => !TECHNICAL.has(name));
  const isOurs = desk && detail.verb === "post" && !elt.closest("[data-unqueued]") && fields.every(([, value]) => typeof value === "string");
  if (!isOurs || errors?.length) return addToken(detail);
  event.preventDefault();
  refusal = "";
  enqueue(
    {
      article: desk.dataset.article,
      path,
      page: location.href,
      fields,
      key: formData.get("idempotency_key"),
      target: target.id,
      swap: elt.closest("[hx-swap]")?.getAttribute("hx-swap") ?? "innerHTML",
      words: wordsOf(elt, detail.triggeringEvent, fields),
      isEach: Boolean(elt.closest("[data-each]")),
    },
    elt,
  );
}

/** What is waiting, in words: what the button says, and of what. */
function wordsOf(element, event, fields) {
  const quote = fields.find(([name, value]) => name === "quote" && value)?.[1];
  const submitter = event?.submitter ?? element.querySelector?.("button[type=submit]");
  const chosen = element.querySelector?.("input[type=radio]:checked")?.closest("label");
  const subject = plain(element.closest(".sec")?.querySelector("h2"));
  const parts = [element.dataset.words, plain(chosen) || plain(submitter), quote ? read(quote) : subject];
  return parts.map((part) => part?.replace(/\s+/g, " ").trim()).filter(Boolean).join(" · ");
}

function plain(element) {
  return [...(element?.childNodes ?? [])].filter((node) => !node.matches?.("kbd, .sw, .sr, .end, .tag, input")).map((node) => node.textContent).join("");
}

function read(json) {
  try {
    return `“${JSON.parse(json)}”`;
  } catch {
    return json;
  }
}

/** The cookie is newer than a token in a page that was open while its person signed in again. */
function addToken({ headers, parameters }) {
  const token = tokenInCookie();
  if (!token) return;
  headers["X-CSRFToken"] = token;
  parameters.delete?.("csrfmiddlewaretoken");
}

/** A session that ended answers with the sign-in page: it must not land inside a region. */
function keepOutSignIn({ detail }) {
  if (isSignIn(detail.xhr)) detail.shouldSwap = false;
}

// -- after -------------------------------------------------------------------------------------------------------------

/** One write of the queue was answered, or not. */
function answered({ entry, xhr, outcome, isLive, element }) {
  if (outcome === "stored") refusal = "";
  if (outcome === "stored") edited.delete(element?.closest("form"));
  if (outcome === "refused" && isLive && entry.state !== "refused") refusal = CONFLICT.has(xhr.status) ? "conflict" : "unsaved";
  if (outcome === "refused" && !isLive) showToast("toast-refused");
  if (outcome === "lost" && entry.tries === 1) showToast(toastFor(entry, xhr));
  if (!waitingWrites().length) for (const toast of document.querySelectorAll("[data-toast]:has([data-action='retry'])")) toast.remove();
  show();
}

function toastFor(entry, xhr) {
  if (isSignIn(xhr) || xhr?.status === 401) return "toast-signed-out";
  if (!entry.kept) return "toast-not-kept";
  return xhr?.status ? "toast-server" : "toast-network";
}

/** Reads, and writes past the queue (forms with files, screens without one). */
function ended(detail) {
  if (detail.isRelayed || isFromQueue(detail) || isQuiet(detail)) return;
  if (!isOwn(detail)) return readEnded(detail);
  writing = Math.max(0, writing - 1);
  const { elt, xhr, successful } = detail;
  if (NOT_READ.has(xhr.status) || isSignIn(xhr)) {
    unqueued.add(elt);
    showToast(isSignIn(xhr) ? "toast-signed-out" : xhr.status ? "toast-server" : "toast-network");
  } else {
    unqueued.delete(elt);
    refusal = successful ? "" : CONFLICT.has(xhr.status) ? "conflict" : "unsaved";
    if (successful) edited.delete(elt.closest("form"));
  }
  show();
}

function readEnded({ xhr }) {
  if (isSignIn(xhr)) showToast("toast-signed-out");
  else if (xhr.status === 404 || xhr.status === 410) showToast("toast-gone");
  else if (NOT_READ.has(xhr.status)) showToast("toast-not-read");
}

function retryUnqueued() {
  for (const element of [...unqueued]) {
    unqueued.delete(element);
    if (!element.isConnected) continue;
    if (element.matches("form")) element.requestSubmit();
    else htmx.trigger(element, element.matches("input, select, textarea") ? "change" : "click");
  }
}

// -- what it says ------------------------------------------------------------------------------------------------------

function began() {
  writing += 1;
  show();
}

function show() {
  const count = waitingCount();
  const state = stateNow(count);
  for (const place of document.querySelectorAll("[data-save-state]")) {
    const before = place.dataset.saveState;
    place.dataset.saveState = state;
    const word = place.querySelector("[data-save-word]");
    const after = state === "saved" && (before !== "saved" ? clock() : null);
    if (word && after !== null) word.textContent = [place.dataset[`word${capital(state)}`], after, state === "unsaved" && count ? `(${count})` : ""].filter(Boolean).join(" ");
  }
  for (const button of document.querySelectorAll("[data-shown-when]")) button.hidden = button.dataset.shownWhen !== state || !count;
}

/** Fresh writes under way are "saving"; those that failed once are "unsaved" until they went through. */
function stateNow(count) {
  const refused = refusedWrites();
  if (refused.some(({ status }) => CONFLICT.has(status))) return "conflict";
  if (refused.length || unqueued.size || waitingWrites().some((entry) => entry.hasFailed)) return "unsaved";
  if (count || writing) return "saving";
  return refusal || "saved";
}

function waitingCount() {
  return waitingWrites().length + unqueued.size;
}

/** Warns where leaving would lose words, or leave them unsent: what was typed and not sent, what no queue holds, what the
 * server did not take. A write that is stored here and under way needs no warning: the next page sends it again. */
function warn(event) {
  const isRisky = waitingWrites().some((entry) => !entry.kept || entry.hasFailed) || refusedWrites().length;
  if (isRisky || unqueued.size || writing || refusal || [...edited].some((form) => form.isConnected)) event.preventDefault();
}

// -- small things --------------------------------------------------------------------------------------------------------

function isOwn(detail) {
  return detail.requestConfig && detail.requestConfig.verb !== "get" && !isFromQueue(detail) && !isQuiet(detail);
}

/** What the page asks by itself, again and again, is no work of the person: it shows no state and raises no toast. */
function isQuiet({ elt }) {
  return Boolean(elt?.closest?.("[data-quiet]"));
}

function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}

function clock() {
  return new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
}
