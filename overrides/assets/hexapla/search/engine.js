// The engine: opens a locale's index, and answers queries. It runs in the worker, and in Node.

import { Analyser, isRun, listGrams, squeeze } from "./analysis.js";
import { listForgiven } from "./forgiving.js";
import { Ranking, WEIGHTS } from "./ranking.js";
import { readJson } from "./reading.js";
import { Texts } from "./texts.js";
import { Titles } from "./titles.js";

const FORM = "hexapla-search 1";
const MOST_BEGINNINGS = 30;
const BEGINNING_WEIGHT = 0.5;
// Of the best page's score: what has less is no answer.
const CUT = 0.2;

export class Engine {
  /**
   * @param {(folder: string) => (name: string) => Promise<ArrayBuffer>} loadFrom - Gives what
   *   loads the files of an index's folder.
   * @param {(file: string) => Promise<(word: string) => string>} loadStemmer
   */
  constructor(loadFrom, loadStemmer, weights = WEIGHTS) {
    this.loadFrom = loadFrom;
    this.loadStemmer = loadStemmer;
    this.weights = weights;
    this.stage = "";
  }

  /** Load the titles of a locale, and of the source. */
  async open(base) {
    const manifest = await this.readManifest(base);
    const folders = manifest.sourceFolder ? [base, base + manifest.sourceFolder] : [base];
    const sides = await Promise.all(
      folders.map((folder, index) => this.openSide(folder, index ? null : manifest)),
    );
    this.locale = manifest.locale;
    this.layOut(sides[0].told, sides[1]?.told, manifest);
    this.sides = sides.map((side) => this.analyseTitles(side));
    this.stage = "titles";
  }

  async readManifest(folder) {
    const manifest = JSON.parse(
      new TextDecoder().decode(await this.loadFrom(folder)("manifest.json")),
    );
    if (manifest.form !== FORM) throw new Error("The search index is of another version.");
    return manifest;
  }

  async openSide(folder, known) {
    const manifest = known ?? (await this.readManifest(folder));
    const load = this.loadFrom(folder);
    const [told, stem] = await Promise.all([
      readJson(load, manifest.titles),
      manifest.stemmer ? this.loadStemmer(manifest.stemmer) : null,
    ]);
    const analyser = new Analyser(manifest.analysis, stem);
    return { manifest, load, told, analyser, texts: null };
  }

  /** Number the locale's pages: its own first, then those that show the source. */
  layOut(own, source, manifest) {
    this.pages = own.links.map((link, index) => ({
      link,
      product: own.products[own.product[index]],
      language: manifest.locale,
    }));
    for (const [link, product, language] of own.fallbacks) {
      this.pages.push({ link, product: own.products[product], language });
    }
    const places = new Map(this.pages.map((page, index) => [page.link, index]));
    this.pages.forEach((page, index) => {
      page.places = [index < own.links.length ? index : -1, -1];
    });
    this.sourcePlaces = source
      ? Int32Array.from(source.links, (link, index) => {
          const place = places.get(link) ?? -1;
          if (place >= 0) this.pages[place].places[1] = index;
          return place;
        })
      : null;
  }

  analyseTitles(side) {
    const isSource = side.manifest.locale !== this.locale;
    const places = isSource ? this.sourcePlaces : null;
    return {
      ...side,
      places,
      isSource,
      language: side.manifest.locale,
      titles: new Titles(side.analyser, side.told.titles, places),
    };
  }

  /** Load what is needed to search in texts as well. */
  async openTexts() {
    const texts = await Promise.all(
      this.sides.map(async ({ manifest, load }) => {
        const opened = await Texts.open(manifest.texts, load);
        if (opened.isSmall) await opened.prepare([]);
        return opened;
      }),
    );
    texts.forEach((opened, index) => (this.sides[index].texts = opened));
    this.stage = "all";
  }

  /** Rank the pages for a query; best first. */
  async rank(text) {
    const sides = this.sides.map((side) => ({
      side,
      tokens: side.analyser.listTokens(text),
    }));
    const isOpen = !/\s$/u.test(text);
    for (const { side, tokens } of sides) {
      const terms = tokens.flatMap((token) => token.terms);
      await side.texts?.prepare(terms, terms.slice(-1));
    }
    const wanted = sides.map(({ side, tokens }) => this.wantTerms(side, tokens, isOpen));
    this.forgive(sides, wanted);
    const ranking = new Ranking(this.pages.length, this.weights);
    sides.forEach(({ side }, index) => {
      const { letters } = squeeze(text, side.analyser.analysis.dotted);
      ranking.addSide(side, wanted[index], new Set(listGrams(letters)), side.isSource);
    });
    return {
      order: orderPages(ranking.scores),
      sums: ranking.sums,
      tokens: sides.map(({ tokens }) => tokens),
      wanted,
    };
  }

  /** List what each word of a query may be in the index: itself, and what begins like the last. */
  wantTerms(side, tokens, isOpen) {
    const words = [];
    tokens.forEach((token, index) => {
      for (const term of token.terms) words.push([{ term, weight: 1, token: index }]);
      if (isOpen && index === tokens.length - 1 && token.terms.length) {
        words.at(-1).push(...this.listBeginning(side, token, index));
      }
    });
    return words;
  }

  listBeginning(side, token, index) {
    const beginning = token.terms.at(-1);
    const found = new Set(side.titles.listBeginning(beginning, MOST_BEGINNINGS));
    for (const term of side.texts?.listBeginning(beginning, MOST_BEGINNINGS) ?? []) found.add(term);
    found.delete(beginning);
    return Array.from(found, (term) => ({ term, weight: BEGINNING_WEIGHT, token: index }));
  }

  /** Find words that no side knows among those that differ in one letter. */
  forgive(sides, wanted) {
    const knows = (side, word) =>
      word.some(({ term }) => side.titles.terms.has(term) || side.texts?.find(term));
    const known = new Set();
    wanted.forEach((words, index) => {
      for (const word of words) {
        if (knows(sides[index].side, word)) known.add(word[0].token);
      }
    });
    wanted.forEach((words, index) => {
      const { side, tokens } = sides[index];
      for (const word of words) {
        const token = tokens[word[0].token];
        if (!known.has(word[0].token) && !isRun(token.text)) {
          word.push(...listForgiven(side, token, word[0]));
        }
      }
    });
  }
}

/** Give the pages that answer, best first; of equal ones the first stays first. */
function orderPages(scores) {
  let best = 0;
  for (const score of scores) if (score > best) best = score;
  const order = [];
  if (!best) return order;
  scores.forEach((score, page) => {
    if (score >= best * CUT) order.push(page);
  });
  return order.sort((one, other) => scores[other] - scores[one] || one - other);
}
