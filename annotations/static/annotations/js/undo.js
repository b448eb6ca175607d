/*
 * Undo and redo: the two buttons of the bar (u, Shift+U) also by Ctrl+Z and Ctrl+Shift+Z outside fields. The server keeps
 * the acts and says what would be undone; the buttons come new with the answer to each write.
 *
 * Here too: what was sent late (after a reload, a cut network) shows in the inspector if that is what it was about.
 */
import { waitingWrites } from "./sending.js";

const FIELD = "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select, [contenteditable]";

export function installUndo(screen) {
  let isOld = false; // the inspector shows what was changed behind it

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z" || event.target.matches(FIELD)) return;
    event.preventDefault();
    document.querySelector(`[data-act=${event.shiftKey ? "redo" : "undo"}]`)?.click();
  });
  document.addEventListener("current-changed", ({ detail }) => tell(detail.id));
  document.addEventListener("htmx:oobAfterSwap", ({ target }) => target.id === "acts" && tell(screen.current));
  document.addEventListener("write-answered", ({ detail }) => sentLate(detail));

  /** The annotation that is open stays open where the act was about none, or about many. */
  function tell(id) {
    for (const field of document.querySelectorAll("[data-turn] [name=annotation]")) field.value = id ?? "";
  }

  function sentLate({ entry, outcome, isLive }) {
    if (outcome === "stored" && isAboutCurrent(entry)) isOld = !isLive;
    if (!isOld || waitingWrites().length || screen.inspector.contains(document.activeElement?.closest("textarea, input[type=text]"))) return;
    isOld = false;
    const chip = screen.chipOf(screen.current);
    if (chip) screen.open(chip);
  }

  function isAboutCurrent({ path, fields }) {
    return Boolean(screen.current) && (path.includes(screen.current) || fields.some(([name, value]) => name === "annotation" && value === screen.current));
  }
}
