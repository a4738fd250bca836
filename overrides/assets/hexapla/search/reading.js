// The files of an index: loading, inflating, decoding. postings.py says how they are written.

/** Inflate what the build has compressed. */
export async function inflate(content) {
  const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const decoder = new TextDecoder();

/** Load a file of JSON. */
export const readJson = async (load, name) =>
  JSON.parse(decoder.decode(await inflate(await load(name))));

/** Terms and their postings: a range of an index's terms, in their order. */
export class Shard {
  constructor(content) {
    this.content = content;
    this.position = 0;
    const length = this.readNumber();
    this.terms = readTerms(decoder.decode(content.subarray(this.position, this.position + length)));
    this.position += length;
    this.counts = Uint32Array.from(this.terms, () => this.readNumber());
    this.offsets = this.findOffsets();
    this.decoded = new Map();
  }

  readNumber() {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const group = this.content[this.position++];
      number |= (group & 127) << shift;
      if (group < 128) return number;
    }
  }

  /** Find where each term's postings begin: a number ends with a small byte. */
  findOffsets() {
    const offsets = new Uint32Array(this.counts.length);
    let position = this.position;
    for (let index = 0; index < offsets.length; index++) {
      offsets[index] = position;
      for (let left = this.counts[index]; left > 0;) if (this.content[position++] < 128) left--;
    }
    return offsets;
  }

  /** Give a term's pages, and how often it is in each (a class). */
  readPostings(index) {
    let found = this.decoded.get(index);
    if (!found) {
      const count = this.counts[index];
      found = { pages: new Uint32Array(count), classes: new Uint8Array(count) };
      this.position = this.offsets[index];
      let page = 0;
      for (let entry = 0; entry < count; entry++) {
        const number = this.readNumber();
        page += number >>> 2;
        found.pages[entry] = page;
        found.classes[entry] = number & 3;
      }
      this.decoded.set(index, found);
    }
    return found;
  }
}

/** Undo what write_terms did: each term begins with part of the one before. */
function readTerms(text) {
  if (!text) return [];
  let last = "";
  return text.split("\n").map((line) => {
    last = last.slice(0, line.charCodeAt(0) - 48) + line.slice(1);
    return last;
  });
}

/** Give the first place in a sorted list that is not before a term. */
export function findPlace(terms, term, key = (entry) => entry) {
  let low = 0;
  let high = terms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(terms[middle]) < term) low = middle + 1;
    else high = middle;
  }
  return low;
}
