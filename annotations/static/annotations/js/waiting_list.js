/*
 * What is not stored, in a list (#waiting): what waits for the server, and what it refused for good, with the reason and
 * the words, to try again, to copy or to discard. Nothing leaves the list but by being stored, or by the person's choice.
 */
import { discard, refusedWrites, sendAgain, waitingWrites, writesOfOthers } from "./sending.js";

const NOT_WORDS = new Set(["version", "revision", "annotation", "segments", "place"]);
const actions = { "try-write": tryAgain, "copy-write": copy, "discard-write": ({ id }) => discard([id]) };
const dialog = document.getElementById("waiting");

if (dialog) {
  dialog.addEventListener("opened", list);
  document.addEventListener("queue-changed", listWhileOpen);
  dialog.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-action]");
    actions[button?.dataset.action]?.({ id: button.closest("[data-write]")?.dataset.write, button });
  });
  listWhileOpen(); // it may have been opened before this came
}

/** Only while somebody looks at it: a mark comes and goes in a moment. */
function listWhileOpen() {
  if (dialog.open) list();
}

function list() {
  const waiting = waitingWrites();
  const refused = refusedWrites();
  fill(dialog.querySelector("[data-waiting]"), waiting, "waiting-row");
  fill(dialog.querySelector("[data-refused]"), refused, "refused-row");
  const others = dialog.querySelector("[data-others]");
  others.hidden = !writesOfOthers();
  others.querySelector("[data-count]").textContent = writesOfOthers();
  dialog.querySelector("[data-none]").hidden = waiting.length + refused.length > 0;
}

/** Rows that are there already stay as they are: one may hold the focus. */
function fill(section, entries, template) {
  section.hidden = !entries.length;
  const list = section.querySelector("ul");
  const wanted = new Set(entries.map(({ id }) => id));
  for (const row of [...list.children]) if (!wanted.has(row.dataset.write)) row.remove();
  for (const entry of entries) {
    if (!list.querySelector(`[data-write="${CSS.escape(entry.id)}"]`)) list.append(rowOf(entry, template));
  }
}

function rowOf(entry, template) {
  const row = document.getElementById(template).content.firstElementChild.cloneNode(true);
  row.dataset.write = entry.id;
  row.querySelector("[data-words]").textContent = entry.words;
  row.querySelector("time").textContent = new Date(entry.at).toLocaleString(document.documentElement.lang);
  const reason = row.querySelector("[data-reason]");
  if (reason) reason.textContent = entry.reason || reason.dataset[`word${entry.status}`] || reason.dataset.word;
  const words = row.querySelector("textarea");
  if (words) words.value = wordsIn(entry);
  const there = row.querySelector("[data-there]");
  if (there) there.href = entry.page;
  return row;
}

/** Everything that the person wrote in it. */
function wordsIn({ fields }) {
  const said = fields.filter(([name, value]) => value.trim() && !NOT_WORDS.has(name));
  return said.map(([name, value]) => `${name}: ${value}`).join("\n");
}

function tryAgain({ id, button }) {
  dialog.close();
  sendAgain(id);
}

/** The clipboard is shut where the page came over plain http; a selected text can still be copied by hand. */
function copy({ button }) {
  const words = button.closest("[data-write]").querySelector("textarea");
  words.select();
  navigator.clipboard?.writeText(words.value);
}
