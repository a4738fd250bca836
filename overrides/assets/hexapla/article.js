// The original beside the text: loaded when a reader asks for it, and taken away again.
(() => {
  "use strict";

  const tools = document.querySelector(".hexapla-original-tools");
  const content = document.querySelector(".md-content__inner");
  if (!tools || !content) return;

  const button = tools.querySelector("button");
  const version = tools.querySelector(".hexapla-version");
  const message = tools.querySelector(".hexapla-message");
  const REMEMBERED = "hexapla.original";
  const BLOCKS = "p,li,td,th,dt,dd,h1,h2,h3,h4,h5,h6,figcaption,summary,blockquote,div";
  const OUTSIDE = ".tabbed-labels, .hexapla-original";
  // What may stand within a line; anything else ends it.
  const INLINE = new Set(
    ("A ABBR B BDI BDO BR BUTTON CITE CODE DEL DFN EM I IMG INPUT INS KBD LABEL MARK Q S SAMP " +
      "SMALL SPAN STRONG SUB SUP SVG TIME U VAR WBR").split(" "),
  );

  let original = null;

  /** Load the file with the original, once. */
  const load = () => {
    original ??= fetch(tools.dataset.original).then((answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.json();
    });
    original.catch(() => {
      original = null;
      message.textContent = tools.dataset.failed;
    });
    return original;
  };

  /** Write runs of text into an element: strings, or lists with an element's name first. */
  const write = (element, run) => {
    if (typeof run === "string") return element.append(run);
    const [name, ...inner] = run;
    const target = ["strong", "em", "code"].includes(name) ? document.createElement(name) : element;
    if (target !== element) element.append(target);
    inner.forEach((part) => write(target, part));
  };

  /** Make an element in the original's language and direction. */
  const make = (kind, source) => {
    const element = document.createElement("span");
    element.className = kind;
    element.lang = source.lang;
    element.dir = source.dir;
    return element;
  };

  /** Make what stands beside a passage whose original is not known. */
  const makeUnknown = () => {
    const note = document.createElement("span");
    note.className = "hexapla-unknown";
    note.lang = document.documentElement.lang;
    note.dir = document.documentElement.dir || "auto";
    note.textContent = tools.dataset.unknown;
    return note;
  };

  /** Put the marks within a node in order: itself, or what it holds. */
  const findMarks = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return [];
    return node.matches("[data-unit]") ? [node] : [...node.querySelectorAll("[data-unit]")];
  };

  /** Divide a block's text into rows, each with the marks of one passage as a rule. */
  const divide = (block) => {
    const rows = [];
    let row = null;
    for (const node of [...block.childNodes]) {
      const isText = node.nodeType === Node.TEXT_NODE;
      const isInline = node.nodeType === Node.ELEMENT_NODE && INLINE.has(node.nodeName.toUpperCase());
      if (!isText && (!isInline || node.classList.contains("hexapla-now"))) {
        if (!isInline) row = null;
        else row?.nodes.push(node);
        continue;
      }
      const units = findMarks(node).map((mark) => mark.dataset.unit);
      if (!row && isText && !node.data.trim()) continue;
      if (!row || (units.length && row.units.length && !row.units.includes(units[0]))) {
        row = { nodes: [], units: [] };
        rows.push(row);
      }
      row.nodes.push(node);
      row.units.push(...units);
    }
    return rows.filter((found) => found.units.length);
  };

  /** Put the original beside every marked passage. */
  const show = (source) => {
    const shown = new Set();
    const blocks = new Set();
    for (const mark of content.querySelectorAll("[data-unit]")) {
      if (!mark.closest(OUTSIDE)) blocks.add(mark.closest(BLOCKS));
    }
    blocks.delete(null);
    for (const block of blocks) {
      for (const { nodes, units } of divide(block)) {
        const fresh = [...new Set(units)].filter((key) => !shown.has(key));
        if (!fresh.length) continue;
        const row = document.createElement("span");
        const target = document.createElement("span");
        const isCell = block.closest("table, summary") !== null;
        row.className = isCell ? "hexapla-row" : "hexapla-row hexapla-row--wide";
        target.className = "hexapla-target";
        nodes[0].before(row);
        target.append(...nodes);
        row.append(target);
        const beside = make("hexapla-original", source);
        fresh.forEach((key, index) => {
          const passage = key ? document.createElement("span") : makeUnknown();
          passage.dataset.twin = key;
          if (key) {
            shown.add(key);
            key.split(" ").forEach((number, place) => {
              if (place) passage.append(" ");
              write(passage, source.units[number] ?? "");
            });
          }
          if (index) beside.append(" ");
          beside.append(passage);
        });
        row.append(beside);
      }
    }
    const first = content.querySelector(".hexapla-target [data-unit]");
    content.querySelectorAll(".hexapla-target [data-unit]").forEach((mark) => {
      mark.tabIndex = mark === first ? 0 : -1;
    });
  };

  /** Take the original away: the text is as it was. */
  const hide = () => {
    content.querySelectorAll(".hexapla-row").forEach((row) => {
      row.replaceWith(...row.querySelector(".hexapla-target").childNodes);
    });
    content.querySelectorAll("[data-unit]").forEach((mark) => mark.removeAttribute("tabindex"));
    highlight(null);
  };

  const remember = (isShown) => {
    try {
      if (isShown) localStorage.setItem(REMEMBERED, "beside");
      else localStorage.removeItem(REMEMBERED);
    } catch {
      // Storage may be forbidden: then the choice counts for this page.
    }
  };

  const isRemembered = () => {
    try {
      return localStorage.getItem(REMEMBERED) === "beside";
    } catch {
      return false;
    }
  };

  const isShown = () => button.getAttribute("aria-pressed") === "true";

  /** Show or hide the original; keep the passage that is read at its place on the screen. */
  const toggle = async (wanted) => {
    if (wanted === isShown()) return;
    button.setAttribute("aria-pressed", String(wanted));
    message.textContent = "";
    let source = null;
    try {
      source = wanted ? await load() : null;
    } catch {
      button.setAttribute("aria-pressed", "false");
      return;
    }
    if (wanted !== isShown()) return;
    const marks = [...content.querySelectorAll("[data-unit]")];
    const read = window.scrollY ? marks.find((mark) => mark.getBoundingClientRect().top > 60) : null;
    const before = read?.getBoundingClientRect().top;
    if (wanted) show(source);
    else hide();
    if (version) version.hidden = !wanted;
    if (read) window.scrollBy({ top: read.getBoundingClientRect().top - before, behavior: "instant" });
  };

  /** Highlight a passage and its twin. */
  const highlight = (key) => {
    content.querySelectorAll(".hexapla-twin").forEach((one) => one.classList.remove("hexapla-twin"));
    if (!key) return;
    const value = CSS.escape(key);
    content
      .querySelectorAll(`[data-unit="${value}"], [data-twin="${value}"]`)
      .forEach((one) => one.classList.add("hexapla-twin"));
  };

  const follow = (event) => {
    if (!isShown()) return;
    const passage = event.target.closest?.("[data-unit], [data-twin]");
    highlight(passage ? (passage.dataset.unit ?? passage.dataset.twin) : null);
  };

  /** Go from passage to passage by the arrow keys, once one has the focus. */
  const walk = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const here = document.activeElement;
    if (!step || !here?.matches(".hexapla-target [data-unit]")) return;
    const marks = [...content.querySelectorAll(".hexapla-target [data-unit]")];
    let next = marks.indexOf(here) + step;
    while (marks[next]?.dataset.unit === here.dataset.unit) next += step;
    if (!marks[next]) return;
    event.preventDefault();
    here.tabIndex = -1;
    marks[next].tabIndex = 0;
    marks[next].focus();
  };

  /** Give every passage whose source has changed a control that shows what it is now. */
  const offerChanges = () => {
    const last = new Map();
    for (const mark of content.querySelectorAll("mark.hexapla-outdated")) {
      if (!mark.closest(OUTSIDE)) last.set(mark.dataset.unit, mark);
    }
    for (const [key, mark] of last) {
      const control = document.createElement("button");
      control.type = "button";
      control.className = "hexapla-change";
      control.setAttribute("aria-expanded", "false");
      control.setAttribute("aria-label", tools.dataset.current);
      control.title = tools.dataset.current;
      control.textContent = "≠";
      control.addEventListener("click", () => showChange(control, key));
      // Within a link a control could not be reached.
      (mark.closest("a") ?? mark).after(control);
    }
  };

  const showChange = async (control, key) => {
    const isOpen = control.getAttribute("aria-expanded") === "true";
    const there = control.nextElementSibling;
    if (isOpen) {
      if (there?.matches(".hexapla-now")) there.remove();
      control.setAttribute("aria-expanded", "false");
      return;
    }
    let source;
    try {
      source = await load();
    } catch {
      return;
    }
    const now = make("hexapla-now", source);
    const run = source.now[key];
    if (run) {
      write(now, run);
    } else {
      now.lang = document.documentElement.lang;
      now.dir = document.documentElement.dir;
      now.textContent = tools.dataset.removed;
    }
    control.after(now);
    control.setAttribute("aria-expanded", "true");
  };

  const isTyping = (target) =>
    target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.nodeName);

  button.hidden = false;
  button.addEventListener("click", () => {
    remember(!isShown());
    toggle(!isShown());
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    // On keyboards of other scripts the key is known by its place.
    const isKey = event.key === "o" || (event.code === "KeyO" && !/^[a-z]$/i.test(event.key));
    if (isKey && !event.repeat) button.click();
    else walk(event);
  });
  content.addEventListener("pointerover", follow);
  content.addEventListener("pointerleave", () => highlight(null));
  content.addEventListener("focusin", follow);
  content.addEventListener("focusout", () => highlight(null));
  offerChanges();
  if (isRemembered()) toggle(true);
})();
