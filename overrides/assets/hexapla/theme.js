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

  const makeButton = () => {
    const label = document.querySelector("header .md-header__button[for=__drawer]");
    const drawer = document.querySelector(".md-nav--primary");
    if (!label || !drawer) {
      return;
    }
    const toggle = document.getElementById("__drawer");
    label.tabIndex = 0;
    label.setAttribute("role", "button");
    label.setAttribute("aria-label", drawer.getAttribute("aria-label"));
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

  document.addEventListener("DOMContentLoaded", makeButton);

  new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
})();
