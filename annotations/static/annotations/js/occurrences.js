/*
 * Where words stand in a text: case, accents and word edges as asked, in every script. Pure; no DOM here.
 *
 * The same rules as core/occurrences.py on the server, in UTF-16 units: both sides are folded, and places are mapped back
 * to the text as it stands.
 */
import { countWhile } from "./offsets.js";

export const LONGEST_WORDS = 500;
const ONE_LETTER = new Map(Object.entries({
  "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
  "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H",
  "‘": "'", "’": "'", "ʼ": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"',
  "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
}));
// Vowel signs of Indic scripts and of Thai, and the voicing marks of kana, are letters and no accents.
const ACCENT = /(?![\u3099\u309a])(?=[\p{sc=Zinh}\p{sc=Zyyy}\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Cyrl}\p{sc=Grek}\p{sc=Latn}])[\p{M}\p{Cf}\u0640]/gu;
const LINE_END = /^[\n\v\f\x85\u2028\u2029]$/u;
const HANGUL = /^[\uac00-\ud7a3]$/u;
const BEYOND_ASCII = /[^\x00-\x7f]/gu;
const ZEROS = /\p{Nd}/u;

function foldOne(character, { case: sameCase, accents }) {
  if (/^\s$/u.test(character)) return LINE_END.test(character) ? "\n" : " ";
  const form = accents ? "NFD" : "NFKD";
  const isWhole = HANGUL.test(character);
  let apart = isWhole ? character : character.normalize(form);
  if (!sameCase && !isWhole) apart = apart.replaceAll("ß", "ss").replaceAll("ẞ", "ss").toLowerCase().replaceAll("ς", "σ").normalize(form);
  if (accents) return apart;
  return [...apart.replace(ACCENT, "")].map((one) => digitOf(ONE_LETTER.get(one) ?? one)).join("");
}

/** A digit of any script as 0 to 9: digits stand in runs of ten. */
function digitOf(character) {
  if (character < "\x80" || !ZEROS.test(character)) return character;
  const code = character.codePointAt(0);
  let zero = code;
  while (code - zero < 9 && ZEROS.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}

/** A folded text that knows where its places stand: behind each odd character, the place in both texts. */
class Folded {
  constructor(text, options) {
    this.behind = [];
    this.stored = [];
    const known = new Map();
    const pieces = [];
    let begun = 0;
    let length = 0;
    const ascii = (part) => (options.case ? part : part.toLowerCase()).replace(/[\t\r\v\f]/gu, (one) => (one === "\t" || one === "\r" ? " " : "\n"));
    for (const { 0: character, index } of text.matchAll(BEYOND_ASCII)) {
      let folded = known.get(character);
      if (folded === undefined) known.set(character, (folded = foldOne(character, options)));
      pieces.push(ascii(text.slice(begun, index)), folded);
      length += index - begun + folded.length;
      begun = index + character.length;
      if (folded.length === character.length) continue;
      this.behind.push(length);
      this.stored.push(begun - character.length, begun);
    }
    pieces.push(ascii(text.slice(begun)));
    this.text = pieces.join("");
  }

  start(place) {
    return this.#at(countWhile(this.behind.length, (k) => this.behind[k] <= place) - 1, place, 0);
  }

  end(place) {
    return this.#at(countWhile(this.behind.length, (k) => this.behind[k] < place) - 1, place, 1);
  }

  #at(passed, place, isEnd) {
    const stored = passed < 0 ? place : this.stored[2 * passed + 1] + place - this.behind[passed];
    if (passed + 1 === this.behind.length) return stored;
    const odd = this.stored[2 * passed + 2]; // a place inside what the next odd character became is in it
    return stored > odd ? this.stored[2 * passed + 2 + isEnd] : stored;
  }
}

// -- word edges ----------------------------------------------------------------------------------------------------------

const WORD = /[\p{L}\p{N}\p{M}_]/u;
const WITHOUT_SPACES = /[\p{sc=Hani}\p{sc=Hira}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}\p{sc=Bopo}]/u;
const KATAKANA = /[\u30a0-\u30ff\uff66-\uff9f]/u;
const HANGUL_LETTER = /\p{sc=Hang}/u;
const BEFORE = /([^\p{M}\p{Cf}])[\p{M}\p{Cf}]*$/u;
const BEHIND = /^[\p{M}\p{Cf}]*([^\p{M}\p{Cf}])/u;
const IN_NUMBER = /\p{Nd}[.,٫٬]$|\p{Nd}$/u;

function isWordEdge(text, at, isEnd) {
  const left = text.slice(Math.max(0, at - 12), at);
  const right = text.slice(at, at + 12);
  const before = BEFORE.exec(left)?.[1] ?? " ";
  const behind = BEHIND.exec(right)?.[1] ?? " ";
  if (IN_NUMBER.test(left) && (/\p{Nd}$/u.test(left) ? /^[.,٫٬]\p{Nd}/u : /^\p{Nd}/u).test(right)) return false;
  if (!WORD.test(before) || !WORD.test(behind)) return true;
  if (isEnd && HANGUL_LETTER.test(before) && HANGUL_LETTER.test(behind)) return true;
  return WITHOUT_SPACES.test(before) || WITHOUT_SPACES.test(behind) || KATAKANA.test(before) !== KATAKANA.test(behind);
}

// -- finding -------------------------------------------------------------------------------------------------------------

let clusters; // made at the first search
const NEAR = 64; // units around a place in which its cluster is looked for

function snapOut(text, start, end) {
  return [clusterAt(text, start).start, clusterAt(text, end).end];
}

/** The cluster around a place, or nothing around it where the place is an edge. Cheap in a text of any length. */
function clusterAt(text, unit) {
  if (unit <= 0 || unit >= text.length) return { start: unit, end: unit };
  const from = Math.max(0, unit - NEAR);
  clusters ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const { index, segment } = clusters.segment(text.slice(from, unit + NEAR)).containing(unit - from);
  return index + from === unit ? { start: unit, end: unit } : { start: index + from, end: index + from + segment.length };
}

export class TextSearch {
  constructor(text) {
    this.text = text;
    this.folded = new Map(); // options -> Folded
  }

  /** [{start, end}] in UTF-16 units, in order, `atMost` of them. */
  find(words, options, atMost = Infinity) {
    const fold = (part) => new Folded(part, options).text;
    const spaced = fold(words).split(/[ \n]+/u).filter(Boolean);
    if (!spaced.length || words.length > LONGEST_WORDS) return [];
    const escaped = spaced.map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&")).join("(?: {1,3}| ?\\n ?)");
    const pattern = new RegExp(escaped, "gu");
    const whole = new RegExp(`^(?:${escaped})$`, "u");
    const folded = this.#folded(options);
    const found = [];
    let done = 0;
    for (let match; found.length < atMost && (match = pattern.exec(folded.text)); ) {
      const [start, end] = snapOut(this.text, folded.start(match.index), folded.end(match.index + match[0].length));
      const isHit = start >= done && whole.test(fold(this.text.slice(start, end)))
        && (!options.whole_words || (isWordEdge(this.text, start, false) && isWordEdge(this.text, end, true)));
      if (isHit) found.push({ start, end });
      if (isHit) done = end;
      else pattern.lastIndex = match.index + (folded.text.codePointAt(match.index) > 0xffff ? 2 : 1); // never inside a pair: it would step back
    }
    return found;
  }

  #folded(options) {
    const key = `${Boolean(options.case)} ${Boolean(options.accents)}`;
    if (!this.folded.has(key)) this.folded.set(key, new Folded(this.text, options));
    return this.folded.get(key);
  }
}
