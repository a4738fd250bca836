// Translating: the words of a query, into the source's, by the titles that both languages have.
// A title that was translated in other words is found by its original; no dictionary is needed.

const MOST = 4;
// Titles that are looked at for a word: enough to see what it stands for.
const SAMPLE = 400;

/** Knows which words of the source's titles go with words of the locale's. */
export class Translator {
  /** @param {object} own - The locale's titles. @param {object} source - The source's. */
  constructor(own, source) {
    this.own = own;
    this.source = source;
    this.termsOf = null;
    this.found = new Map();
  }

  /** List what a term stands for in the source: terms, and how sure each is (from 0 to 1). */
  translate(term) {
    let terms = this.found.get(term);
    if (!terms) {
      terms = this.compare(term);
      this.found.set(term, terms);
    }
    return terms;
  }

  /** Compare the pages whose titles have a term with those that have each source term. */
  compare(term) {
    const pages = new Set((this.own.terms.get(term) ?? []).map((entry) => this.own.pages[entry]));
    if (!pages.size) return [];
    this.termsOf ??= collectTerms(this.source);
    const common = new Map();
    let left = SAMPLE;
    for (const page of pages) {
      if (left-- === 0) break;
      for (const found of this.termsOf.get(page) ?? []) {
        common.set(found, (common.get(found) ?? 0) + 1);
      }
    }
    const size = Math.min(pages.size, SAMPLE);
    return Array.from(common, ([found, count]) => ({
      term: found,
      sureness: (2 * count) / (size + this.source.terms.get(found).length + 1),
    }))
      .sort((one, other) => other.sureness - one.sureness || (one.term < other.term ? -1 : 1))
      .slice(0, MOST);
  }
}

/** Map each page to the terms of its titles. */
function collectTerms(titles) {
  const termsOf = new Map();
  for (const [term, entries] of titles.terms) {
    for (const page of new Set(entries.map((entry) => titles.pages[entry]))) {
      const terms = termsOf.get(page);
      if (terms) terms.push(term);
      else termsOf.set(page, [term]);
    }
  }
  return termsOf;
}
