/*
 * The queue of claims by keys: one row is the current one, and only its buttons carry keys. What a key does is the
 * button's own; a row that was answered for hands over to the next.
 */
const list = document.getElementById("ranking");
const KEYED = "[data-row-key]";
let current = null;

if (list) {
  document.getElementById("triage-keys").addEventListener("click", ({ target }) => {
    const button = target.closest("[data-step]");
    if (button) step(Number(button.dataset.step));
  });
  list.addEventListener("focusin", ({ target }) => choose(target.closest("[data-ranked]")));
  list.addEventListener("toggle", ({ target }) => target.open && target.querySelector("textarea, input:not([type=hidden])")?.focus(), true);
  document.addEventListener("htmx:afterSwap", ({ target }) => target.closest?.("[data-ranked]") || choose(current));
  document.addEventListener("htmx:load", ({ target }) => target.matches?.("[data-ranked]") && cameBack(target));
  choose(rows()[0]);
}

function rows() {
  return [...list.querySelectorAll("[data-ranked]:not(.gone)")];
}

function choose(row) {
  if (!row || row === current) return;
  for (const button of current?.querySelectorAll(KEYED) ?? []) delete button.dataset.key;
  current?.removeAttribute("aria-current");
  current = row;
  row.setAttribute("aria-current", "true");
  for (const button of row.querySelectorAll(KEYED)) if (button.dataset.rowKey !== "Enter") button.dataset.key = button.dataset.rowKey;
}

function step(direction) {
  const all = [...list.querySelectorAll("[data-ranked]")];
  const open = rows();
  const here = all.indexOf(current);
  const next = direction > 0 ? open.find((row) => all.indexOf(row) > here) : open.findLast((row) => all.indexOf(row) < here);
  if (next) focus(next);
}

/** The row that the server sent in place of the current one: rated, refused, or gone from here. */
function cameBack(row) {
  choose(row);
  const field = row.querySelector("details[open] textarea");
  if (field) return field.focus();
  if (row.classList.contains("gone") && rows().length) {
    step(1);
    if (current === row) step(-1);
  } else focus(row);
}

function focus(row) {
  choose(row);
  row.querySelector("a.claim").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}
