// The search box in the header: results while typing, by mouse, keys, touch and screen reader.
// The field is a combobox (ARIA 1.2); the theme's toggle says whether the box is open. Without this
// script the field's form leads to the results page.

import { makeEngine } from "./asking.js";
import { makeFilter } from "./filter.js";
import { makeOption } from "./hits.js";
import { onSearchKey } from "./keys.js";
import { sayCorrected, sayFailed, sayNothing } from "./notices.js";
import { makeOptions } from "./options.js";
import { forgetSearches, listRecent, rememberSearch } from "./recent.js";
import { linkResults, settings } from "./settings.js";
import { make, writeCount } from "./wording.js";

const SHOWN = 10;
const THEMES_START = 150; // ms: the theme closes the search once, 125 ms after it starts
const QUIET = 700; // ms without a key before a screen reader is told the number of results

const { strings } = settings;
const wide = matchMedia("(min-width: 60em)"); // the theme shows the field in the header
const root = document.querySelector(".hexapla-search");
const opens = document.querySelector(".hexapla-search-link");
const toggle = document.getElementById("__search");
const field = root.querySelector("[role=combobox]");
const find = (name) => root.querySelector(`.hexapla-search__${name}`);
const [count, status, notices, foot] = ["count", "status", "notices", "foot"].map(find);
const [allResults, forget] = ["all", "forget"].map(find);
const options = makeOptions(field, root.querySelector("[role=listbox]"));
const filter = makeFilter(root.querySelector("fieldset"), () => ask());

let state = "";
let opener = null; // what had the focus before, and gets it back
let telling = 0;
let isStarting = true;

const getText = () => field.value.trim();

/** Keep the search in the page's address while the box is open: to share, and to come back to. */
const keepAddress = (text) => {
  const address = new URL(location.href);
  if (text) address.searchParams.set("q", text);
  else address.searchParams.delete("q");
  if (address.href === location.href) return;
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // Browsers allow only so many changes at a time.
  }
};

/** Say a thing once the reader has stopped typing. */
const tell = (text) => {
  clearTimeout(telling);
  telling = setTimeout(() => {
    status.textContent = text;
    if (toggle.checked) keepAddress(getText());
  }, QUIET);
};

const show = ({ list = [], label = strings.title, said = "", notice = [], isAll = false }) => {
  options.show(list, label);
  count.textContent = said;
  notices.replaceChildren(...notice);
  allResults.hidden = !isAll;
  forget.hidden = label !== strings.recent;
  foot.hidden = allResults.hidden && forget.hidden;
};

const retry = () => {
  field.focus();
  engine.retry();
};

const showRecent = () => {
  filter.hide();
  const recent = listRecent().map((text, number) =>
    make(
      "a",
      {
        class: "md-search-result__link hexapla-recent",
        id: `hexapla-option-${number}`,
        role: "option",
        tabindex: "-1",
        href: linkResults(text),
        dir: "auto",
      },
      text,
    ),
  );
  const notice = state === "failed" ? [sayFailed(state, retry)] : [];
  if (!recent.length) show({ notice });
  else show({ list: recent, label: strings.recent, said: strings.recent, notice });
  tell("");
};

/** Say that results are coming, or that none can come. */
const showWaiting = () => {
  filter.hide();
  if (state === "failed") {
    show({ notice: [sayFailed(state, retry)] });
    tell(strings.failed);
  } else {
    show({ said: strings.loading });
  }
};

const showAnswer = (answer, question) => {
  const notice = [];
  if (answer.corrected) notice.push(sayCorrected(question.text, answer.corrected));
  if (!answer.total) notice.push(sayNothing(question.text, answer.suggestions));
  if (state === "partial") notice.push(sayFailed(state, retry));
  filter.show(answer.products);
  allResults.href = linkResults(question.text, question.product);
  const said = answer.total ? writeCount(answer.total) : "";
  show({ list: answer.items.map(makeOption), said, notice, isAll: answer.total > 0 });
  tell(said || strings.none.replace("%s", () => question.text));
};

const ask = () => {
  const text = getText();
  engine.ask(text ? { text, product: filter.get(), limit: SHOWN, offset: 0 } : null);
  if (!text) showRecent();
  else if (state === "loading" || state === "failed") showWaiting();
};

const engine = makeEngine(showAnswer, (next) => {
  state = next;
  if (!toggle.checked) return;
  if (!getText()) showRecent();
  else if (state === "loading" || state === "failed") showWaiting();
});

const open = () => {
  if (!toggle.checked) toggle.click();
};

const openFrom = (element) => {
  opener = element;
  open();
  field.focus();
  field.select();
};

const close = () => {
  if (toggle.checked) toggle.click();
};

/** Close, and give the focus back to where it was; a field that stays in sight may keep it. */
const leave = () => {
  close();
  if (opener?.isConnected && opener !== document.body) opener.focus();
  else if (!wide.matches) opens.focus();
  else if (opener) field.blur();
  opener = null;
};

const goToResults = () => {
  const text = getText();
  if (!text) return;
  rememberSearch(text);
  location.assign(linkResults(text, filter.get()));
};

toggle.addEventListener("change", () => {
  if (toggle.checked) {
    engine.start();
    ask();
  } else if (isStarting && root.contains(document.activeElement)) {
    setTimeout(open); // not the reader has closed it: the theme has
  } else {
    options.show([], strings.title);
    clearTimeout(telling);
    status.textContent = "";
    keepAddress("");
  }
});

field.addEventListener("focus", open);
field.addEventListener("pointerdown", () => engine.start());
field.addEventListener("input", (event) => {
  if (event.isComposing) return;
  open();
  options.leave();
  ask();
});
field.addEventListener("compositionend", ask);

field.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  const active = options.getActive();
  if (!toggle.checked && event.key === "ArrowDown") {
    open();
  } else if (event.key === "Enter" && active) {
    active.dispatchEvent(
      new MouseEvent("click", { bubbles: true, cancelable: true, ...pickModifiers(event) }),
    );
  } else if (event.key === "Enter") {
    goToResults();
  } else if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  } else if (!options.press(event.key)) {
    return;
  }
  event.preventDefault();
});

const pickModifiers = ({ ctrlKey, metaKey, shiftKey }) => ({ ctrlKey, metaKey, shiftKey });

root.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey);
  if (link.classList.contains("hexapla-recent") && isPlain) {
    event.preventDefault();
    field.value = link.textContent;
    field.focus();
    ask();
  } else {
    rememberSearch(getText());
  }
});

root.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || !toggle.checked) return;
  event.preventDefault();
  event.stopPropagation();
  leave();
});

root.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && !root.contains(relatedTarget)) close();
});

root.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  goToResults();
});
root.querySelector("form").addEventListener("reset", () => {
  field.focus();
  setTimeout(ask); // the field is emptied after this event
});
root.querySelector(".md-search__overlay").addEventListener("click", leave);
find("back").addEventListener("click", leave);
forget.addEventListener("click", () => {
  forgetSearches();
  field.focus();
  ask();
});

opens.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openFrom(opens);
});

onSearchKey(() => openFrom(document.activeElement));

/** Begin with the search that the address has, once the theme has done its closing. */
setTimeout(() => {
  isStarting = false;
  const text = new URLSearchParams(location.search).get("q")?.trim();
  if (!text) return;
  field.value ||= text; // the reader may already have typed, or the browser filled in
  openFrom(document.body);
  field.setSelectionRange(field.value.length, field.value.length);
  ask();
}, THEMES_START);

const words = new URLSearchParams(location.search).getAll("h");
if (words.length) import("./highlight.js").then(({ highlight }) => highlight(words));
