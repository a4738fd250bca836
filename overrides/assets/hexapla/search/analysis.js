// Text to terms, as scripts/hexapla/search/analysis.py does it: both pass the same test vectors.

const PAIRED =
  "\\u1100-\\u11ff\\u3005-\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff" +
  "\\u3131-\\u318e\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff" +
  "\\uff66-\\uff9f\\u{20000}-\\u{3fffd}";
const TRIPLED =
  "\\u0e01-\\u0e3a\\u0e40-\\u0e4e\\u0e81-\\u0ece\\u1000-\\u1049\\u1050-\\u109f\\u1780-\\u17d3";
const JOINED =
  "\\u00ad\\u200c\\u200d\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4" +
  "\\u05c5\\u05c7\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8" +
  "\\u06ea-\\u06ed\\u0900-\\u0963\\u0971-\\u0df3\\u0f71-\\u0f84";
const LETTER = `(?![${PAIRED}${TRIPLED}])[\\p{L}\\p{N}${JOINED}]`;

/** A code with its points, a run of characters without spaces, or a word. */
const TOKEN = new RegExp(
  `[0-9A-Za-z]{1,40}(?:[._-][0-9A-Za-z]{1,40}){1,12}(?!${LETTER})` +
    `|[${PAIRED}]+|[${TRIPLED}]+|(?:${LETTER})+`,
  "gu",
);
const IS_PAIRED = new RegExp(`^[${PAIRED}]`, "u");
const IS_TRIPLED = new RegExp(`^[${TRIPLED}]`, "u");
const DIGIT = /\p{Nd}/u;
const HYPHEN = /[_-]/;
const DIVIDERS = /[._-]+/g;
const ASCII = /^[\0-\x7f]*$/;

const LETTERS = new Map(
  Object.entries({
    ß: "ss",
    æ: "ae",
    œ: "oe",
    ø: "o",
    đ: "d",
    ð: "d",
    þ: "th",
    ł: "l",
    ħ: "h",
    ı: "i",
    ς: "σ",
    ٱ: "ا",
    ى: "ي",
    ی: "ي",
    ة: "ه",
    ک: "ك",
    ـ: "",
    ך: "כ",
    ם: "מ",
    ן: "נ",
    ף: "פ",
    ץ: "צ",
  }),
);
for (const first of [0x660, 0x6f0]) {
  for (let value = 0; value < 10; value++) {
    LETTERS.set(String.fromCharCode(first + value), String(value));
  }
}
const MARKS =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
const INVISIBLE = /[\u00ad\u200c\u200d]/g;
const SERBIAN = new Map([
  ...Array.from("абвгдђежзијклмнопрстћуфхцчш", (letter, index) => [
    letter,
    "abvgdđežzijklmnoprstćufhcčš"[index],
  ]),
  ["љ", "lj"],
  ["њ", "nj"],
  ["џ", "dž"],
]);

const VOWELS = /[aeiouyаеиоуыэюяіїєьъ]+$/u;
const KEPT = 4;
const ROUGH_LENGTH = 7;
const LONGEST = 64;
const MOST = 200000;

const replaceLetters = (word, table) =>
  Array.from(word, (letter) => table.get(letter) ?? letter).join("");

/** A word of small letters without what readers may leave out. */
export function foldWord(word) {
  if (ASCII.test(word)) return word;
  const bare = replaceLetters(word, LETTERS).normalize("NFD").replace(MARKS, "");
  return replaceLetters(bare, LETTERS).normalize("NFC");
}

export function lowerWord(word, dotted = false) {
  let lower = ASCII.test(word) ? word : word.replace(INVISIBLE, "").normalize("NFKC");
  if (dotted) lower = lower.replaceAll("I", "ı").replaceAll("İ", "i");
  return lower.toLowerCase();
}

function splitRun(characters, size) {
  const points = Array.from(characters);
  const pieces = [];
  for (let start = 0; start < Math.max(1, points.length - size + 1); start++) {
    pieces.push(points.slice(start, start + size).join(""));
  }
  return pieces;
}

function cutEnding(word) {
  const points = Array.from(word);
  const bare = Array.from(word.replace(VOWELS, ""));
  return (bare.length >= KEPT ? bare.slice(0, ROUGH_LENGTH) : points.slice(0, KEPT)).join("");
}

const shorten = (term) =>
  term.length <= LONGEST ? term : Array.from(term).slice(0, LONGEST).join("");

/** The analysis of one language: what the index's manifest says of it, and its stemmer. */
export class Analyser {
  constructor(analysis, stem) {
    this.analysis = analysis;
    this.stem = stem;
    this.seen = new Map();
  }

