/*
 * The one way from a mark to the server: #mark-form, an ordinary form that htmx would send and the local queue takes over
 * (saving.js). The form is free again at once; what waits in the queue is painted as a draft until it is stored.
 */
import { newKey } from "./queue.js";
import { valueOf, waitingWrites } from "./sending.js";

export class MarkForm {
  /** `onWaiting(segments)` whenever the marks that wait to be stored change. */
  constructor(form, onWaiting) {
    this.form = form;
    this.desk = document.querySelector("[data-queue]").dataset.article;
    document.addEventListener("queue-changed", () => onWaiting(this.segments));
  }

  /** `quote` is cut by the offsets module; it travels as a JSON literal, which no form rule for line ends can touch. */
  add({ segments, quote, label }) {
    const fields = this.form.elements;
    fields.segments.value = JSON.stringify(segments);
    fields.quote.value = JSON.stringify(quote);
    fields.label.value = label;
    fields.idempotency_key.value = newKey(); // each mark is a write of its own
    this.form.requestSubmit();
  }

  /** What waits to be stored in this article, after a reload too. */
  get segments() {
    const here = waitingWrites().filter(({ article }) => article === this.desk);
    return here.flatMap((entry) => JSON.parse(valueOf(entry, "segments") || "[]"));
  }
}
