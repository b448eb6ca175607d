/*
 * The label buttons of the marking bar and of the toolbar: the last label, whether it sticks, and finding one among
 * thirty by its first letters or with the arrows. What a label does is the caller's business.
 */
import { fold } from "./finder.js";

const LAST = "workbench.last-label";
const STICKY = "workbench.sticky-label";
const STEP = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Remembered in this browser, for every article: [data-label-key] of the label that was given last. */
export const lastLabel = {
  get key() {
    return localStorage.getItem(LAST);
  },
  remember(key) {
    localStorage.setItem(LAST, key);
  },
  get isSticky() {
    return localStorage.getItem(STICKY) === "1";
  },
  stick(isSticky) {
    if (isSticky) localStorage.setItem(STICKY, "1");
    else localStorage.removeItem(STICKY);
  },
};

export class LabelButtons {
  constructor(frame) {
    this.buttons = [...frame.querySelectorAll("[data-label-key]")];
    this.reset();
  }

  /** All in sight, none chosen. */
  reset() {
    this.choose(null);
    this.buttons.forEach((button) => button.classList.remove("off"));
  }

  withKey(key) {
    return this.buttons.find((button) => button.dataset.labelKey === key);
  }

  withDigit(digit) {
    return this.buttons.find((button) => button.dataset.key === digit && /^\d$/.test(digit));
  }

  get last() {
    return this.withKey(lastLabel.key);
  }

  /** Those that the letters fit; none while no letter was typed. `l` may stand before them: it opens the search. */
  fitting(letters) {
    const said = fold(letters.trim());
    const wanted = [said, said.replace(/^l\s*/u, "")].filter((piece) => piece && piece !== "l");
    const names = ({ dataset }) => [dataset.labelName, dataset.labelKey, dataset.labelCode, ...dataset.labelName.split(/\s+/u)];
    const fits = (button) => wanted.some((piece) => names(button).some((name) => fold(name).startsWith(piece)));
    return this.buttons.filter(fits);
  }

  /** Shows only those that fit, and returns them. */
  narrow(letters) {
    const left = this.fitting(letters);
    this.buttons.forEach((button) => button.classList.toggle("off", left.length > 0 && !left.includes(button)));
    this.choose(left[0] ?? null);
    return left;
  }

  /** The next one in sight; `key` is an arrow. */
  step(key) {
    const inSight = this.buttons.filter((button) => !button.classList.contains("off"));
    const here = inSight.indexOf(this.chosen);
    const next = here < 0 ? (STEP[key] > 0 ? 0 : inSight.length - 1) : here + STEP[key];
    this.choose(inSight[(next + inSight.length) % inSight.length] ?? null);
  }

  choose(button) {
    this.chosen?.classList.remove("chosen");
    this.chosen = button;
    button?.classList.add("chosen");
    button?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

/** Arrows, Home and End go from button to button of a toolbar. */
export function walkToolbar(toolbar) {
  toolbar.addEventListener("keydown", (event) => {
    const inSight = [...toolbar.querySelectorAll("button")].filter((button) => button.checkVisibility());
    const here = inSight.indexOf(document.activeElement);
    const mirror = getComputedStyle(toolbar).direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: mirror, ArrowLeft: -mirror, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = { Home: 0, End: inSight.length - 1 }[event.key] ?? (step && (here + step + inSight.length) % inSight.length);
    if (to === undefined || here < 0) return;
    event.preventDefault();
    inSight[to].focus();
  });
}
