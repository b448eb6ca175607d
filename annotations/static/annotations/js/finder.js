/*
 * Finds words by their first letters, so that a span can be marked without a mouse. Pure.
 *
 * A query is one or more beginnings of words that follow each other ("it w" finds "it would"); after those, a single
 * query of two letters or more is read as initials ("iw"). Case, accents, vowel marks, zero-width joiners and
 * the Arabic and Persian forms of kaf and yeh make no difference.
 */
const SAME_LETTER = { "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ٱ": "ا", "’": "'", "ʼ": "'" };

export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}\u0640]/gu, "")
    .toLowerCase()
    .replace(/[يىكةٱ’ʼ]/gu, (letter) => SAME_LETTER[letter]);
}

/** Yields {start, end} of each match within the windows, [[from, to), ...] in code points, in their order. */
export function* matches(bounds, query, windows) {
  const pieces = fold(query).split(/\s+/u).filter(Boolean);
  if (!pieces.length) return;
  yield* scan(bounds, windows, (words, k) => followsBeginnings(words, k, pieces));
  const initials = [...pieces[0]];
  if (pieces.length > 1 || initials.length < 2) return;
  yield* scan(bounds, windows, (words, k) => followsBeginnings(words, k, initials));
}

function* scan(bounds, windows, test) {
  for (const [from, to] of windows) {
    for (const block of bounds.article.blocks) {
      if (block.end <= from || block.start >= to) continue;
      const words = bounds.words(block);
      for (let k = 0; k < words.length; k++) {
        const last = words[k].start >= from && words[k].start < to && test(words, k);
        if (last) yield { first: words[k], last };
      }
    }
  }
}

/** The last word of the match, or null. */
function followsBeginnings(words, k, pieces) {
  const isMatch = pieces.every((piece, n) => words[k + n] && folded(words[k + n]).startsWith(piece));
  return isMatch ? words[k + pieces.length - 1] : null;
}

function folded(word) {
  word.folded ??= fold(word.text);
  return word.folded;
}
