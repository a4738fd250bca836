// What articles are made of, where it moves: tabs, larger images, videos, tables that scroll.
// Without this script everything can be read: tabs stand one after another, images and videos
// are links.
(() => {
  "use strict";

  const strings = document.currentScript.dataset;
  const REMEMBERED = "hexapla.tabs";
  const MOST = 20;

  /** The tabs that the reader chose, the last one first. */
  const recall = () => {
    try {
      const found = JSON.parse(localStorage.getItem(REMEMBERED));
      return Array.isArray(found) ? found.filter((name) => typeof name === "string") : [];
    } catch {
      return [];
    }
  };

  const remember = (name) => {
    try {
      const names = [name, ...recall().filter((other) => other !== name)].slice(0, MOST);
      localStorage.setItem(REMEMBERED, JSON.stringify(names));
    } catch {
      // Nothing can be remembered here.
    }
  };

  // Tabs

  const groups = [];

  const listPanels = (group) => [...group.element.children].filter((child) => child.matches(".hexapla-tab"));

  /** Show the panels of a group's chosen tab that depend on no tab, or on one that is chosen. */
  const show = (group) => {
    const chosen = new Set(groups.map((other) => other.chosen));
    const matching = group.panels.filter((panel) => panel.dataset.hexaplaTab === group.chosen);
    const suited = matching.find((panel) => chosen.has(panel.dataset.hexaplaWhen));
    const shown = suited ?? matching.find((panel) => !panel.dataset.hexaplaWhen) ?? matching[0];
    for (const panel of group.panels) panel.hidden = panel !== shown;
    for (const tab of group.tabs) {
      const isChosen = tab.dataset.name === group.chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      if (isChosen) {
        tab.setAttribute("aria-controls", shown.id);
        shown.setAttribute("aria-labelledby", tab.id);
      }
    }
  };

  /** Choose a tab in all groups that have it; what was clicked stays where it is. */
  const choose = (name, anchor) => {
    const before = anchor?.getBoundingClientRect().top;
    for (const group of groups) {
      if (group.tabs.some((tab) => tab.dataset.name === name)) group.chosen = name;
    }
    groups.forEach(show);
    if (anchor) scrollBy(0, anchor.getBoundingClientRect().top - before);
  };

  const moveFocus = (event, group) => {
    const isRight = getComputedStyle(group.element).direction === "rtl" ? -1 : 1;
    const steps = { ArrowRight: isRight, ArrowLeft: -isRight };
    const last = group.tabs.length - 1;
    const index = group.tabs.indexOf(event.target);
    let next = { Home: 0, End: last }[event.key];
    if (event.key in steps) next = (index + steps[event.key] + last + 1) % (last + 1);
    if (next === undefined) return;
    event.preventDefault();
    group.tabs[next].focus();
    remember(group.tabs[next].dataset.name);
    choose(group.tabs[next].dataset.name, group.tabs[next]);
  };

  const makeTab = (group, panel, number) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `hexapla-tab-${groups.length}-${number}`;
    tab.dataset.name = panel.dataset.hexaplaTab;
    tab.setAttribute("role", "tab");
    const title = panel.querySelector(":scope > .hexapla-tab-title");
    for (const node of title?.childNodes ?? []) {
      if (!node.matches?.(".hexapla-tab-when")) tab.append(node.textContent);
    }
    tab.textContent ||= tab.dataset.name;
    tab.addEventListener("click", () => {
      remember(tab.dataset.name);
      choose(tab.dataset.name, tab);
    });
    tab.addEventListener("keydown", (event) => moveFocus(event, group));
    return tab;
  };

  const setUpTabs = (element) => {
    const group = { element, tabs: [], panels: [], chosen: "" };
    group.panels = listPanels(group);
    if (!group.panels.length) return;
    const list = document.createElement("div");
    list.className = "hexapla-tablist";
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", strings.tabs);
    group.panels.forEach((panel, number) => {
      panel.id ||= `hexapla-panel-${groups.length}-${number}`;
      panel.setAttribute("role", "tabpanel");
      panel.tabIndex = 0;
      if (group.tabs.some((tab) => tab.dataset.name === panel.dataset.hexaplaTab)) return;
      group.tabs.push(makeTab(group, panel, number));
    });
    list.append(...group.tabs);
    element.prepend(list);
    element.classList.add("hexapla-tabs--chosen");
    const names = group.tabs.map((tab) => tab.dataset.name);
    group.chosen = recall().find((name) => names.includes(name)) ?? names[0];
    groups.push(group);
  };

  /** Show the tabs that hold the target of the address. */
  const followAddress = () => {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return;
    }
    if (target?.name?.startsWith("__tabbed_")) target.checked = true; // the theme's own tabs
    const panel = target?.closest(".hexapla-tab");
    if (!panel) return;
    for (let at = panel; at; at = at.parentElement?.closest(".hexapla-tab")) {
      choose(at.dataset.hexaplaTab);
    }
    target.scrollIntoView();
  };

  document.querySelectorAll(".hexapla-tabs").forEach(setUpTabs);
  groups.forEach(show);
  addEventListener("hashchange", followAddress);
  if (location.hash) followAddress();

  // Larger images

  const openImage = (link) => {
    const dialog = document.createElement("dialog");
    const form = document.createElement("form");
    const button = document.createElement("button");
    const image = document.createElement("img");
    dialog.className = "hexapla-dialog";
    dialog.setAttribute("aria-label", link.getAttribute("aria-label") ?? "");
    form.method = "dialog";
    button.textContent = strings.close;
    image.alt = link.querySelector("img")?.alt ?? "";
    image.src = link.href;
    form.append(button);
    dialog.append(form, image);
    document.body.append(dialog);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      link.focus();
    });
    dialog.showModal();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.hexapla-lightbox");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !link.querySelector("img")) return;
    event.preventDefault();
    openImage(link);
  });

  // Videos: nothing is asked of their host before the click

  const play = (video, title) => {
    const frame = document.createElement("iframe");
    frame.src = video.dataset.hexaplaVideo;
    frame.title = title;
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
    video.replaceChildren(frame);
    video.classList.replace("hexapla-video--waiting", "hexapla-video--playing");
    frame.focus();
  };

  for (const video of document.querySelectorAll(".hexapla-video[data-hexapla-video]")) {
    const link = video.querySelector("a");
    const address = new URL(video.dataset.hexaplaVideo, location);
    if (address.protocol !== "https:" || address.origin === location.origin || !link) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = link.textContent;
    button.addEventListener("click", () => play(video, `${strings.video}: ${address.host}`));
    video.classList.add("hexapla-video--waiting");
    link.replaceWith(button);
  }

  // Tables: one that is wider than its place can be scrolled with the keyboard, too

  const labelTable = (wrap, number) => {
    const isWider = wrap.scrollWidth > wrap.clientWidth + 1;
    if (isWider === wrap.hasAttribute("tabindex")) return;
    if (!isWider) {
      for (const name of ["tabindex", "role", "aria-label"]) wrap.removeAttribute(name);
      return;
    }
    wrap.tabIndex = 0;
    wrap.setAttribute("role", "region");
    wrap.setAttribute("aria-label", `${strings.table} ${number + 1}`);
  };

  const setUpTables = () => {
    const wraps = [...document.querySelectorAll(".md-typeset__scrollwrap")];
    const numbers = new Map(wraps.map((wrap, number) => [wrap, number]));
    const observer = new ResizeObserver((entries) => {
      for (const { target } of entries) labelTable(target, numbers.get(target));
    });
    wraps.forEach((wrap) => observer.observe(wrap));
  };

  // The theme wraps tables when its script has run, which is after this one.
  addEventListener("load", setUpTables);
})();
