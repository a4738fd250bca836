// The titles of one language: analysed when they are loaded, so that no more than they is loaded.

import { joinLetters, listGrams } from "./analysis.js";
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
    this.letters = [];
    this.lengths = [];
    this.gramLengths = [];
    this.terms = new Map();
    this.grams = new Pieces();
    this.forms = new Map();
    titles.forEach((names, index) => {
      const page = places ? places[index] : index;
      if (page >= 0) for (const name of names) this.add(page, name);
    });
    this.measure();
  }

  add(page, title) {
    const entry = this.pages.length;
    const tokens = this.analyser.learnTokens(title);
    const terms = new Set();
    for (const token of tokens) {
      for (const term of token.terms) terms.add(term);
      if (token.terms.length === 1 && !this.forms.has(token.terms[0])) {
        this.forms.set(token.terms[0], token.lower);
      }
    }
    for (const term of terms) {
      const entries = this.terms.get(term);
      if (entries) entries.push(entry);
      else this.terms.set(term, [entry]);
    }
    const letters = joinLetters(tokens);
    const grams = listGrams(letters);
    for (const gram of grams) this.grams.add(gram, entry);
    this.pages.push(page);
    this.letters.push(letters);
    this.lengths.push(terms.size);
    this.gramLengths.push(grams.size);
  }

  /** Measure the titles: after some have been added. */
  measure() {
    this.averageLength = average(this.lengths);
    this.averageGrams = average(this.gramLengths);
    this.grams.sort();
    this.sorted = null;
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

/** Which titles have each piece: there are hundreds of thousands, for which lists are too slow. */
class Pieces {
  constructor() {
    this.numbers = new Map();
    this.pairs = new Int32Array(1 << 16);
    this.size = 0;
  }

  add(gram, entry) {
    let number = this.numbers.get(gram);
    if (number === undefined) this.numbers.set(gram, (number = this.numbers.size));
    if (this.size + 2 > this.pairs.length) {
      const pairs = new Int32Array(this.pairs.length * 2);
      pairs.set(this.pairs);
      this.pairs = pairs;
    }
    this.pairs[this.size++] = number;
    this.pairs[this.size++] = entry;
  }

  /** Put the entries of each piece side by side. */
  sort() {
    const ends = new Int32Array(this.numbers.size + 1);
    for (let at = 0; at < this.size; at += 2) ends[this.pairs[at] + 1]++;
    for (let number = 1; number < ends.length; number++) ends[number] += ends[number - 1];
    this.begins = ends.slice();
    this.entries = new Int32Array(this.size / 2);
    for (let at = 0; at < this.size; at += 2) {
      this.entries[ends[this.pairs[at]]++] = this.pairs[at + 1];
    }
  }

  /** Give the titles that have a piece; undefined: none has. */
  get(gram) {
    const number = this.numbers.get(gram);
    if (number === undefined) return undefined;
    return this.entries.subarray(this.begins[number], this.begins[number + 1]);
  }
}

const average = (numbers) =>
  numbers.reduce((sum, number) => sum + number, 0) / (numbers.length || 1) || 1;
