// What the theme's script adds is put right: the tools of a block of code are no landmark of the
// page, and many landmarks of one name are of no help to those who go by them.
(() => {
  "use strict";

  const mend = () => {
    for (const tools of document.querySelectorAll("nav.md-code__nav:not([role])")) {
      tools.setAttribute("role", "none");
    }
  };

  new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
})();
