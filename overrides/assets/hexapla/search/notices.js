// What is said beside the results: nothing found, another spelling taken, nothing could be loaded.

import { linkResults, settings } from "./settings.js";
import { make, place, quote } from "./wording.js";

const { strings } = settings;

/** Make a link to the same search in the source's language. */
const linkSource = (text) => {
  const name = make("span", { lang: settings.source }, settings.sourceName);
  const href = linkResults(text, "", settings.sourceResults);
  return make("a", { href, hreflang: settings.source }, ...place(strings.elsewhere, name));
};

/** Say which spelling was taken, and offer what was typed: in quotation marks it is exact. */
export const sayCorrected = (typed, corrected) => {
  const exact = make("a", { href: linkResults(`"${typed.replaceAll('"', "")}"`) });
  exact.append(...place(strings.exact, quote(typed)));
  return make(
    "div",
    { class: "hexapla-notice" },
    make("p", {}, ...place(strings.corrected, quote(corrected))),
    make("p", {}, exact),
  );
};

/** Say that nothing was found, and what else could be searched for. */
export const sayNothing = (typed, suggestions) => {
  const notice = make("div", { class: "hexapla-notice" });
  notice.append(make("p", {}, ...place(strings.none, quote(typed))));
  if (suggestions.length) {
    const links = suggestions.map((text) =>
      make("li", {}, make("a", { href: linkResults(text), dir: "auto" }, text)),
    );
    notice.append(make("p", {}, strings.suggestions), make("ul", {}, ...links));
  }
  if (settings.sourceResults) notice.append(make("p", {}, linkSource(typed)));
  return notice;
};

/** Say that the index, or a part of it, could not be loaded. */
export const sayFailed = (state, retry) => {
  const again = make("button", { type: "button", class: "hexapla-button" }, strings.retry);
  again.addEventListener("click", retry);
  const text = state === "partial" ? strings.partial : strings.failed;
  return make("div", { class: "hexapla-notice" }, make("p", {}, text), again);
};
