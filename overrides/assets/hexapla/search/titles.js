// The titles of one language: analysed when they are loaded, so that no more than they is loaded.

import { listGrams, squeeze } from "./analysis.js";
import { findPlace } from "./reading.js";

export class Titles {
  /**
   * @param {object} analyser - The analysis of the titles' language.
   * @param {string[][]} titles - The titles of each page.
   * @param {Int32Array|null} places - The page of the locale that each page is; -1: none.
   */
  constructor(analyser, titles, places) {
    this.analyser = analyser;
    this.pages = [];
    this.written = [];
    this.squeezed = [];
    this.lengths = [];
    this.gramLengths = [];
    this.terms = new Map();
    this.grams = new Map();
    this.forms = new Map();
    titles.forEach((names, index) => {
      const page = places ? places[index] : index;
      if (page >= 0) for (const name of names) this.add(page, name);
    });
    this.measure();
  }

  /** Measure the titles: after some have been added. */
  measure() {
    this.averageLength = average(this.lengths);
    this.averageGrams = average(this.gramLengths);
    this.sorted = null;
  }

  add(page, title) {
    const entry = this.pages.length;
    this.pages.push(page);
    this.written.push(title);
    const tokens = this.analyser.listTokens(title);
    const terms = new Set(tokens.flatMap((token) => token.terms));
    for (const term of terms) put(this.terms, term, entry);
    this.lengths.push(terms.size);
    for (const token of tokens) {
      if (token.terms.length === 1 && !this.forms.has(token.terms[0])) {
        this.forms.set(token.terms[0], token.text.toLowerCase());
      }
    }
    const { letters } = squeeze(title, this.analyser.analysis.dotted);
    const grams = new Set(listGrams(letters));
    for (const gram of grams) put(this.grams, gram, entry);
    this.gramLengths.push(grams.size);
    this.squeezed.push(letters);
  }

  /** List the terms that begin like this one. */
  listBeginning(beginning, most) {
    this.sorted ??= Array.from(this.terms.keys()).sort();
    const found = [];
    for (let place = findPlace(this.sorted, beginning); found.length < most; place++) {
      if (!this.sorted[place]?.startsWith(beginning)) break;
      found.push(this.sorted[place]);
    }
    return found;
  }
}

function put(map, key, entry) {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}

const average = (numbers) =>
  numbers.reduce((sum, number) => sum + number, 0) / (numbers.length || 1) || 1;