  /** The terms of a text, in their order. */
  listTerms(text) {
    return this.learnTokens(text).flatMap(({ terms }) => terms);
  }

  /** The tokens of a text: where they are, and their terms. */
  listTokens(text) {
    return Array.from(text.matchAll(TOKEN), ({ 0: token, index }) => ({
      text: token,
      start: index,
      end: index + token.length,
      terms: this.learn(token).terms,
    }));
  }

  /** A text's letters and digits without what is between them. */
  squeeze(text) {
    return joinLetters(this.learnTokens(text));
  }

  /** What is known of the tokens of a text, in their order. */
  learnTokens(text) {
    return (text.match(TOKEN) ?? []).map((token) => this.learn(token));
  }

  /** A token's terms, and its letters; what was seen once is remembered. */
  learn(token) {
    let known = this.seen.get(token);
    if (!known) {
      if (this.seen.size >= MOST) this.seen.clear();
      const lower = lowerWord(token, this.analysis.dotted);
      const letters = foldWord(lower).replace(DIVIDERS, "");
      known = { terms: this.analyseToken(token).map(shorten), letters, lower };
      this.seen.set(token, known);
    }
    return known;
  }

  analyseToken(token) {
    if (isRun(token)) {
      return splitRun(foldWord(lowerWord(token)), IS_PAIRED.test(token) ? 2 : 3);
    }
    const chunks = token.split(HYPHEN);
    const parts = chunks.flatMap((chunk) => chunk.split("."));
    if (parts.length === 1) return this.analyseWord(token);
    const terms = parts.flatMap((part) => this.analyseWord(part));
    const codes = chunks.filter((chunk) => chunk.includes(".") && DIGIT.test(chunk));
    if (chunks.length > 1 && DIGIT.test(token)) codes.push(token);
    return [...terms, ...codes.map((code) => code.toLowerCase())];
  }

  analyseWord(written) {
    let word = lowerWord(written, this.analysis.dotted);
    if (DIGIT.test(word)) return [foldWord(word)];
    if (Array.from(word).length < 2) return [];
    if (this.analysis.latin) word = replaceLetters(word, SERBIAN);
    if (this.stem) return [this.stemWord(word)];
    word = foldWord(word);
    if (this.analysis.rough) return [cutEnding(word)];
    if (Array.from(word).length > KEPT && this.analysis.prefixes.includes(word[0])) {
      return [word, word.slice(1)];
    }
    return [word];
  }

  /** See stem_word in analysis.py: where the two Porters differ. */
  stemWord(word) {
    if (this.analysis.stemmer !== "porter") return foldWord(this.stem(word));
    if (Array.from(word).length <= 2) return foldWord(word);
    return foldWord(this.stem(word).replace(/i+$/, "") || word);
  }
}

/** Whether a token is of characters that set no words apart. */
export const isRun = (token) => IS_PAIRED.test(token) || IS_TRIPLED.test(token);

/** The letters of tokens, written together. */
export const joinLetters = (known) => known.map(({ letters }) => letters).join("");

/** A text's letters and digits without what is between them, and where each one was. */
export function squeeze(text, dotted = false) {
  let letters = "";
  const origins = [];
  for (const found of text.matchAll(TOKEN)) {
    let position = found.index;
    for (const character of found[0]) {
      const folded = foldWord(lowerWord(character, dotted)).replace(DIVIDERS, "");
      for (let index = 0; index < folded.length; index++) origins.push(position);
      letters += folded;
      position += character.length;
    }
  }
  return { letters, origins };
}

const GRAM = 4;
const PRIME = 16777619;

/**
 * The pieces that compounds are found by: four letters, or two characters of a script of such. They
 * are numbers, which are faster to look up than texts; two pieces with one number do little harm.
 */
export function listGrams(letters) {
  const grams = new Set();
  const codes = Array.from({ length: letters.length }, (_, index) => letters.charCodeAt(index));
  for (let start = 0; start < codes.length; start++) {
    const size = isPairedCode(codes[start]) ? 2 : GRAM;
    if (start + size > codes.length) continue;
    let number = size;
    for (let index = start; index < start + size; index++) {
      number = Math.imul(number ^ codes[index], PRIME);
    }
    grams.add((number ^ (number >>> 15)) & 0x3fffffff);
  }
  return grams;
}

/** Whether a unit of UTF-16 is of a character of Chinese, Japanese or Korean, or half of one. */
const isPairedCode = (code) =>
  code >= 0x1100 &&
  ((code >= 0xd800 && code < 0xe000) || IS_PAIRED.test(String.fromCharCode(code)));
