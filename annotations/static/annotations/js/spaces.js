/*
 * Whether white space at the ends of a passage is left out: one switch in the toolbar and in the marking bar, remembered
 * in this browser. And the words of a passage as they are shown and spoken, with the spaces at its ends made visible.
 */
const KEPT = "workbench.keep-spaces";
const FEW = 6; // words that are shown whole
const VISIBLE = { " ": "␣", "\u00a0": "⍽", "\t": "⇥", "\n": "¶", "\r": "¶" };

export const spaces = {
  get areKept() {
    return localStorage.getItem(KEPT) === "1";
  },
  keep(areKept) {
    if (areKept) localStorage.setItem(KEPT, "1");
    else localStorage.removeItem(KEPT);
  },
};

/** What will be stored of [start, end): null where nothing but white space would be left. */
export function stored(bounds, [start, end]) {
  return spaces.areKept ? [start, end] : bounds.trim(start, end);
}

/** The words themselves while they are few, else the first and the last with the number of words. */
export function describe(bounds, [start, end], words) {
  const text = bounds.article.slice(start, end);
  const inner = text.trim();
  const count = bounds.countWords(start, end);
  const [before, behind] = inner ? text.split(inner, 2) : [text, ""];
  const visible = (signs) => [...signs].map((sign) => VISIBLE[sign] ?? "␣").join("");
  const isWhole = count <= FEW;
  const shown = isWhole ? inner.replace(/\s+/gu, " ") : shortened(bounds, inner);
  const quoted = `“${visible(before)}${shown}${visible(behind)}”`;
  return isWhole ? quoted : `${quoted}, ${count} ${words}`;
}

/** The first three and the last two words; of a script without spaces about as many characters. */
function shortened(bounds, text) {
  const pieces = text.split(/\s+/u);
  if (pieces.length > 5) return `${pieces.slice(0, 3).join(" ")} … ${pieces.slice(-2).join(" ")}`;
  const clusters = [...bounds.cutter("grapheme").segment(text)].map(({ segment }) => segment);
  return clusters.length > 24 ? `${clusters.slice(0, 12).join("")} … ${clusters.slice(-8).join("")}` : text;
}
