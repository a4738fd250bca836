// The language switcher: stays at the same section, remembers the choice, and tells a reader whose
// browser prefers another language that the article exists in it. It never leads anywhere by itself.
(() => {
  "use strict";

  const switcher = document.querySelector(".hexapla-switcher");
  if (!switcher) return;

  const summary = switcher.querySelector("summary");
  const links = [...switcher.querySelectorAll("a[hreflang]")];
  const CHOSEN = "hexapla.locale";
  const DISMISSED = "hexapla.hint";

  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  const remember = (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Storage may be forbidden: then nothing is remembered.
    }
  };

  const close = () => {
    switcher.open = false;
  };

  /** Let links lead to the section that is read: its anchor is the same in every language. */
  const keepSection = () => {
    for (const link of links) {
      if (link.dataset.shows !== "home") link.hash = location.hash;
    }
  };

  /** Give a tag's language and script, for comparison. */
  const identify = (tag) => {
    try {
      const { language, script } = new Intl.Locale(tag).maximize();
      return `${language === "no" ? "nb" : language}-${script}`;
    } catch {
      return "";
    }
  };

  /** Choose the first language a reader prefers that the article exists in; null if it is read. */
  const choose = () => {
    const chosen = read(CHOSEN);
    const there = links.filter((link) => link.dataset.shows === "article");
    for (const tag of chosen ? [chosen] : navigator.languages) {
      const alike = there.filter((link) => identify(link.hreflang) === identify(tag));
      const exact = alike.find((link) => link.hreflang.toLowerCase() === tag.toLowerCase());
      if (identify(switcher.dataset.reading) === identify(tag)) return null;
      if (alike.length) return exact ?? alike[0];
    }
    return null;
  };

  /** Show the hint, in the language it is about. */
  const hint = async () => {
    const link = choose();
    if (!link || read(DISMISSED) === link.hreflang) return;
    const answer = await fetch(switcher.dataset.hints);
    if (!answer.ok) return;
    const [text, dismiss] = (await answer.json())[link.hreflang] ?? [];
    if (!text) return;
    const name = link.querySelector("span");
    const box = document.createElement("aside");
    const anchor = document.createElement("a");
    const button = document.createElement("button");
    box.className = "hexapla-hint";
    box.lang = link.hreflang;
    box.dir = name.dir;
    box.setAttribute("aria-label", name.textContent);
    anchor.href = link.href;
    anchor.hreflang = link.hreflang;
    anchor.textContent = text;
    anchor.addEventListener("click", () => {
      anchor.href = link.href;
      remember(CHOSEN, link.hreflang);
    });
    button.type = "button";
    button.className = "hexapla-button";
    button.textContent = dismiss;
    button.addEventListener("click", () => {
      remember(DISMISSED, link.hreflang);
      box.remove();
    });
    box.append(anchor, button);
    document.body.append(box);
  };

  links.forEach((link) => link.addEventListener("click", () => remember(CHOSEN, link.hreflang)));
  switcher.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !switcher.open) return;
    close();
    summary.focus();
  });
  document.addEventListener("click", (event) => {
    if (!switcher.contains(event.target)) close();
  });
  switcher.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !switcher.contains(event.relatedTarget)) close();
  });
  window.addEventListener("hashchange", keepSection);
  // The theme may change the address without an event, as its table of contents does.
  switcher.addEventListener("toggle", keepSection);
  keepSection();
  hint();
})();
