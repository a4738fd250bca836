// Sentences in the reader's language: a number's form, and elements in the place of %s.

import { settings } from "./settings.js";

const numbers = new Intl.NumberFormat(settings.locale);
const plurals = new Intl.PluralRules(settings.locale);

export const writeNumber = (number) => numbers.format(number);

/** Write "n results", of forms such as `one=%s result | other=%s results`. */
export const writeCount = (number) => {
  const forms = new Map(
    settings.strings.count.split("|").map((form) => form.trim().split("=", 2)),
  );
  const form = forms.get(plurals.select(number)) ?? forms.get("other");
  return form.replace("%s", writeNumber(number));
};

/** Make an element; its children are elements, and text that stays text. */
export const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== "" && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
};

/** Give a sentence's parts, with a node in the place of %s. */
export const place = (sentence, node) => {
  const [before, after = ""] = sentence.split("%s");
  return [before, node, after];
};

/** Give what the reader has typed, kept apart from the sentence around it. */
export const quote = (text, name = "strong") => make(name, { dir: "auto", class: "hexapla-typed" }, text);
