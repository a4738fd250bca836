// Ranking: how well each page answers, by its titles, their letters, and its text (BM25).

/** What counts how much: found by trying out, on several languages (benchmarks/search). */
export const WEIGHTS = {
  // A word in a title; its letters there, whatever the spaces; a word in the text.
  title: 1.3,
  grams: 0.4,
  text: 0.5,
  // The same in the source's language.
  sourceTitle: 4,
  sourceGrams: 0.9,
  sourceText: 0.5,
  // A code in a text.
  code: 3,
  // A word of the source that goes with the query's.
  translation: 3,
  // That title and query have the same letters, and no others.
  closeness: 1,
  // The lesser of the two languages, beside the better one.
  blend: 0.8,
  // BM25's k1, and its b for each field.
  saturation: 1.2,
  titleLength: 0.6,
  gramLength: 0.6,
  textLength: 0.4,
};

const OCCURRENCES = [1, 2, 3.5, 6];

const weigh = (pages, found) => Math.log(1 + (pages - found + 0.5) / (found + 0.5));

/** Collects what the terms of a query bring to each page of a locale. */
export class Ranking {
  /** @param {number} pages - How many pages the locale has. */
  constructor(pages, weights = WEIGHTS) {
    this.pages = pages;
    this.weights = weights;
    this.scores = new Float64Array(pages);
    this.sums = [];
  }

  /** Add a side: the locale's own language, or the source's. */
  addSide(side, words, grams) {
    const { weights } = this;
    const names = side.isSource
      ? ["sourceTitle", "sourceGrams", "sourceText"]
      : ["title", "grams", "text"];
    const titles = this.scoreTitles(side.titles, words);
    const letters = this.scoreGrams(side.titles, grams);
    const sums = new Float64Array(this.pages);
    for (let entry = 0; entry < titles.length; entry++) {
      const sum = titles[entry] * weights[names[0]] + letters[entry] * weights[names[1]];
      const page = side.titles.pages[entry];
      if (sum > sums[page]) sums[page] = sum;
    }
    if (side.texts) this.scoreTexts(side, words, sums, weights[names[2]]);
    this.sums.push(sums);
    const { blend } = weights;
    for (let page = 0; page < this.pages; page++) {
      const [one, other] = [this.scores[page], sums[page]];
      this.scores[page] = Math.max(one, other) + blend * Math.min(one, other);
    }
  }

  scoreTitles(titles, words) {
    const { saturation, titleLength } = this.weights;
    const scores = new Float64Array(titles.pages.length);
    for (const wanted of words) {
      const best = new Map();
      const isAlone = wanted.length === 1;
      for (const { term, weight } of wanted) {
        const entries = titles.terms.get(term);
        if (!entries) continue;
        const worth = weight * weigh(titles.pages.length, entries.length);
        for (const entry of entries) {
          const share = titles.lengths[entry] / titles.averageLength;
          const length = 1 - titleLength + titleLength * share;
          const score = (worth * (saturation + 1)) / (1 + saturation * length);
          if (isAlone) scores[entry] += score;
          else if (score > (best.get(entry) ?? 0)) best.set(entry, score);
        }
      }
      for (const [entry, score] of best) scores[entry] += score;
    }
    return scores;
  }

  /** Score titles by the letters they have in common with the query; in all as one word each. */
  scoreGrams(titles, grams) {
    const { saturation, gramLength, closeness } = this.weights;
    const scores = new Float64Array(titles.pages.length);
    const common = new Uint16Array(titles.pages.length);
    for (const gram of grams) {
      const entries = titles.grams.get(gram);
      if (!entries) continue;
      const worth = weigh(titles.pages.length, entries.length);
      for (const entry of entries) {
        const share = titles.gramLengths[entry] / titles.averageGrams;
        const length = 1 - gramLength + gramLength * share;
        scores[entry] += (worth * (saturation + 1)) / (1 + saturation * length);
        common[entry] += 1;
      }
    }
    for (let entry = 0; entry < scores.length; entry++) {
      const size = grams.size + titles.gramLengths[entry];
      if (common[entry]) scores[entry] *= 1 + (closeness * 2 * common[entry]) / size;
    }
    return scores;
  }

  scoreTexts(side, words, sums, factor) {
    const { saturation, textLength } = this.weights;
    const { texts, places } = side;
    for (const wanted of words) {
      const best = new Map();
      const isAlone = wanted.length === 1;
      for (const { term, weight, isCode } of wanted) {
        const found = texts.find(term);
        if (!found) continue;
        const worth =
          (isCode ? this.weights.code : factor) *
          weight *
          weigh(texts.lengths.length, found.pages.length);
        for (let index = 0; index < found.pages.length; index++) {
          const own = found.pages[index];
          const page = places ? places[own] : own;
          if (page < 0) continue;
          const times = OCCURRENCES[found.classes[index]];
          const share = texts.lengths[own] / texts.average;
          const length = 1 - textLength + textLength * share;
          const score = (worth * times * (saturation + 1)) / (times + saturation * length);
          if (isAlone) sums[page] += score;
          else if (score > (best.get(page) ?? 0)) best.set(page, score);
        }
      }
      for (const [page, score] of best) sums[page] += score;
    }
  }
}
