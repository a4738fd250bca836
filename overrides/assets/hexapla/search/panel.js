// What the box shows below its field: results, recent searches, and what is said beside them.

import { makeFilter } from "./filter.js";
import { makeOption } from "./hits.js";
import { sayCorrected, sayFailed, sayNothing } from "./notices.js";
import { makeOptions } from "./options.js";
import { listRecent } from "./recent.js";
import { linkResults, settings } from "./settings.js";
import { make, writeCount } from "./wording.js";

const QUIET = 700; // ms without a key before a screen reader is told the number of results

const { strings } = settings;

const makeRecent = (text, number) => {
  const option = {
    class: "md-search-result__link hexapla-recent",
    id: `hexapla-option-${number}`,
    role: "option",
    tabindex: "-1",
    "aria-selected": "false",
    href: linkResults(text),
    dir: "auto",
  };
  return make("a", option, text);
};

/**
 * Make the panel of a box.
 *
 * `onProduct()` is called when another product is chosen, `onRetry()` when loading is to be tried
 * again, `onQuiet()` when the reader has seen what is shown for a while.
 */
export const makePanel = (root, field, { onProduct, onRetry, onQuiet }) => {
  const find = (name) => root.querySelector(`.hexapla-search__${name}`);
  const [count, status, notices, foot] = ["count", "status", "notices", "foot"].map(find);
  const [allResults, forget] = ["all", "forget"].map(find);
  const options = makeOptions(field, root.querySelector("[role=listbox]"));
  const filter = makeFilter(root.querySelector("fieldset"), onProduct);
  let telling = 0;

  /** Say a thing once the reader has stopped typing. */
  const tell = (text) => {
    clearTimeout(telling);
    telling = setTimeout(() => {
      status.textContent = text;
      onQuiet();
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

  const showRecent = (state) => {
    filter.hide();
    const list = listRecent().map(makeRecent);
    const notice = state === "failed" ? [sayFailed(state, onRetry)] : [];
    if (!list.length) show({ notice });
    else show({ list, label: strings.recent, said: strings.recent, notice });
    tell("");
  };

  /** Say that results are coming, or that none can come. */
  const showWaiting = (state) => {
    filter.hide();
    if (state === "failed") {
      show({ notice: [sayFailed(state, onRetry)] });
      tell(strings.failed);
    } else {
      show({ said: strings.loading });
    }
  };

  const showAnswer = (answer, question, state) => {
    const notice = [];
    if (answer.corrected) notice.push(sayCorrected(question.text, answer.corrected));
    if (!answer.total) notice.push(sayNothing(question.text, answer.suggestions));
    if (state === "partial") notice.push(sayFailed(state, onRetry));
    filter.show(answer.products);
    allResults.href = linkResults(question.text, question.product);
    const said = answer.total ? writeCount(answer.total) : "";
    show({ list: answer.items.map(makeOption), said, notice, isAll: answer.total > 0 });
    tell(said || strings.none.replace("%s", () => question.text));
  };

  const close = () => {
    options.show([], strings.title);
    clearTimeout(telling);
    status.textContent = "";
  };

  return { options, filter, showRecent, showWaiting, showAnswer, close };
};
