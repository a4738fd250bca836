// The texts of one language: terms in shards, passages by ranges of topics; loaded when needed.

import { Shard, findPlace, inflate, readJson } from "./reading.js";

// Up to so many bytes all terms are loaded at once; else only those that a query asks for.
const ALL_AT_ONCE = 3000000;
const KEPT_PASSAGES = 200;

export class Texts {
  constructor(told, load) {
    this.lengths = told.lengths;
    this.average =
      told.lengths.reduce((sum, length) => sum + length, 0) / (told.lengths.length || 1);
    this.passageFiles = told.passages;
    this.passageTopics = told.passageTopics;
    this.load = load;
    this.shards = told.shards.map(([first, name, size]) => ({ first, name, size, content: null }));
    this.isSmall = told.shards.reduce((sum, [, , size]) => sum + size, 0) <= ALL_AT_ONCE;
    this.passages = new Map();
  }

  static async open(name, load) {
    return new Texts(await readJson(load, name), load);
  }

  /** Load the shards that a query needs: those of its terms, and of what begins like its last. */
  async prepare(terms, beginnings = []) {
    const needed = new Set();
    if (this.isSmall) this.shards.forEach((shard) => needed.add(shard));
    else {
      for (const term of terms) needed.add(this.findShard(term));
      for (const beginning of beginnings) needed.add(this.findShard(beginning));
    }
    await Promise.all(Array.from(needed, (shard) => shard && this.loadShard(shard)));
  }

  async loadShard(shard) {
    shard.loading ??= this.load(shard.name).then(inflate);
    try {
      shard.content ??= new Shard(await shard.loading);
    } catch (error) {
      shard.loading = null;
      throw error;
    }
  }

  findShard(term) {
    const place = findPlace(this.shards, term, (shard) => shard.first);
    if (this.shards[place]?.first === term) return this.shards[place];
    return this.shards[Math.max(0, place - 1)];
  }

  /** Give a term's postings; null where it is in no page, or its shard is not loaded. */
  find(term) {
    const content = this.findShard(term)?.content;
    if (!content) return null;
    const place = findPlace(content.terms, term);
    return content.terms[place] === term ? content.readPostings(place) : null;
  }

  /** List the terms that begin like this one, in the loaded shard where they are. */
  listBeginning(beginning, most) {
    const terms = this.findShard(beginning)?.content?.terms ?? [];
    const found = [];
    for (let place = findPlace(terms, beginning); found.length < most; place++) {
      if (!terms[place]?.startsWith(beginning)) break;
      found.push(terms[place]);
    }
    return found;
  }

  /** Go through the terms of all loaded shards. */
  *listLoaded() {
    for (const { content } of this.shards) if (content) yield content.terms;
  }

  hasPassages(page) {
    return this.passages.has(this.nameFile(page));
  }

  /** Load the passages of a page: lists of anchor, heading and text. */
  async readPassages(page) {
    const name = this.nameFile(page);
    if (!this.passages.has(name)) {
      const content = await readJson(this.load, name);
      if (this.passages.size >= KEPT_PASSAGES) this.passages.clear();
      this.passages.set(name, content);
    }
    return this.getPassages(page) ?? [];
  }

  getPassages(page) {
    return this.passages.get(this.nameFile(page))?.[page % this.passageTopics];
  }

  nameFile(page) {
    return this.passageFiles[Math.floor(page / this.passageTopics)];
  }
}
