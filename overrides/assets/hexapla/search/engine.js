// The engine: opens a locale's index, and answers queries. It runs in the worker, and in Node.

import { Analyser } from "./analysis.js";
import { keepExact } from "./phrases.js";
import { Ranking, WEIGHTS } from "./ranking.js";
import { readJson } from "./reading.js";
import { Texts } from "./texts.js";
import { Titles } from "./titles.js";
import { Translator } from "./translating.js";
import { understand } from "./understanding.js";

const FORM = "hexapla-search 1";
// Of the best page's score: what has less is no answer.
const CUT = 0.25;

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
    this.addAddresses(this.sides.at(-1));
    this.translator = sides[1] ? new Translator(this.sides[0].titles, this.sides[1].titles) : null;
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

  /** Search in addresses as well: their words are those of a title that the source once had. */
  addAddresses(side) {
    const { titles, analyser } = side;
    const known = new Set(
      titles.letters.map((letters, entry) => `${titles.pages[entry]} ${letters}`),
    );
    this.pages.forEach(({ link }, page) => {
      const name = (link.split("/").filter(Boolean).at(-1) ?? "").replace(/[-_]+/g, " ");
      if (!known.has(`${page} ${analyser.squeeze(name)}`)) titles.add(page, name);
    });
    titles.measure();
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

  /**
   * Rank the pages for a query; best first.
   *
   * @returns {Promise<object>} The pages in their order; what each side brought to each page; what
   *   each side was asked for.
   */
  async rank(text) {
    for (const { analyser, texts } of this.sides) {
      const terms = analyser.listTerms(text);
      await texts?.prepare(terms, terms.slice(-1));
    }
    const asked = understand(text, this.sides, this.translator, this.weights);
    const ranking = new Ranking(this.pages.length, this.weights);
    for (const { side, words, grams } of asked) ranking.addSide(side, words, grams);
    const order = await keepExact(this, orderPages(ranking.scores), text);
    return { order, sums: ranking.sums, asked };
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
