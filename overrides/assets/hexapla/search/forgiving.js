// Forgiving: words that nothing has are looked for among those that differ in one letter.

import { foldWord, lowerWord } from "./analysis.js";

const SHORTEST = 5;
const LONGEST_ENDING = 4;
const FORGIVEN_WEIGHT = 0.7;
const MOST = 12;

/** List the terms that a mistyped word may be: of its stem, or of a word with another ending. */
export function listForgiven(side, token, { term, token: index }) {
  const word = foldWord(lowerWord(token.text, side.analyser.analysis.dotted));
  if (word.length < SHORTEST || /\p{Nd}/u.test(word)) return [];
  const found = new Map();
  const look = (candidate) => {
    if (candidate.length < SHORTEST - 1 || candidate.length > word.length + 1) return;
    if (!beginsAlike(candidate, word) || found.has(candidate)) return;
    if (Math.abs(candidate.length - term.length) < 2 && isNear(candidate, term)) {
      found.set(candidate, FORGIVEN_WEIGHT);
    } else if (
      word.length - candidate.length <= LONGEST_ENDING &&
      word.length >= candidate.length &&
      beginsNear(word, candidate)
    ) {
      found.set(candidate, FORGIVEN_WEIGHT);
    }
  };
  for (const candidate of side.titles.terms.keys()) look(candidate);
  if (!found.size) for (const terms of side.texts?.listLoaded() ?? []) terms.forEach(look);
  const list = Array.from(found).slice(0, MOST);
  return list.map(([candidate, weight]) => ({
    term: candidate,
    weight,
    token: index,
    isForgiven: true,
  }));
}

/** Say, fast, whether two words may differ in one letter: one of their first two is the same. */
const beginsAlike = (one, other) =>
  one[0] === other[0] || one[1] === other[1] || one[0] === other[1] || one[1] === other[0];

/** Say whether two words differ in one letter: another, one more, one less, or two changed round. */
export function isNear(one, other) {
  if (one === other) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  if (short.length < long.length) return short.slice(start) === long.slice(start + 1);
  if (short.slice(start + 1) === long.slice(start + 1)) return true;
  return (
    short[start] === long[start + 1] &&
    short[start + 1] === long[start] &&
    short.slice(start + 2) === long.slice(start + 2)
  );
}

/** Say whether a word begins with a stem, but for one letter; the rest is its ending. */
function beginsNear(word, stem) {
  const size = stem.length;
  return [size - 1, size, size + 1].some(
    (length) => length <= word.length && isNear(word.slice(0, length), stem),
  );
}
