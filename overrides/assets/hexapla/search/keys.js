// Keys that lead to the search from anywhere on a page, as the theme has them.

const KEYS = ["/", "s", "f"];
const TYPED_INTO = "input, textarea, select, [contenteditable], dialog";

export const onSearchKey = (begin) => {
  document.addEventListener("keydown", (event) => {
    if (!KEYS.includes(event.key) || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(TYPED_INTO)) return;
    event.preventDefault();
    begin();
  });
};
