// Quoted phrases: what stands in quotation marks must stand in the page as it is.

import { foldWord, isRun, lowerWord } from "./analysis.js";

// Pages that are read, to see whether a phrase is in them.
const MOST_READ = 60;
const QUOTED = /["“”„«»＂]([^"“”„«»＂]+)["“”„«»＂]/gu;

/** List the phrases that a query has in quotation marks. */
export const listPhrases = (text) =>
  Array.from(text.matchAll(QUOTED), ([, phrase]) => phrase).filter((phrase) =>
    /[\p{L}\p{N}]/u.test(phrase),
  );

/** Write a text so that phrases can be found in it: its words in small letters, one space between. */
export function writeExactly(analyser, text) {
  const words = analyser.listTokens(text).map((token) => {
    const word = foldWord(lowerWord(token.text, analyser.analysis.dotted));
    return isRun(token.text) ? word : ` ${word} `;
  });
  return words.join("").replaceAll("  ", " ");
}

/**
 * Keep the pages that have all phrases; only the best ones are read. Where none has them, a query
 * of nothing else has no answer; beside other words, quotation marks may be just a writer's.
 */
export async function keepExact(engine, order, text) {
  const phrases = listPhrases(text);
  if (!phrases.length) return order;
  const kept = await Promise.all(
    order.slice(0, MOST_READ).map(async (page) => {
      const texts = await readTexts(engine, page);
      return phrases.every((phrase) =>
        texts.some(({ analyser, text }) => text.includes(writeExactly(analyser, phrase))),
      );
    }),
  );
  const found = order.slice(0, MOST_READ).filter((page, index) => kept[index]);
  const isAlone = !/[\p{L}\p{N}]/u.test(text.replace(QUOTED, " "));
  return found.length || isAlone ? found : order;
}

/** Read all of a page, in both languages, as phrases are found in it. */
async function readTexts(engine, page) {
  const { places } = engine.pages[page];
  const read = engine.sides.map(async ({ analyser, told, texts }, index) => {
    if (places[index] < 0) return [];
    const passages = (await texts?.readPassages(places[index])) ?? [];
    const parts = [...told.titles[places[index]], ...passages.flatMap((part) => part.slice(1))];
    return parts.map((part) => ({ analyser, text: writeExactly(analyser, part) }));
  });
  return (await Promise.all(read)).flat();
}
