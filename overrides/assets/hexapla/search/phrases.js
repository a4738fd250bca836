// Quoted phrases: what stands in quotation marks must stand in the page as it is.

import { foldWord, isRun, lowerWord } from "./analysis.js";

const QUOTED = /["“”„«»「」『』]([^"“”„«»「」『』]+)["“”„«»「」『』]/gu;

/** List the phrases that a query has in quotation marks. */
export const listPhrases = (text) => Array.from(text.matchAll(QUOTED), ([, phrase]) => phrase);

/** Write a text so that phrases can be found in it: its words in small letters, one space between. */
export function writeExactly(analyser, text) {
  const words = analyser.listTokens(text).map((token) => {
    const word = foldWord(lowerWord(token.text, analyser.analysis.dotted));
    return isRun(token.text) ? word : ` ${word} `;
  });
  return words.join("").replaceAll("  ", " ");
}

/** Say which terms a page must have to hold a phrase, and what must be read to be sure. */
export function readPhrase(analyser, phrase) {
  const tokens = analyser.listTokens(phrase);
  const isCode = tokens.length === 1 && /\p{Nd}/u.test(tokens[0].text);
  const terms = isCode ? tokens[0].terms.slice(-1) : tokens.flatMap((token) => token.terms);
  return { exact: writeExactly(analyser, phrase), isCode, terms };
}
