// Answering: a query to what the page shows of it.

import { Marker, cutSegments } from "./marking.js";

const MOST_SUGGESTIONS = 3;

/**
 * Answer a query from an open engine.
 *
 * @returns {Promise<object>} What `results` tells, and `more`: loads the passages that are not
 *   there yet, and gives the items with them; null where all are there.
 */
export async function answer(engine, { text, product = "", limit = 10, offset = 0 }) {
  const ranked = await engine.rank(text);
  const counts = new Map();
  for (const page of ranked.order) {
    const id = engine.pages[page].product;
    if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const chosen = product
    ? ranked.order.filter((page) => engine.pages[page].product === product)
    : ranked.order;
  const shown = chosen.slice(offset, offset + limit);
  const markers = engine.sides.map(
    (side, index) => new Marker(side.analyser, ranked.asked[index].words, text),
  );
  const places = shown.map((page) => choosePlace(engine, ranked, page));
  const missing = places.filter(({ texts, page }) => texts && !texts.hasPassages(page));
  const write = () => shown.map((page, index) => writeItem(engine, markers, page, places[index]));
  return {
    stage: engine.stage,
    total: chosen.length,
    products: Array.from(counts, ([id, count]) => ({ id, count })),
    corrected: correct(ranked, text),
    suggestions: chosen.length ? [] : suggest(engine, text),
    items: write(),
    more: missing.length ? () => readPassages(missing).then(write) : null,
  };
}

const readPassages = (places) =>
  Promise.all(places.map(({ texts, page }) => texts.readPassages(page)));

/** Choose whose text is shown of a page: its own, or the source's where that has more words. */
function choosePlace(engine, { asked }, page) {
  const { places } = engine.pages[page];
  const [own, source] = asked.map((one, index) => countWords(one, page, places[index]));
  const index = places[0] < 0 || (source ?? 0) > own ? engine.sides.length - 1 : 0;
  const place = places[index];
  return { index, texts: place < 0 ? null : engine.sides[index].texts, page: place };
}

/** Count the words of the query itself that a page has in one language. */
function countWords({ side, words }, page, place) {
  if (place < 0) return 0;
  const has = ({ term, isTranslated }) =>
    !isTranslated &&
    (side.titles.terms.get(term)?.some((entry) => side.titles.pages[entry] === page) ||
      side.texts?.find(term)?.pages.includes(place));
  return words.filter((word) => word.some(has)).length;
}

function writeItem(engine, markers, page, { index, texts, page: place }) {
  const { link, product, language, places } = engine.pages[page];
  const shown = places[0] < 0 && engine.sides.length > 1 ? 1 : 0;
  const title = engine.sides[shown].told.titles[places[shown]]?.[0] ?? link;
  const passages = place < 0 ? null : texts?.getPassages(place);
  const passage = passages ? markers[index].choosePassage(passages) : null;
  return {
    link,
    product,
    language,
    direction: engine.sides[shown].manifest.direction,
    title: cutSegments(title, markers[shown].listTitleMarks(title)),
    passage: passage && {
      ...passage,
      language: engine.sides[index].language,
      direction: engine.sides[index].manifest.direction,
    },
  };
}

/** Give the query with its mistyped words as titles write them; empty where nothing was changed. */
function correct({ asked }, text) {
  for (const { side, tokens, words } of asked) {
    const changes = new Map();
    for (const word of words) {
      const forgiven = word.find(
        ({ term, isForgiven }) => isForgiven && side.titles.forms.has(term),
      );
      if (forgiven) changes.set(forgiven.token, side.titles.forms.get(forgiven.term));
    }
    if (changes.size) return replaceTokens(text, tokens, changes);
  }
  return "";
}

function replaceTokens(text, tokens, changes) {
  let written = "";
  let position = 0;
  for (const [index, word] of Array.from(changes).sort(([one], [other]) => one - other)) {
    written += text.slice(position, tokens[index].start) + word;
    position = tokens[index].end;
  }
  return written + text.slice(position);
}

/** Suggest words of titles that have most pieces in common with the query's. */
function suggest(engine, text) {
  const { titles, analyser } = engine.sides[0];
  const pieces = (word) => {
    const found = new Set();
    for (let start = 0; start + 2 <= word.length; start++) found.add(word.slice(start, start + 2));
    return found;
  };
  const found = new Map();
  for (const token of analyser.listTokens(text)) {
    const wanted = pieces(token.text.toLowerCase());
    for (const form of titles.forms.values()) {
      const has = pieces(form);
      let common = 0;
      for (const piece of wanted) if (has.has(piece)) common++;
      const share = (2 * common) / (wanted.size + has.size || 1);
      if (share >= 0.4) found.set(form, Math.max(share, found.get(form) ?? 0));
    }
  }
  return Array.from(found)
    .sort(([one, share], [other, next]) => next - share || (one < other ? -1 : 1))
    .slice(0, MOST_SUGGESTIONS)
    .map(([form]) => form);
}
