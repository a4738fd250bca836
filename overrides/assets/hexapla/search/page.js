// The results page: the same search with an address of its own, and as many results as one wants.

import { makeEngine } from "./asking.js";
import { makeFilter } from "./filter.js";
import { makeItem } from "./hits.js";
import { onSearchKey } from "./keys.js";
import { sayCorrected, sayFailed, sayNothing } from "./notices.js";
import { rememberSearch } from "./recent.js";
import { linkResults, settings } from "./settings.js";
import { writeCount } from "./wording.js";

const STEP = 20;
const MOST = 1000;
const QUIET = 500; // ms without a key before the address follows

const { strings } = settings;
const root = document.querySelector(".hexapla-find");
const form = root.querySelector("form");
const field = form.elements.q;
const find = (name) => root.querySelector(`.hexapla-find__${name}`);
const [count, notices, list, more] = ["count", "notices", "list", "more"].map(find);
const filter = makeFilter(form.querySelector("fieldset"), () => ask());
const title = document.title;

let state = "";
let following = 0;
let isMore = false;

const getText = () => field.value.trim();

/** Let the address, the title and the other languages' links follow the search. */
const follow = (change = "replaceState") => {
  clearTimeout(following);
  const text = getText();
  const address = text ? linkResults(text, filter.get()) : settings.results;
  const shown = list.children.length;
  try {
    if (address !== location.href) history[change]({ shown }, "", address);
    else history.replaceState({ shown }, "");
  } catch {
    // Browsers allow only so many changes at a time.
  }
  document.title = text ? `${text} – ${title}` : title;
  for (const link of document.querySelectorAll(".hexapla-switcher a")) {
    link.search = new URL(address).search;
  }
};

const show = (items, said, notice, isMoreThere) => {
  list.replaceChildren(...items);
  count.textContent = said;
  notices.replaceChildren(...notice);
  more.hidden = !isMoreThere;
};

const retry = () => {
  field.focus();
  engine.retry();
};

const showWaiting = () => {
  filter.hide();
  if (!getText()) show([], "", [], false);
  else if (state === "failed") show([], "", [sayFailed(state, retry)], false);
  else if (!list.children.length) count.textContent = strings.loading;
};

const showAnswer = (answer, question) => {
  const notice = [];
  if (answer.corrected) notice.push(sayCorrected(question.text, answer.corrected));
  if (!answer.total) notice.push(sayNothing(question.text, answer.suggestions));
  if (state === "partial") notice.push(sayFailed(state, retry));
  const items = [...[...list.children].slice(0, question.offset), ...answer.items.map(makeItem)];
  filter.show(answer.products);
  const said = answer.total ? writeCount(answer.total) : strings.none.replace("%s", () => question.text);
  show(items, said, notice, items.length < answer.total && items.length < MOST);
  if (isMore && question.offset) items[question.offset]?.querySelector("a").focus();
  isMore = false;
  clearTimeout(following);
  following = setTimeout(follow, QUIET);
};

const ask = (limit = STEP) => {
  const text = getText();
  engine.ask(text ? { text, product: filter.get(), limit, offset: 0 } : null);
  if (!text || state === "loading" || state === "failed") showWaiting();
  if (!text) follow();
};

const engine = makeEngine(showAnswer, (next) => {
  state = next;
  if (state === "loading" || state === "failed") showWaiting();
});

/** Take the search from the address, and show as much of it as was shown before. */
const read = () => {
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q")?.trim() ?? "";
  filter.set(asked.get("product") ?? "");
  if (getText()) {
    const shown = Number(history.state?.shown) || STEP;
    ask(Math.min(Math.max(shown, STEP), MOST));
  } else {
    engine.ask(null);
    showWaiting();
  }
};

field.addEventListener("focus", () => engine.start());
field.addEventListener("input", (event) => {
  if (!event.isComposing) ask();
});
field.addEventListener("compositionend", () => ask());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  rememberSearch(getText());
  ask();
  follow("pushState");
});
list.addEventListener("click", (event) => {
  if (event.target.closest("a")) rememberSearch(getText());
});
more.addEventListener("click", () => {
  isMore = true;
  const offset = list.children.length;
  engine.ask({ text: getText(), product: filter.get(), limit: STEP, offset });
});
onSearchKey(() => {
  field.focus();
  field.select();
});
window.addEventListener("popstate", read);

read();
