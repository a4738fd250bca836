// What was found, as elements. Titles and passages come from articles: they are text, never HTML.

import { linkHit, settings } from "./settings.js";
import { make } from "./wording.js";

/** Write text with the matched words marked. */
const writeMarked = (element, segments) => {
  for (const [text, isMarked] of segments) element.append(isMarked ? make("mark", {}, text) : text);
  return element;
};

/** Name the language of what is not in the reader's. */
const nameLanguage = (language) => {
  if (!language || language === settings.locale) return "";
  const name = language === settings.source ? settings.sourceName : language;
  return make("span", { class: "hexapla-language", lang: language }, name);
};

const findProduct = (id) => settings.products.find((product) => product.id === id);

/** Make the parts of a hit: title, the line below it, passage. */
const makeParts = (hit) => {
  const title = writeMarked(make("span", { lang: hit.language, dir: hit.direction }), hit.title);
  const product = settings.products.length > 1 ? findProduct(hit.product) : null;
  const below = make("span", { class: "hexapla-hit__below" });
  if (product) below.append(make("span", { lang: product.language }, product.title), " ");
  below.append(nameLanguage(hit.language));
  const passage = make("span", { class: "hexapla-hit__passage" });
  if (hit.passage) {
    const { segments, language, direction } = hit.passage;
    const text = writeMarked(make("span", { lang: language, dir: direction }), segments);
    if (language !== hit.language) passage.append(nameLanguage(language), " ");
    passage.append(text);
  }
  return { title, below, passage };
};

/** Make an option of the box's list: a link that the field's arrow keys lead to. */
export const makeOption = (hit, number) => {
  const { title, below, passage } = makeParts(hit);
  title.className = "hexapla-hit__title";
  const option = {
    class: "md-search-result__link hexapla-hit",
    id: `hexapla-option-${number}`,
    role: "option",
    tabindex: "-1",
    "aria-selected": "false",
    href: linkHit(hit) || settings.root,
  };
  return make("a", option, title, below, passage);
};

/** Make an item of the results page's list. */
export const makeItem = (hit) => {
  const { title, below, passage } = makeParts(hit);
  const link = make("a", { href: linkHit(hit) || settings.root }, title);
  const heading = make("h2", { class: "hexapla-hit__title" }, link);
  return make("li", { class: "hexapla-hit" }, heading, below, passage);
};
