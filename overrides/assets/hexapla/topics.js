// The home page's search field opens the theme's search with what is typed, without a new page.
// Without this script the form asks for the page with ?q=…, which the theme's search understands.
(() => {
  const form = document.querySelector("[data-hexapla-ask]");
  const toggle = document.getElementById("__search");
  const field = document.querySelector("[data-md-component=search-query]");
  if (!form || !toggle || !field) return;
  const open = () => {
    const typed = form.elements.q.value;
    if (!toggle.checked) toggle.click();
    field.value = typed;
    field.focus();
    field.dispatchEvent(new Event("keyup"));
    form.elements.q.value = "";
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    open();
  });
})();
