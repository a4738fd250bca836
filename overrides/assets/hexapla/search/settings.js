// What the page tells its search: addresses, languages and words.

const told = JSON.parse(document.getElementById("hexapla-search-settings").textContent);
const resolve = (address) => new URL(address, location.href).href;

const readAddress = (link, base) => {
  try {
    return new URL(link, base);
  } catch {
    return null;
  }
};

export const settings = {
  ...told,
  worker: resolve(told.worker),
  index: resolve(told.index),
  root: resolve(told.root),
  results: resolve(told.results),
  sourceResults: told.sourceResults && resolve(told.sourceResults),
};

/** Give the address of the results page, here or in the source's language. */
export const linkResults = (text, product = "", page = settings.results) => {
  const address = new URL(page);
  address.searchParams.set("q", text);
  if (product) address.searchParams.set("product", product);
  return address.href;
};

/** Give the address of what was found, if it is one of this locale; words are highlighted there. */
export const linkHit = (hit) => {
  const address = readAddress(hit.link, settings.root);
  if (!address?.href.startsWith(settings.root)) return "";
  const inTitle = hit.title.some(([, isMarked]) => isMarked);
  if (!inTitle && hit.passage?.anchor) address.hash = hit.passage.anchor;
  for (const word of listWords(hit)) address.searchParams.append("h", word);
  return address.href;
};

/** List the words that were found, as they stand in the text: the first few are enough. */
const listWords = (hit) => {
  const marked = [...hit.title, ...(hit.passage?.segments ?? [])].filter(([, isMarked]) => isMarked);
  return [...new Set(marked.map(([text]) => text.trim().toLowerCase()))].filter(Boolean).slice(0, 8);
};
