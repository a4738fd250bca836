// The worker: loads a locale's index and answers the page's queries. A module:
//
//   new Worker(address of this file, { type: "module" })
//
// From the page:
//   { type: "open", base, locale, source }   base: the whole address of the locale's search folder,
//                                            with a slash at its end
//   { type: "query", id, text, product, limit, offset }   product: an id, or ""
//
// To the page:
//   { type: "ready", stage: "titles" | "all", topics }
//   { type: "results", id, stage, total, products: [{ id, count }], corrected, suggestions, items }
//       items: [{ link, product, language, direction, title, passage }], the links relative to the
//       locale's root; title: [[text, isMarked], …]; passage: { segments: [[text, isMarked], …],
//       language, direction, anchor }, or null.
//       The same query may be answered more than once: at first by titles alone, or without
//       passages that must be loaded. What comes later takes the place of what came before.
//   { type: "failed", message }   before "ready": nothing can be searched; after: titles only
//
// Of queries that wait, only the last one is answered; those from before "ready" are not.

import { answer } from "./answering.js";
import { Engine } from "./engine.js";

const NAME = /^[a-z]+\.js$/;

let engine = null;
let texts = null;
let last = null;

async function load(address) {
  // Names come from the content, but for the manifest's: only that may have changed.
  const cache = address.endsWith("manifest.json") ? "no-cache" : "default";
  const reply = await fetch(address, { cache, credentials: "same-origin" });
  if (!reply.ok) throw new Error(`${reply.status} ${reply.statusText}`);
  return reply.arrayBuffer();
}

async function loadStemmer(file) {
  if (!NAME.test(file)) throw new Error("A stemmer has an unexpected name.");
  return (await import(`./stemmers/${file}`)).stemmer;
}

async function open({ base }) {
  const loadFrom = (folder) => (name) => load(new URL(name, folder).href);
  const opened = new Engine(loadFrom, loadStemmer);
  await opened.open(base);
  engine = opened;
  tellReady();
  await openTexts();
}

/** Load the texts, once; what failed is tried again with the next query. */
async function openTexts() {
  texts ??= engine.openTexts().then(tellReady);
  try {
    await texts;
  } catch (error) {
    texts = null;
    throw error;
  }
}

function tellReady() {
  postMessage({ type: "ready", stage: engine.stage, topics: engine.pages.length });
}

async function reply(query) {
  const { more, ...results } = await answer(engine, query);
  if (query !== last) return;
  postMessage({ type: "results", id: query.id, ...results });
  if (!more) return;
  const items = await more.catch(() => null); // the results stand without their passages
  if (items && query === last) postMessage({ type: "results", id: query.id, ...results, items });
}

function fail(error) {
  postMessage({ type: "failed", message: String(error?.message ?? error) });
}

addEventListener("message", ({ data }) => {
  if (data.type === "open") {
    open(data).catch(fail);
  } else if (data.type === "query") {
    last = data;
    // Keys may come faster than answers: those that wait make room for the last.
    setTimeout(() => {
      if (engine && last === data) reply(data).catch(fail);
    }, 0);
  }
});
