// What the theme's script adds is put right: the tools of a block of code are no landmark of the
// page, and many landmarks of one name are of no help to those who go by them. The header's label
// that opens the drawer on narrow screens becomes a button, which keys reach.
(() => {
  "use strict";

  const mend = () => {
    for (const tools of document.querySelectorAll("nav.md-code__nav:not([role])")) {
      tools.setAttribute("role", "none");
    }
  };

  const makeButton = (target, named) => {
    const label = document.querySelector(`header .md-header__button[for=${target}]`);
    if (!label || !document.querySelector(named)) {
      return;
    }
    const toggle = document.getElementById(target);
    label.tabIndex = 0;
    label.setAttribute("role", "button");
    label.setAttribute("aria-label", document.querySelector(named).getAttribute("aria-label"));
    const tell = () => label.setAttribute("aria-expanded", String(toggle.checked));
    tell();
    toggle.addEventListener("change", tell);
    label.addEventListener("keydown", (event) => {
      if (event.key === " ") {  // the theme itself hears Enter on a label
        event.preventDefault();
        label.click();
      }
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    makeButton("__drawer", ".md-nav--primary");
  });

  new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
})();
