"""How a practised person marks a span by keyboard, as JavaScript for the page: the ways that the cheat sheet teaches,
tried one after the other on the very state that the marking bar has; the shortest is taken.

To a word: its first letters, typed until the highlight stands on it; with three at most, Tab to the next match up to
three times; the first letter of each of two or three words in a row, or their initials. From the first word to the
last: the same after Enter, or up to four times Shift with an arrow by word, three times by sentence. A whole quotation,
sentence or paragraph: plus, up to three times. Up to two nudges of one end. `plain` is a person who knows letters, Tab
and Enter only.
"""

BEGIN = """async (previous) => {
  const [{ ArticleText }, { Bounds }, { beginning }] = await Promise.all(
    ['offsets', 'bounds', 'visible'].map((name) => import(`/static/annotations/js/${name}.js`)));
  window.article ??= new ArticleText(document.querySelector('[data-article-text]'));
  window.bounds ??= new Bounds(window.article, 'en');
  return beginning(window.article, window.bounds, document.getElementById('text'), previous);
}"""
SHORTEST = """async ({ span, begin, plain }) => {
  const names = ['marking', 'finder', 'visible'];
  const modules = await Promise.all(names.map((name) => import(`/static/annotations/js/${name}.js`)));
  const { Marking, fold, visibleWindows } = Object.assign({}, ...modules);
  const { article, bounds } = window;
  const scroller = document.getElementById('text');
  const [TABS, ARROWS, SENTENCES, GROWS, NUDGES] = plain ? [30, 0, 0, 0, 2] : [3, 4, 3, 3, 2];
  const SIGNS = { '.': ['nudgeEnd', 1], ',': ['nudgeEnd', -1], '<': ['nudgeStart', -1], '>': ['nudgeStart', 1] };
  const times = (key, most) => Array.from({ length: most }, (_, n) => Array(n + 1).fill(key));
  const letters = (word) => [...fold(word.text)];

  function state(keys) {
    const marking = new Marking(bounds, (from) => visibleWindows(article, bounds, scroller, from));
    marking.begin(begin);
    let typed = '';
    for (const key of keys) {
      if (key === 'Tab') { marking.nextMatch(); continue; }
      const isLetter = key === 'Space' || (key.length === 1 && key !== '+' && !SIGNS[key]);
      typed = isLetter ? typed + (key === 'Space' ? ' ' : key) : '';
      if (isLetter) marking.type(typed);
      else if (key === 'Enter') marking.confirm();
      else if (key === '+') marking.grow();
      else if (SIGNS[key]) marking[SIGNS[key][0]](SIGNS[key][1]);
      else if (key === 'Shift+ArrowRight') marking.move(1, true);
      else if (key === 'Shift+ArrowDown') marking.moveBySentence(1, true);
    }
    return marking;
  }

  function queries(words, k) {
    const first = letters(words[k]);
    const found = first.map((_, n) => first.slice(0, n + 1));
    if (plain) return found;
    const heads = words.slice(k, k + 3).map((word) => letters(word)[0]);
    for (let n = 2; n <= heads.length; n += 1) {
      found.push(heads.slice(0, n), heads.slice(0, n).flatMap((letter, at) => (at ? ['Space', letter] : [letter])));
    }
    return found;
  }

  /** Keys that bring `side` ("anchor" or "focus") to word k, after the keys that were pressed before. */
  function* waysTo(before, side, words, k) {
    for (const query of queries(words, k)) {
      for (let tabs = 0; tabs <= (query.length <= 3 || plain ? TABS : 0); tabs += 1) {
        const keys = [...before, ...query, ...Array(tabs).fill('Tab')];
        const marking = state(keys);
        if (marking[side].start === words[k].start && marking.query) { yield keys; break; }
        if (!marking.query || marking.found.length <= tabs) break;
      }
    }
  }

  function place(point) {
    const words = bounds.words(article.blockAt(point));
    return [words, words.findIndex((word) => word.end > point)];
  }

  const isDone = (keys) => String(state(keys).extent) === String(span);
  const nudges = [[], ...Object.keys(SIGNS).flatMap((sign) => times(sign, NUDGES))];
  const finished = (keys) => nudges.map((some) => [...keys, ...some]).filter(isDone);
  const ready = (keys) => (keys.length ? keys : ['Enter', 'Enter']); // untouched, a digit is still a letter

  const [words, first] = place(span[0]);
  let [lastWords, last] = place(span[1] - 1);
  if (last < 0 || lastWords[last].start >= span[1]) last = (last < 0 ? lastWords.length : last) - 1;
  const starts = [...waysTo([], 'anchor', words, first)];
  if (state([]).anchor.start === words[first].start) starts.push([]);
  const found = [];
  const arrows = [...times('Shift+ArrowRight', ARROWS), ...times('Shift+ArrowDown', SENTENCES)];
  const motions = [...times('+', GROWS), ...arrows];
  for (const start of starts) {
    for (const motion of [[], ...motions]) found.push(...finished([...start, ...motion]).map(ready));
    if (last === first && words === lastWords) continue;
    for (const way of waysTo([...start, 'Enter'], 'focus', lastWords, last)) found.push(...finished(way));
  }
  const keys = found.sort((a, b) => a.length - b.length)[0];
  return keys ? [...keys, '1'] : null;
}"""
