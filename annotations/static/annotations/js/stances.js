/*
 * One stance key a statement: s, r, q, m and x press the buttons of the statement one is at, and then it is the turn of
 * the next one. j and k walk; a click anywhere in a statement makes it the one that the keys mean.
 */
const FORM = "form[data-stances]";

function rowsOf(form) {
  return [...form.querySelectorAll("[data-stance-row]")];
}

function currentOf(form) {
  return form.querySelector("[data-stance-row][aria-current]");
}

/** The keys stand on the buttons of this statement alone. */
function moveTo(form, row) {
  for (const bearer of form.querySelectorAll("[data-stance-key][data-key]")) bearer.removeAttribute("data-key");
  currentOf(form)?.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  for (const label of row.querySelectorAll("[data-stance-key]")) label.dataset.key = label.dataset.stanceKey;
  row.scrollIntoView({ block: "nearest" });
}

function step(form, from, by) {
  const rows = rowsOf(form);
  const next = rows[rows.indexOf(from) + by];
  if (!next) return;
  moveTo(form, next);
  form.querySelector("[data-stance-said]").textContent = next.querySelector("legend").textContent;
}

document.addEventListener("click", (event) => {
  const form = event.target.closest(FORM);
  if (!form) return;
  const walk = event.target.closest("[data-stance-step]");
  if (walk) return step(form, currentOf(form), Number(walk.dataset.stanceStep));
  const row = event.target.closest("[data-stance-row]");
  // a key clicks a label, and the browser passes that on to the label's button: by then the keys mean the next statement
  if (!row || (event.target.matches("input") && !event.isTrusted)) return;
  if (row !== currentOf(form)) moveTo(form, row);
  if (event.target.closest("label[data-stance-key]") && !event.isTrusted) step(form, row, 1);
});
