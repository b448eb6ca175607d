/*
 * While `@` and letters are typed in a comment, the members whose names hold them stand below the field: arrows choose,
 * Enter or Tab takes, Escape closes. The server renders the list; this only shows, hides and moves it.
 */
const CALL = /(?:^|[^\w@.+-])@([\w.+-]*)$/u;
const AT_ONCE = 6;

const listOf = (field) => field.closest(".comments")?.querySelector("[data-members]");
const options = (list) => [...list.querySelectorAll("[data-username]:not([hidden])")];
const chosen = (list) => list.querySelector("[aria-selected=true]");

function typed(field) {
  return CALL.exec(field.value.slice(0, field.selectionStart))?.[1] ?? null;
}

function choose(field, list, option) {
  chosen(list)?.removeAttribute("aria-selected");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
}

function close(field, list) {
  if (list.hidden) return;
  list.hidden = true;
  choose(field, list, null);
  field.removeAttribute("aria-activedescendant");
  field.removeAttribute("aria-controls");
}

function suggest(field) {
  const list = listOf(field);
  if (!list) return;
  const letters = typed(field)?.toLowerCase();
  if (letters === undefined) return close(field, list);
  let shown = 0;
  [...list.children].forEach((option, number) => {
    const fits = option.dataset.words.split(" ").some((word) => word.startsWith(letters));
    option.hidden = !fits || shown >= AT_ONCE;
    option.id ||= `${list.closest(".comments").id}-member-${number}`;
    if (!option.hidden) shown += 1;
  });
  if (!shown) return close(field, list);
  list.id ||= `${list.closest(".comments").id}-members`;
  field.closest(".field").after(list);
  list.hidden = false;
  field.setAttribute("aria-controls", list.id);
  choose(field, list, options(list)[0]);
}

function take(field, list, option) {
  const end = field.selectionStart;
  const start = end - typed(field).length;
  field.setRangeText(`${option.dataset.username} `, start, end, "end");
  close(field, list);
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function onKey(event) {
  const field = event.target;
  if (!field.matches?.("[data-mentions]")) return;
  const list = listOf(field);
  if (!list || list.hidden) return;
  const all = options(list);
  const at = all.indexOf(chosen(list));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(field, list, all[(at + step + all.length) % all.length]);
  else if (["Enter", "Tab"].includes(event.key) && at >= 0) take(field, list, all[at]);
  else if (event.key === "Escape") close(field, list);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function watchMentions() {
  document.addEventListener("input", ({ target }) => target.matches?.("[data-mentions]") && suggest(target));
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[data-members] [data-username]");
    if (!option) return;
    event.preventDefault(); // the field keeps the focus and its place
    const field = option.closest("[data-members]").previousElementSibling?.querySelector("[data-mentions]");
    if (field) take(field, listOf(field), option);
  });
  document.addEventListener("focusout", ({ target }) => {
    const list = target.matches?.("[data-mentions]") && listOf(target);
    if (list) close(target, list);
  });
}
