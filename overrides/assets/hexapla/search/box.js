// The search box in the header: results while typing, by mouse, keys, touch and screen reader.
// The field is a combobox (ARIA 1.2); the theme's toggle says whether the box is open. Without this
// script the field's form leads to the results page.

import { makeEngine } from "./asking.js";
import { onSearchKey } from "./keys.js";
import { makePanel } from "./panel.js";
import { forgetSearches, rememberSearch } from "./recent.js";
import { linkResults } from "./settings.js";

const SHOWN = 10;
const THEMES_START = 150; // ms: the theme closes the search once, 125 ms after it starts

const wide = matchMedia("(min-width: 60em)"); // the theme shows the field in the header
const root = document.querySelector(".hexapla-search");
const opens = document.querySelector(".hexapla-search-link");
const toggle = document.getElementById("__search");
const field = root.querySelector("[role=combobox]");

let state = "";
let opener = null; // what had the focus before, and gets it back
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

const panel = makePanel(root, field, {
  onProduct: () => ask(),
  onRetry: () => {
    field.focus();
    engine.retry();
  },
  onQuiet: () => {
    if (toggle.checked) keepAddress(getText());
  },
});

/** Show what there is before an answer. */
const showBefore = () => {
  if (!getText()) panel.showRecent(state);
  else if (state === "loading" || state === "failed") panel.showWaiting(state);
};

const ask = () => {
  const text = getText();
  engine.ask(text ? { text, product: panel.filter.get(), limit: SHOWN, offset: 0 } : null);
  showBefore();
};

const engine = makeEngine(
  (answer, question) => {
    if (toggle.checked) panel.showAnswer(answer, question, state);
  },
  (next) => {
    state = next;
    if (toggle.checked) showBefore();
  },
);

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
  location.assign(linkResults(text, panel.filter.get()));
};

toggle.addEventListener("change", () => {
  if (toggle.checked) {
    engine.start();
    ask();
  } else if (isStarting && root.contains(document.activeElement)) {
    setTimeout(open); // not the reader has closed it: the theme has
  } else {
    panel.close();
    keepAddress("");
  }
});

field.addEventListener("focus", open);
field.addEventListener("pointerdown", () => engine.start());
field.addEventListener("input", (event) => {
  if (event.isComposing) return;
  open();
  panel.options.leave();
  ask();
});
field.addEventListener("compositionend", ask);

field.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  const active = panel.options.getActive();
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
  } else if (!panel.options.press(event.key)) {
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
root.querySelector(".hexapla-search__back").addEventListener("click", leave);
root.querySelector(".hexapla-search__forget").addEventListener("click", () => {
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
