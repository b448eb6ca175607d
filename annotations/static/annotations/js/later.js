/*
 * The parts that are not needed to read and to mark (tools.js) and their style sheet: fetched once, at the first key or
 * press on this page, or at once where the page shows something of theirs. A button of theirs that is pressed earlier
 * waits for them, and so do the keys after it. Where they do not come, the page says so; everything else goes on.
 */
import { holdKeys } from "./held_keys.js";
import { byId } from "./screen.js";
import { showToast } from "./toasts.js";

const MANY = 60; // spans, of which a minimap tells at once
const ACTIONS = new Set([
  "find", "suggestions", "say-who", "relate", "toggle-arcs", "resize-start", "resize-end", "add-to-current", "split", "hide-highlights",
  ...["unmarked", "difference", "of-label", "article"].flatMap((what) => [`next-${what}`, `previous-${what}`]),
]);

export function installLater(screen) {
  const { tools, toolsSheet } = document.querySelector("[data-tools]").dataset;
  let coming = null;
  let tries = 0;

  screen.onMissing = (name, button) => {
    if (ACTIONS.has(name)) holdKeys(come().then(() => perform(name, button), () => showToast("toast-not-read")));
  };
  requestAnimationFrame(() => setTimeout(() => isShown() && come().catch(() => {}))); // the marks are painted first
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, begin, { capture: true, once: true });

  function come() {
    const address = new URL(tools, location.href);
    if (tries) address.search = tries; // a browser may remember that a module did not come
    coming ??= styled(toolsSheet, address).then(() => import(address)).then(
      () => { document.documentElement.dataset.tools = "ready"; },
      (error) => { // tried again at the next use, or when the network is back
        tries += 1;
        coming = null;
        addEventListener("online", () => come().catch(() => {}), { once: true });
        throw error;
      },
    );
    return coming;
  }

  function begin(event) {
    const chip = event.type === "pointerdown" && event.target.closest?.("[data-annotation]");
    if (document.documentElement.dataset.tools) return;
    let isHeld = true;
    addEventListener("pointerup", () => { isHeld = false; }, { capture: true, once: true });
    const again = () => chip && isHeld && chip.dispatchEvent(new PointerEvent("pointerdown", event)); // a line that is being pulled
    come().then(again, () => {});
  }

  function perform(name, button) {
    screen.actions[name]?.(button);
    return true;
  }

  /** Whether the page has something that they show: arcs, suggestions, marks of a long text, a search, an annotation. */
  function isShown() {
    const found = byId("suggestions-found")?.querySelector("[data-suggestions]");
    const isSuggested = found && (found.dataset.suggestions.length > 2 || found.hasAttribute("data-was-asked"));
    return isSuggested || byId("arcs") || screen.current || screen.highlights.spans.size > MANY || new URL(location.href).searchParams.has("find");
  }
}

/** The style sheet is there; the script, which is asked for beside it, would show things that lie over the text without. */
function styled(sheet, script) {
  document.head.append(linkTo("modulepreload", script));
  return new Promise((resolve, reject) => {
    const link = linkTo("stylesheet", sheet);
    Object.assign(link, { onload: resolve, onerror: () => { link.remove(); reject(new Error(sheet)); } });
    document.querySelector("[rel=stylesheet]").after(link);
  });
}

function linkTo(rel, href) {
  return Object.assign(document.createElement("link"), { rel, href });
}
