/*
 * Keys that are pressed while what they are meant for is still on its way (a form that the server sends, a part of the
 * page that is loaded at its first use): kept in their order, and given to it when it is there. Where it does not come,
 * they are dropped: elsewhere they would mean something else.
 *
 * They are given one by one: a key may open what the next one is meant for, and then the rest waits for that in its turn.
 */
const AT_MOST_MS = 5_000;
const TEXT = "textarea, input:not([type=radio], [type=checkbox], [type=button], [type=submit])";
const NO_KEYS = new Set(["Shift", "Control", "Alt", "Meta", "Tab", "F6"]);

const arrivals = new Set(); // what is waited for
let held = [];
let isGiving = false;

addEventListener("keydown", (event) => (arrivals.size || held.length) && !event.wasHeld && keep(event), true);

/** `arrival` resolves to whether it came, when the place for the keys has the focus. `first` is a key that waits already. */
export async function holdKeys(arrival, first = null) {
  arrivals.add(arrival);
  if (first) keep(first);
  const isThere = await Promise.race([arrival, new Promise((resolve) => setTimeout(resolve, AT_MOST_MS, false))]).catch(() => false);
  arrivals.delete(arrival);
  if (!isThere) held = [];
  if (!isGiving) giveAll();
}

/** One that was held before, and is to wait again, stays in front. */
function keep(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || NO_KEYS.has(event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  held[event.wasHeld ? "unshift" : "push"]({ key: event.key, shiftKey: event.shiftKey, repeat: event.repeat });
}

async function giveAll() {
  isGiving = true;
  while (held.length && !arrivals.size) {
    give(held.shift());
    if (held.length) await new Promise((resolve) => setTimeout(resolve));
  }
  isGiving = false;
}

function give({ key, ...rest }) {
  const place = document.activeElement ?? document.body;
  const event = new KeyboardEvent("keydown", { key, ...rest, bubbles: true, cancelable: true });
  const isUsed = !place.dispatchEvent(Object.assign(event, { wasHeld: true }));
  if (isUsed || !place.matches(TEXT)) return;
  if (key.length === 1) document.execCommand("insertText", false, key); // as if it was typed: caret, undo, events
  else if (key === "Backspace") document.execCommand("delete");
  else if (key === "Enter" && place.matches("textarea")) document.execCommand("insertLineBreak");
}
