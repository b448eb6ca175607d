/*
 * Others at the same article. #pulse asks by itself what is new; this module lets it rest while nobody looks, tells the
 * server which annotation is open, and, where there is a stream, asks when the stream says so.
 */
import { htmxCame } from "./requests.js";
import { byId } from "./screen.js";

export function installTogether(screen) {
  if (!byId("pulse")) return; // an old revision: nothing new can happen to it
  const shown = byId("shown-annotation");
  document.addEventListener("current-changed", ({ detail }) => { shown.value = detail.id ?? ""; });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.closest("[data-quiet]") && (document.hidden || !navigator.onLine)) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => !document.hidden && ask());
  addEventListener("online", ask);
  screen.actions["show-news"] = () => { byId("news").replaceChildren(); };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-action='show-news']");
    const chip = link && screen.chipOf(new URL(link.href).searchParams.get("annotation"));
    if (!chip) return; // gone meanwhile: the link itself leads on
    event.preventDefault();
    screen.open(chip);
  });
  const { stream } = byId("pulse").dataset;
  if (stream) new EventSource(stream).addEventListener("message", ({ data }) => Number(data) > Number(byId("pulse").dataset.number) && ask());
}

/** At once, whatever the rhythm. */
function ask() {
  htmxCame.then(() => htmx.trigger(byId("pulse"), "others-worked"));
}
