/*
 * Keys that mean the annotation one has just gone to, made or changed wait until the inspector shows it: a hand is quicker
 * than a server, and its keys would change the one before, or what they open would be gone with the answer. Keys that mean
 * anything else pass at once, and so does whatever is typed in a field. And who went on is not taken back by an answer.
 */
import { holdKeys } from "./held_keys.js";
import { pressedBy } from "./keys.js";
import { isAnswerDue, leaveBehind } from "./sending.js";

const MEAN_THE_OPEN_ONE = "[data-action=search-label], [data-action=repeat-label], [data-action=say-who]";

export function installArriving(screen) {
  const { inspector } = screen;
  let opening = null; // the id of the annotation that was asked for
  let arrived = null; // ends the present waiting

  document.addEventListener("opening", ({ detail }) => {
    opening = detail.id;
    leaveBehind(inspector.id); // what was written before takes nobody back when it is answered
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (isReading(detail) && idIn(detail) !== screen.current) detail.shouldSwap = false; // something newer stands there
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (isReading(detail) && idIn(detail) === opening) {
      opening = null;
      if (!detail.successful) arrived?.(false);
    }
    look();
  });
  document.addEventListener("write-answered", ({ detail }) => {
    const isMadeElsewhere = !inspector.contains(detail.element); // a mark that is not there cannot be what a key means
    if (detail.outcome === "refused" || (detail.outcome === "lost" && isMadeElsewhere)) arrived?.(false);
    look();
  });
  addEventListener("keydown", (event) => isDue() && isMeantForIt(event) && holdKeys(arrival(), event), true);

  function isReading({ requestConfig }) {
    return requestConfig?.elt === inspector;
  }

  function isDue() {
    return opening !== null || isAnswerDue(inspector.id);
  }

  function isMeantForIt(event) {
    const button = pressedBy(event);
    if (button === undefined || document.querySelector("dialog:modal")) return false;
    return !button || button.ariaDisabled === "true" || inspector.contains(button) || button.matches(MEAN_THE_OPEN_ONE);
  }

  function arrival() {
    return new Promise((resolve) => { arrived = resolve; });
  }

  function look() {
    if (!isDue()) arrived?.(true);
  }
}

function idIn({ pathInfo }) {
  return new URL(pathInfo.requestPath, location.href).searchParams.get("annotation");
}
