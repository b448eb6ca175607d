/*
 * Single keys. A key does nothing of its own: it clicks the button or link that carries it in data-key, so whatever a
 * key does can be done with a pointer too, and a page without the button is without the key.
 *
 * data-key holds one key ("n", "Delete", "F6", "Ctrl+Enter") or two pressed after each other ("g q"). Where several
 * elements in sight carry the same key, the last in the page wins: what opened last (toolbar, toast) stands last.
 */
const PAUSE_MS = 1200; // between the two keys of a pair

let first = "";
let timer;

export function watchKeys() {
  watchSwitch();
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat && !/^[jknp]$/.test(event.key)) return;
    if (isSentBy(event)) return void (send(event.target.form), event.preventDefault());
    const key = nameOf(event);
    if (!key || (isSingle(key) && (isField(event.target) || areOff()))) return;
    if (press(key, event.target)) event.preventDefault();
  });
}

/** What a single key would press here and now: an element, null for nothing; undefined where it is no such key, or half of a pair. */
export function pressedBy(event) {
  const key = nameOf(event);
  if (!key || key === " " || !isSingle(key) || isField(event.target) || areOff()) return undefined;
  if (first || document.querySelector(`[data-key^="${CSS.escape(key)} "]`)) return undefined;
  return bearer(key) ?? null;
}

/** A field for one sentence (data-enter-sends) is sent by Enter; Shift+Enter begins a line. */
function isSentBy(event) {
  return event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey && event.target.matches?.("[data-enter-sends]");
}

/** The person's own choice, which the server knows and says on the body. */
function areOff() {
  return document.body.hasAttribute("data-single-keys-off");
}

/** The form around the box tells the server; here it holds at once, and every other box on the page shows it. */
function watchSwitch() {
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("input[data-single-keys]")) return;
    document.body.toggleAttribute("data-single-keys-off", !target.checked);
    for (const box of document.querySelectorAll("input[data-single-keys]")) box.checked = target.checked;
    target.form.requestSubmit();
  });
}

/** Returns whether the key meant something here. */
function press(key, place) {
  if (key === "Ctrl+Enter" && place.form) return send(place.form);
  const pair = first && `${first} ${key}`;
  first = "";
  clearTimeout(timer);
  const target = (pair && bearer(pair)) || bearer(key);
  if (target) return act(target);
  if (!document.querySelector(`[data-key^="${CSS.escape(key)} "]`)) return false;
  first = key;
  timer = setTimeout(() => { first = ""; }, PAUSE_MS);
  return false;
}

function act(target) {
  if (target.getAttribute("aria-disabled") === "true") target.focus(); // the reason is read out with it
  else target.click();
  return true;
}

/** From inside a field, Ctrl+Enter means the form that one is writing in. */
function send(form) {
  form.requestSubmit();
  return true;
}

function bearer(key) {
  const scope = document.querySelector("dialog:modal") ?? document;
  return [...scope.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(isInSight).at(-1);
}

function isInSight(element) {
  return !element.disabled && element.checkVisibility({ visibilityProperty: true });
}

function nameOf(event) {
  if (event.altKey || event.metaKey || (event.ctrlKey && event.key !== "Enter")) return "";
  if (event.ctrlKey) return "Ctrl+Enter";
  return event.key;
}

function isSingle(key) {
  return key.length === 1 || key === "Delete";
}

function isField(element) {
  return element.matches?.("input:not([type=radio], [type=checkbox], [type=button], [type=submit]), select, textarea, [contenteditable]");
}
