// The box's list of options: the field keeps the focus, and says which option its arrows lead to.

/** Make the list's handler, for a field with role combobox. */
export const makeOptions = (field, list) => {
  let active = -1;

  const all = () => [...list.children];

  const choose = (number) => {
    active = number;
    all().forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
    const option = all()[active];
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  };

  /** Show options; the one that was active stays so, if it is still there. */
  const show = (options, label) => {
    const before = all()[active]?.href;
    list.replaceChildren(...options);
    list.setAttribute("aria-label", label);
    list.hidden = !options.length;
    field.setAttribute("aria-expanded", String(options.length > 0));
    choose(before ? options.findIndex((option) => option.href === before) : -1);
  };

  /** Go on by a step, round through the field itself. */
  const move = (step) => {
    const places = all().length + 1;
    choose(((active + 1 + step + places) % places) - 1);
  };

  /** Move as a key says; tell whether it was one of the list's. */
  const press = (key) => {
    const count = all().length;
    if (!count) return false;
    if (key === "ArrowDown") move(1);
    else if (key === "ArrowUp") move(-1);
    else if (key === "Home" && active >= 0) choose(0);
    else if (key === "End" && active >= 0) choose(count - 1);
    else return false;
    return true;
  };

  return { show, press, leave: () => choose(-1), getActive: () => all()[active] ?? null };
};
