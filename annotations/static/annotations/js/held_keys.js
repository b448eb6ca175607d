/*
 * Keys that are pressed while what they are meant for is still on its way (a form that the server sends, a part of the
 * page that is loaded at its first use): kept in their order, and given to it when it is there. Where it does not come,
 * they are dropped: elsewhere they would mean something else.
 */
const AT_MOST_MS = 5_000;
const TEXT = "textarea, input:not([type=radio], [type=checkbox], [type=button], [type=submit])";
const NO_KEYS = new Set(["Shift", "Control", "Alt", "Meta", "Tab", "F6"]);

/** `arrival` resolves to whether it came, when the place for the keys has the focus. */
export async function holdKeys(arrival) {
  const held = [];
  const keep = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || NO_KEYS.has(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held.push({ key: event.key, shiftKey: event.shiftKey });
  };
  addEventListener("keydown", keep, true);
  const isThere = await Promise.race([arrival, new Promise((resolve) => setTimeout(resolve, AT_MOST_MS, false))]).catch(() => false);
  removeEventListener("keydown", keep, true);
  if (isThere) held.forEach(give);
}

function give({ key, shiftKey }) {
  const place = document.activeElement ?? document.body;
  const isUsed = !place.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
  if (isUsed || key.length !== 1 || !place.matches(TEXT)) return;
  place.setRangeText(key, place.selectionStart, place.selectionEnd, "end");
  place.dispatchEvent(new InputEvent("input", { data: key, inputType: "insertText", bubbles: true }));
}
