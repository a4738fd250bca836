// Understanding: what the words of a query may be in the titles and texts of each language.

import { isRun, listGrams } from "./analysis.js";
import { listForgiven } from "./forgiving.js";

const MOST_BEGINNINGS = 30;
const BEGINNING_WEIGHT = 0.5;
// Digits that are a code by themselves, and no year or version.
const CODE_DIGITS = 5;

/**
 * Say what each side is asked for.
 *
 * @param {string} text - The query.
 * @param {object[]} sides - The locale's language, and the source's.
 * @param {object|null} translator - Knows which words of the one go with which of the other.
 * @param {object} weights - See ranking.js.
 * @returns {object[]} For each side its tokens, the words (for each the terms that it may be), and
 *   the pieces that compounds are found by.
 */
export function understand(text, sides, translator, weights) {
  const asked = sides.map((side) => ({ side, tokens: side.analyser.listTokens(text) }));
  const codes = findCodes(asked);
  const isOpen = !/\s$/u.test(text);
  for (const one of asked) {
    one.words = listWords(one, codes, isOpen);
    one.grams = listPieces(text, one, codes);
  }
  forgive(asked);
  if (translator) translate(asked, translator, weights.translation);
  return asked;
}

const knows = (side, term) => side.titles.terms.has(term) || Boolean(side.texts?.find(term));

/** Find the tokens that are codes which some page has just so: nothing else will do for them. */
function findCodes(asked) {
  const codes = new Set();
  for (const { side, tokens } of asked) {
    tokens.forEach((token, index) => {
      if (isCode(token.text) && knows(side, token.terms.at(-1))) codes.add(index);
    });
  }
  return codes;
}

export const isCode = (text) =>
  /\p{Nd}/u.test(text) && !isRun(text) && (/[\p{L}.]/u.test(text) || text.length >= CODE_DIGITS);

/** List what each word may be: itself, and for the last one what begins like it. */
function listWords({ side, tokens }, codes, isOpen) {
  const words = [];
  tokens.forEach((token, index) => {
    const terms = codes.has(index) ? token.terms.slice(-1) : token.terms;
    terms.forEach((term, place) => {
      words.push([{ term, weight: 1, token: index, place, isCode: codes.has(index) }]);
    });
    if (isOpen && index === tokens.length - 1 && terms.length) {
      words.at(-1).push(...listBeginning(side, terms.at(-1), index));
    }
  });
  return words;
}

function listBeginning(side, beginning, token) {
  const found = new Set(side.titles.listBeginning(beginning, MOST_BEGINNINGS));
  for (const term of side.texts?.listBeginning(beginning, MOST_BEGINNINGS) ?? []) found.add(term);
  found.delete(beginning);
  return Array.from(found, (term) => ({ term, weight: BEGINNING_WEIGHT, token }));
}

/** List the pieces of the query's letters; a code has none, for half of it is another code. */
function listPieces(text, { side, tokens }, codes) {
  let rest = text;
  for (const index of codes) {
    const { start, end } = tokens[index] ?? { start: 0, end: 0 };
    rest = rest.slice(0, start) + " ".repeat(end - start) + rest.slice(end);
  }
  return listGrams(side.analyser.squeeze(rest));
}

/** Find words that no side knows among those that differ in one letter. */
function forgive(asked) {
  const known = new Set();
  for (const { side, words } of asked) {
    for (const word of words) {
      if (word.some(({ term }) => knows(side, term))) known.add(word[0].token);
    }
  }
  for (const { side, tokens, words } of asked) {
    for (const word of words) {
      const token = tokens[word[0].token];
      if (!known.has(word[0].token) && !isRun(token.text)) {
        word.push(...listForgiven(side, token, word[0]));
      }
    }
  }
}

/** Let the source's words be what the locale's may stand for as well. */
function translate([own, source], translator, translation) {
  const place = (word) => `${word[0].token} ${word[0].place}`;
  const known = new Map(source.words.map((word) => [place(word), word]));
  for (const word of own.words) {
    if (word[0].isCode) continue;
    const meant = word.filter(({ isForgiven }) => isForgiven).concat(word[0]);
    const found = meant.flatMap(({ term, weight }) =>
      translator.translate(term).map((one) => ({
        term: one.term,
        weight: one.sureness * translation * weight,
        token: word[0].token,
        place: word[0].place,
        isTranslated: true,
      })),
    );
    if (!found.length) continue;
    const group = known.get(place(word));
    if (group) group.push(...found);
    else source.words.push(found);
  }
}
