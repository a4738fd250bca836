// How each engine is asked in a page of the site. Every driver opens(told) and gives a function
// that answers a text with { links, ms }: addresses relative to the locale's root, milliseconds.

window.drivers = {
  async hexapla({ root, site, locale, source, isFirst }) {
    const worker = new Worker(`${site}assets/hexapla/search/worker.js`, { type: "module" });
    const waiting = new Map();
    const stages = {};
    const reached = (stage) => new Promise((resolve) => (stages[stage] = resolve));
    const [titles, all] = [reached("titles"), reached("all")];
    let failed = null;
    worker.onmessage = ({ data }) => {
      if (data.type === "ready") stages[data.stage]?.();
      else if (data.type === "results") waiting.get(data.id)?.(data);
      else failed = data.message;
    };
    worker.postMessage({ type: "open", base: `${root}hexapla-search/`, locale, source });
    await (isFirst ? titles : all);
    if (failed) throw new Error(failed);
    let last = 0;
    return async (text) => {
      const id = ++last;
      const begin = performance.now();
      const results = await new Promise((resolve) => {
        waiting.set(id, resolve);
        worker.postMessage({ type: "query", id, text, product: "", limit: 10, offset: 0 });
      });
      waiting.delete(id);
      return { links: results.items.map((item) => item.link), ms: performance.now() - begin };
    };
  },

  async material({ root, site, worker: address }) {
    const index = await (await fetch(`${root}search/search_index.json`)).json();
    const worker = new Worker(`${site}${address}`);
    const next = (type) =>
      new Promise((resolve) => {
        worker.onmessage = ({ data }) => data.type === type && resolve(data.data);
      });
    const ready = next(1);
    worker.postMessage({ type: 0, data: { ...index, options: { suggest: false } } });
    await ready;
    return async (text) => {
      const begin = performance.now();
      const found = next(3);
      worker.postMessage({ type: 2, data: text });
      const { items } = await found;
      const ms = performance.now() - begin;
      const links = items.map((sections) => sections[0].location.split("#")[0]);
      return { links: [...new Set(links)].slice(0, 10), ms };
    };
  },

  async pagefind({ root, site }) {
    const engine = await import(`${site}pagefind/pagefind.js`);
    await engine.init();
    return async (text) => {
      const begin = performance.now();
      const { results } = await engine.search(text);
      const found = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      const ms = performance.now() - begin;
      const links = found.map(({ url }) => new URL(url, location).href.replace(root, ""));
      return { links, ms };
    };
  },
};

/** Ask all queries, one after the other. */
window.askAll = async (name, told, texts) => {
  const ask = await window.drivers[name](told);
  const answers = [];
  for (const text of texts) answers.push(await ask(text));
  return answers;
};
