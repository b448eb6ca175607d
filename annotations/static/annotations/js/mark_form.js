/*
 * The one way from a mark to the server: #mark-form, an ordinary form that htmx sends.
 *
 * Marks wait here in their order, each with the key that makes sending it again harmless, and take the form one after
 * the other: two quick marks are two requests, and one that failed keeps its place and its key until it went through.
 */
import { isLost } from "./saving.js";

export class MarkForm {
  /** `onChange()` whenever the waiting marks change. */
  constructor(form, onChange) {
    this.form = form;
    this.onChange = onChange;
    this.waiting = [];
    this.isSending = false;
    form.addEventListener("htmx:afterRequest", (event) => this.#answer(event.detail));
  }

  /** `quote` is cut by the offsets module; it travels as a JSON literal, which no form rule for line ends can touch. */
  add({ segments, quote, label }) {
    this.waiting.push({ segments, quote, label, key: newKey() });
    this.onChange();
    this.#send();
  }

  get segments() {
    return this.waiting.flatMap((mark) => mark.segments);
  }

  #send() {
    const [mark] = this.waiting;
    if (!mark || this.isSending) return;
    const fields = this.form.elements;
    fields.segments.value = JSON.stringify(mark.segments);
    fields.quote.value = JSON.stringify(mark.quote);
    fields.label.value = mark.label;
    fields.idempotency_key.value = mark.key;
    this.isSending = true;
    this.form.requestSubmit();
  }

  #answer({ xhr }) {
    if (isLost(xhr)) return; // it stays in the form, for "Try now"
    this.isSending = false;
    this.waiting.shift(); // stored, or refused for good
    this.onChange();
    setTimeout(() => this.#send()); // htmx lets go of the form only after this event
  }
}

/** 128 random bits; crypto.randomUUID is missing where the page came over plain http from another machine. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
