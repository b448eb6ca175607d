/*
 * Where things begin and end in the text: grapheme clusters, words, quotations, sentences, paragraphs. Pure.
 *
 * All places are code points of the article. Intl.Segmenter knows the scripts (a Persian word with a zero-width
 * non-joiner is one word, a family of emoji one cluster); the server checks clusters again when it stores a span.
 */
import { countWhile } from "./offsets.js";

const OPENING = { "“": "”", "«": "»", "‹": "›", "„": "“", "「": "」", "『": "』", "‘": "’" };
const BRACKETS = { "(": ")", "[": "]", "（": "）", "【": "】" };
const MARKS = /[“”«»‹›„「」『』‘’"]/gu;
const MARKS_AND_BRACKETS = /[“”«»‹›„「」『』‘’"()[\]（）【】]/gu;
const BEFORE_A_CLOSING = /^[.,;:!?…،؛؟。、！？]?/u;
const SPACE_AT_START = /^\s*/u;
const SPACE_AT_END = /\s*$/u;

export class Bounds {
  constructor(article, language) {
    this.article = article;
    this.locale = isLanguage(language) ? language : undefined;
    this.cutters = {}; // made when first asked for: three take 30 ms, and reading needs none
    this.known = new Map(); // block -> its words and sentences, cut when first asked for
  }

  cutter(granularity) {
    return (this.cutters[granularity] ??= new Intl.Segmenter(this.locale, { granularity }));
  }

  // -- clusters ---------------------------------------------------------------------------------------------------

  /** Widens [start, end) until it cuts no grapheme cluster. */
  snap(start, end) {
    return [this.clusterStart(start), this.clusterEnd(end)];
  }

  clusterStart(point) {
    const block = this.article.blockAt(point);
    const unit = block.unitAt(point);
    if (unit >= block.text.length) return point;
    return block.pointAt(this.cutter("grapheme").segment(block.text).containing(unit).index);
  }

  clusterEnd(point) {
    const block = this.article.blockAt(point, true);
    const unit = block.unitAt(point);
    if (unit <= 0 || unit >= block.text.length) return point;
    const cluster = this.cutter("grapheme").segment(block.text).containing(unit);
    return cluster.index === unit ? point : block.pointAt(cluster.index + cluster.segment.length);
  }

  /** The next edge of a cluster after (direction 1) or before (-1) a place. */
  nudge(point, direction) {
    if (direction > 0) return Math.min(this.article.end, this.clusterEnd(point + 1));
    return Math.max(this.article.start, this.clusterStart(point - 1));
  }

  /** [start, end) without white space at its ends; null when nothing is left. White space never is astral. */
  trim(start, end) {
    const text = this.article.slice(start, end);
    const from = start + text.match(SPACE_AT_START)[0].length;
    const to = end - text.match(SPACE_AT_END)[0].length;
    return from < to ? [from, to] : null;
  }

  // -- words -----------------------------------------------------------------------------------------------------

  words(block) {
    return this.#cut(block).words;
  }

  /** The first word that ends after a place, in this block or a later one. */
  wordAfter(point) {
    return this.#after(point, (block) => this.words(block));
  }

  /** The last word that begins before a place, in this block or an earlier one. */
  wordBefore(point) {
    return this.#before(point, (block) => this.words(block));
  }

  /** Where the end of a span goes by a word (onward 1, back -1), or its start; the same place where there is no more. */
  endByWord(point, direction) {
    if (direction > 0) return this.wordAfter(point)?.end ?? point;
    const word = this.wordBefore(point);
    const shorter = word && word.end >= point ? this.wordBefore(word.start) : word;
    return shorter?.end ?? point;
  }

  startByWord(point, direction) {
    if (direction < 0) return this.wordBefore(point)?.start ?? point;
    const word = this.wordAfter(point);
    const later = word && word.start <= point ? this.wordAfter(word.end) : word;
    return later?.start ?? point;
  }

  countWords(start, end) {
    return this.article.pieces([[start, end]]).reduce((sum, piece) => {
      const words = this.words(piece.block);
      const from = countWhile(words.length, (k) => words[k].end <= piece.start);
      return sum + countWhile(words.length, (k) => words[k].start < piece.end) - from;
    }, 0);
  }

  // -- sentences ---------------------------------------------------------------------------------------------------

  sentences(block) {
    return this.#cut(block).sentences;
  }

  /** The sentence around a place, or the next one after it. */
  sentenceAt(point) {
    return this.#after(point, (block) => this.sentences(block));
  }

  /** The last sentence that begins before a place. */
  sentenceBefore(point) {
    return this.#before(point, (block) => this.sentences(block));
  }

  #after(point, unitsOf) {
    const { blocks } = this.article;
    for (let index = blocks.indexOf(this.article.blockAt(point)); index < blocks.length; index++) {
      const units = unitsOf(blocks[index]);
      const passed = countWhile(units.length, (k) => units[k].end <= point);
      if (passed < units.length) return units[passed];
    }
    return null;
  }

  #before(point, unitsOf) {
    const { blocks } = this.article;
    for (let index = blocks.indexOf(this.article.blockAt(point, true)); index >= 0; index--) {
      const units = unitsOf(blocks[index]);
      const before = countWhile(units.length, (k) => units[k].start < point);
      if (before) return units[before - 1];
    }
    return null;
  }

  // -- larger and larger -------------------------------------------------------------------------------------------

  /** The smallest quotation, sentence or paragraph that holds [start, end) and more; null when there is none. */
  larger(start, end) {
    const block = this.article.blockAt(start);
    const paragraph = this.trim(block.start, block.end);
    const units = [...this.#quotations(block), ...this.sentences(block)];
    if (paragraph) units.push({ start: paragraph[0], end: paragraph[1] });
    const holding = units.filter((u) => u.start <= start && u.end >= end && u.end - u.start > end - start);
    return holding.sort((a, b) => a.end - a.start - (b.end - b.start))[0] ?? null;
  }

  /** Quotations with their marks. A straight mark closes what a straight mark opened; nesting is followed. */
  #quotations(block) {
    const { pairs } = matchMarks(block.text, MARKS);
    return pairs.map(([from, to]) => ({ start: block.pointAt(from), end: block.pointAt(to + 1) }));
  }

  /**
   * [start, end) with the quotation mark or bracket that it opens and that closes directly behind it, or the other way
   * round: a word ends before the mark, a passage seldom does.
   */
  balance(start, end) {
    const block = this.article.blockAt(start);
    if (block !== this.article.blockAt(end, true)) return [start, end];
    let [from, to] = [block.unitAt(start), block.unitAt(end)];
    const { open, strays } = matchMarks(block.text, MARKS_AND_BRACKETS, from, to);
    for (const { closing } of open.reverse()) {
      const behind = block.text.slice(to);
      const skipped = behind.match(BEFORE_A_CLOSING)[0].length;
      if (behind[0] !== closing && behind[skipped] !== closing) break;
      to += behind[0] === closing ? 1 : skipped + 1;
    }
    for (const mark of strays) {
      if (closingOf(block.text[from - 1]) !== mark) break;
      from -= 1;
    }
    return [block.pointAt(from), block.pointAt(to)];
  }

  // -- cutting, once a block ---------------------------------------------------------------------------------------

  #cut(block) {
    if (!this.known.has(block)) {
      this.known.set(block, { words: this.#cutWords(block), sentences: this.#cutSentences(block) });
    }
    return this.known.get(block);
  }

  #cutWords(block) {
    const place = ({ index, segment }) => ({ start: block.pointAt(index), end: block.pointAt(index + segment.length), text: segment });
    return [...this.cutter("word").segment(block.text)].filter((part) => part.isWordLike).map(place);
  }

  #cutSentences(block) {
    return [...this.cutter("sentence").segment(block.text)]
      .map(({ index, segment }) => this.trim(block.pointAt(index), block.pointAt(index + segment.length)))
      .filter(Boolean)
      .map(([start, end]) => ({ start, end }));
  }
}

/** Marks between two places of a text: [opening, closing] pairs, those left open, and closing ones that nothing opened. */
function matchMarks(text, pattern, from = 0, to = text.length) {
  const found = { pairs: [], open: [], strays: [] };
  for (const { 0: mark, index } of text.slice(from, to).matchAll(pattern)) {
    const at = from + index;
    if (mark === "’" && /[\p{L}\p{N}]/u.test(text[at + 1] ?? "")) continue; // an apostrophe
    const last = found.open.at(-1);
    if (last?.closing === mark) found.pairs.push([found.open.pop().at, at]);
    else if (closingOf(mark)) found.open.push({ closing: closingOf(mark), at });
    else if (mark !== "’") found.strays.push(mark);
  }
  return found;
}

function closingOf(mark) {
  return OPENING[mark] ?? BRACKETS[mark] ?? (mark === '"' ? '"' : undefined);
}

function isLanguage(language) {
  try {
    return Boolean(language) && Intl.Segmenter.supportedLocalesOf(language).length > 0;
  } catch {
    return false; // not a well-formed tag: the text is cut by the rules for any language
  }
}
