// Marking: which part of a text is shown, and what in it answers the query.

import { isRun, squeeze } from "./analysis.js";

const SHOWN = 220;
const LEAD = 60;
// Letters that a part of a compound has at least.
const PART = 4;
// Letters of an ending after it.
const ENDING = 3;

/** What a query looks for in texts of one language. */
export class Marker {
  /**
   * @param {object} analyser - The language's analysis.
   * @param {object[][]} words - For each word the terms that it may be.
   * @param {string} text - The query.
   */
  constructor(analyser, words, text) {
    this.analyser = analyser;
    this.wordOf = new Map();
    words.forEach((word, index) => {
      for (const { term, isTranslated } of word) {
        if (!isTranslated && !this.wordOf.has(term)) this.wordOf.set(term, index);
      }
    });
    this.letters = analyser.squeeze(text);
    this.parts = Array.from(this.wordOf.keys()).filter((term) => term.length >= PART);
  }

  /** List the marked ranges of a text: where they begin and end, and the word they answer. */
  listMarks(text) {
    const marks = [];
    for (const token of this.analyser.listTokens(text)) {
      if (isRun(token.text)) marks.push(...this.markRun(token));
      else marks.push(...this.markWord(token));
    }
    return marks;
  }

  markWord(token) {
    const term = token.terms.find((candidate) => this.wordOf.has(candidate));
    const { start, end } = token;
    return term === undefined ? [] : [{ start, end, word: this.wordOf.get(term) }];
  }

  /** Mark the characters of a run that are in a term of the query. */
  markRun(token) {
    const size = Array.from(token.terms[0] ?? "").length;
    const characters = Array.from(token.text);
    const isWhole = token.terms.length !== Math.max(1, characters.length - size + 1);
    const marks = [];
    token.terms.forEach((term, index) => {
      const word = this.wordOf.get(term);
      if (word === undefined) return;
      const start = isWhole ? token.start : token.start + lengthOf(characters.slice(0, index));
      const length = isWhole ? token.text.length : lengthOf(characters.slice(index, index + size));
      marks.push({ start, end: start + length, word });
    });
    return marks;
  }

  /** List marks of a title: compounds are found there written together and apart. */
  listTitleMarks(title) {
    const marks = this.listMarks(title);
    const { letters, origins } = squeeze(title, this.analyser.analysis.dotted);
    const tokens = this.analyser.listTokens(title).filter((token) => !isRun(token.text));
    for (const part of this.parts) marks.push(...markAcross(part, letters, origins, tokens));
    for (const token of tokens) {
      const stem = token.terms[0] ?? "";
      if (stem.length >= PART && this.letters.includes(stem)) {
        marks.push({ start: token.start, end: token.end, word: -1 });
      }
    }
    return marks;
  }

  /** Choose what is shown of a page's passages, and mark it. */
  choosePassage(passages) {
    let best = null;
    for (const [anchor, heading, text] of passages) {
      const inHeading = new Set(this.listMarks(heading).map((mark) => mark.word));
      const found = findWindow(this.listMarks(text), inHeading);
      if (!best || found.score > best.score) best = { ...found, anchor, text: text || heading };
    }
    if (!best) return null;
    const [start, end] = stretch(best.text, best.start);
    const marks = this.listMarks(best.text.slice(start, end));
    const segments = cutSegments(best.text.slice(start, end), marks);
    if (start > 0) segments.unshift(["… ", false]);
    if (end < best.text.length) segments.push([" …", false]);
    return { segments, anchor: best.score > 0 ? best.anchor : "" };
  }
}

/** Mark a part of a compound: it begins where a word does, or ends where one does. */
function markAcross(part, letters, origins, tokens) {
  const from = letters.indexOf(part);
  if (from < 0) return [];
  const start = origins[from];
  const end = origins[from + part.length - 1] + 1;
  const isPart = tokens.some(
    (token) => token.start === start || (token.end >= end && token.end - end <= ENDING),
  );
  return isPart ? [{ start, end, word: -1 }] : [];
}

const lengthOf = (characters) => characters.reduce((sum, character) => sum + character.length, 0);

/** Find the part of a text where most words of the query are. */
function findWindow(marks, inHeading) {
  let best = { score: inHeading.size * 0.75, start: 0 };
  let first = 0;
  marks.forEach((mark, last) => {
    while (mark.end - marks[first].start > SHOWN - LEAD) first++;
    const words = new Set();
    for (let index = first; index <= last; index++) words.add(marks[index].word);
    const score = words.size + inHeading.size * 0.25;
    if (score > best.score) best = { score, start: marks[first].start };
  });
  return best;
}

/** Stretch a part to the beginning of its sentence if that is near, and to whole words. */
function stretch(text, at) {
  if (text.length <= SHOWN) return [0, text.length];
  const before = text.slice(Math.max(0, at - LEAD), at);
  const sentence = /^.*[.!?:。！？؟।]\s*/su.exec(before);
  let start = Math.max(0, at - before.length);
  if (sentence) start += sentence[0].length;
  else if (start > 0) start += (/^\S*\s+/u.exec(before)?.[0].length ?? 0) % (before.length + 1);
  const rest = text.slice(start, start + SHOWN);
  if (start + rest.length >= text.length) return [start, text.length];
  const last = /\s+\S*$/u.exec(rest);
  const end = start + (last && last.index > SHOWN / 2 ? last.index : rest.length);
  // No half of a character that is written as two.
  return [start, /[\ud800-\udbff]/.test(text[end - 1]) ? end - 1 : end];
}

/** Divide a text into pairs: text, and whether it is marked. */
export function cutSegments(text, marks) {
  const segments = [];
  let position = 0;
  for (const { start, end } of marks.slice().sort((one, other) => one.start - other.start)) {
    if (end <= position) continue;
    const from = Math.max(start, position);
    if (from > position) segments.push([text.slice(position, from), false]);
    const last = segments.at(-1);
    if (last?.[1]) last[0] += text.slice(from, end);
    else segments.push([text.slice(from, end), true]);
    position = end;
  }
  if (position < text.length) segments.push([text.slice(position), false]);
  return segments;
}
