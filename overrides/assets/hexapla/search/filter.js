// The product filter: of the page's products, those that have results, with their numbers.

import { settings } from "./settings.js";
import { writeNumber } from "./wording.js";

export const makeFilter = (fieldset, onChoice) => {
  const inputs = [...fieldset.querySelectorAll("input")];

  const get = () => inputs.find((input) => input.checked)?.value ?? "";

  const set = (product) => {
    const chosen = inputs.find((input) => input.value === product) ?? inputs[0];
    chosen.checked = true;
  };

  /** Show the products that have results; nothing is to choose where there is one. */
  const show = (products) => {
    const counts = new Map(products.map(({ id, count }) => [id, count]));
    for (const input of inputs.filter(({ value }) => value)) {
      const count = counts.get(input.value) ?? 0;
      const label = input.closest("label");
      label.hidden = !count && !input.checked;
      label.querySelector("small").textContent = writeNumber(count);
    }
    fieldset.hidden = settings.products.length < 2 || (products.length < 2 && !get());
  };

  const hide = () => {
    fieldset.hidden = true;
  };

  fieldset.addEventListener("change", onChoice);
  return { get, set, show, hide };
};
