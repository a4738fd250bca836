// Recent searches: kept in this browser, for this locale, until the reader clears them.

import { settings } from "./settings.js";

const KEY = `hexapla.searches.${settings.locale}`;
const MOST = 8;
const LONGEST = 200;

export const listRecent = () => {
  try {
    const found = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(found) ? found.filter((text) => typeof text === "string").slice(0, MOST) : [];
  } catch {
    return []; // nothing can be remembered here, or something else stands there
  }
};

export const rememberSearch = (text) => {
  const searched = text.trim().slice(0, LONGEST);
  if (!searched) return;
  try {
    const others = listRecent().filter((other) => other !== searched);
    localStorage.setItem(KEY, JSON.stringify([searched, ...others].slice(0, MOST)));
  } catch {
    // Storage may be forbidden: then nothing is remembered.
  }
};

export const forgetSearches = () => {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // There is nothing to forget.
  }
};
