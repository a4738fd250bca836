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

// The first results should be there soon over slow lines. Browsers ask a host for six files at a
// time: the titles, which take longest, come first, and the scripts meanwhile.

const SCRIPTS = (
  "answering engine analysis forgiving marking phrases ranking reading texts titles translating " +
  "understanding"
).split(" ");
const NAME = /^[a-z]+\.js$/;
const MANIFEST = "manifest.json";
const PAUSE = 40;

const asked = new Map();
let answer = null;
let engine = null;
let texts = null;
let last = null;

/** Load a file; what was asked for in advance is not asked for again. */
function load(address) {
  let content = asked.get(address);
  if (!content && engine) return request(address);
  if (!content) {
    content = request(address);
    asked.set(address, content);
    content.catch(() => asked.delete(address));
  }
  return content;
}

async function request(address) {
  // Names come from the content, but for the manifest's: only that may have changed.
  const cache = address.endsWith(MANIFEST) ? "no-cache" : "default";
  const reply = await fetch(address, { cache, credentials: "same-origin" });
  if (!reply.ok) throw new Error(`${reply.status} ${reply.statusText}`);
  return reply.arrayBuffer();
}

async function loadStemmer(file) {
  if (!NAME.test(file)) throw new Error("A stemmer has an unexpected name.");
  return (await import(`./stemmers/${file}`)).stemmer;
}

/** Ask for what opening an index will need, before there are scripts to open it. */
async function foresee(base) {
  const manifest = JSON.parse(new TextDecoder().decode(await load(base + MANIFEST)));
  load(base + manifest.titles).catch(() => null);
  if (manifest.stemmer) loadStemmer(manifest.stemmer).catch(() => null);
}

async function open({ base, locale, source }) {
  const bases = [base];
  if (locale !== source) bases.push(base.replace(`/${locale}/`, "/"));
  await Promise.all(bases.map((folder) => foresee(folder).catch(() => null)));
  const modules = SCRIPTS.map((name) => import(`./${name}.js`));
  const [{ answer: answerQuery }, { Engine }] = await Promise.all(modules);
  answer = answerQuery;
  const loadFrom = (folder) => (name) => load(new URL(name, folder).href);
  const opened = new Engine(loadFrom, loadStemmer);
  await opened.open(base);
  engine = opened;
  asked.clear();
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
  // While a reader types, nobody reads: passages are for the query that stays.
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  if (query !== last) return;
  const items = await more().catch(() => null); // the results stand without their passages
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
