/*
 * Toasts: short words at the edge of the page, in the live region #toasts. The server sends most of them out of band;
 * those that tell of a server out of reach stand in the page as <template>s and are cloned, once each. "undone" {ids} says
 * which ways back are gone.
 */
const SHOWN_MS = 12_000; // one that offers an action (Undo, Try now) stays longer than it takes to read and reach it

export function watchToasts() {
  const region = document.getElementById("toasts");
  if (!region) return;
  [...region.children].forEach(age);
  document.addEventListener("undone", ({ detail }) => detail.ids.forEach((id) => document.getElementById(`undo-${id}`)?.remove()));
  new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach(age))).observe(region, { childList: true });
  region.addEventListener("click", ({ target }) => {
    if (target.closest("[data-action='dismiss'], [data-action='retry']")) target.closest(".toast").remove();
  });
}

export function showToast(name) {
  const region = document.getElementById("toasts");
  const template = document.getElementById(name);
  if (!region || !template || region.querySelector(`[data-toast="${name}"]`)) return;
  const toast = template.content.firstElementChild.cloneNode(true);
  toast.dataset.toast = name;
  region.append(toast);
}

/** Failures stay until they are dismissed; the rest leaves, but not from under a pointer or the focus. */
function age(toast) {
  if (!(toast instanceof HTMLElement)) return;
  if (toast.id) [...toast.parentElement.children].forEach((other) => other !== toast && other.id === toast.id && other.remove()); // said anew
  if (toast.matches(".bad")) return;
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, SHOWN_MS) : toast.remove());
  setTimeout(leave, SHOWN_MS);
}
