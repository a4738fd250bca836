// Asks the engine in Node. Standard input: { base, texts, weights, packages } as JSON; standard
// output: what opening took, and for each text the links and milliseconds.

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const root = new URL("../../", import.meta.url);
const scripts = new URL("overrides/assets/hexapla/search/", root);
const { Engine } = await import(new URL("engine.js", scripts));
const { WEIGHTS } = await import(new URL("ranking.js", scripts));

let written = "";
for await (const part of process.stdin) written += part;
const { base, texts, weights, packages } = JSON.parse(written);
const engine = new Engine(
  (folder) => (name) => readFile(new URL(name, folder)),
  async (file) => {
    const path = packages[file.replace(".js", "")];
    return (await import(new URL(`node_modules/${path}`, root))).stemmer;
  },
  { ...WEIGHTS, ...weights },
);
const begin = performance.now();
await engine.open(pathToFileURL(base).href);
const titles = performance.now();
await engine.openTexts();
const all = performance.now();
const answers = [];
for (const text of texts) {
  const asked = performance.now();
  const { order } = await engine.rank(text);
  const ms = performance.now() - asked;
  answers.push({ links: order.slice(0, 10).map((page) => engine.pages[page].link), ms });
}
const known = engine.pages.map(({ link }) => link);
process.stdout.write(
  JSON.stringify({ opened: [titles - begin, all - titles], known, answers }),
);
