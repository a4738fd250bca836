// Runs the browser's search in Node. Standard input: the job as JSON; standard output: its answer.
//   { do: "analyse", languages: [{ analysis, stemmer, texts }] }: the terms of each text
//   { do: "query", base, queries: [{ text, product, limit, offset }], isLarge }: the answers, stage by
//     stage; isLarge: terms are loaded when a query needs them
//   { do: "call", module, name, arguments }: what a function of a module gives, for each list of
//     arguments

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const scripts = new URL("../../overrides/assets/hexapla/search/", import.meta.url);

const loadStemmer = async (packages, file) => {
  const path = packages[file.replace(".js", "")];
  const name = path.startsWith("@") ? path.split("/").slice(0, 2).join("/") : path.split("/")[0];
  const folder = new URL(`../../node_modules/${name}/`, import.meta.url);
  return (await import(new URL(path.slice(name.length + 1), folder).href)).stemmer;
};

async function analyse({ languages, packages }) {
  const { Analyser } = await import(new URL("analysis.js", scripts));
  const answers = [];
  for (const { analysis, texts } of languages) {
    const stem = analysis.stemmer ? await loadStemmer(packages, `${analysis.stemmer}.js`) : null;
    const analyser = new Analyser(analysis, stem);
    answers.push(texts.map((text) => analyser.listTerms(text)));
  }
  return answers;
}

async function query({ base, queries, packages, isLarge }) {
  const { Engine } = await import(new URL("engine.js", scripts));
  const { answer } = await import(new URL("answering.js", scripts));
  const loadFrom = (folder) => (name) => readFile(new URL(name, folder));
  const engine = new Engine(loadFrom, (file) => loadStemmer(packages, file));
  await engine.open(pathToFileURL(base).href);
  const answers = [];
  const ask = async () => {
    for (const asked of queries) {
      const { more, ...results } = await answer(engine, asked);
      answers.push({ ...results, items: (await more?.()) ?? results.items });
    }
  };
  await ask();
  await engine.openTexts();
  if (isLarge) engine.sides.forEach(({ texts }) => forgetShards(texts));
  await ask();
  return answers;
}

/** Let a site be one whose terms are not loaded at once. */
function forgetShards(texts) {
  texts.isSmall = false;
  for (const shard of texts.shards) Object.assign(shard, { content: null, loading: null });
}

async function call({ module, name, inputs }) {
  const found = await import(new URL(module, scripts));
  return inputs.map((input) => found[name](...input));
}

let written = "";
for await (const part of process.stdin) written += part;
const job = JSON.parse(written);
const answer = await { analyse, query, call }[job.do](job);
process.stdout.write(JSON.stringify(answer));
