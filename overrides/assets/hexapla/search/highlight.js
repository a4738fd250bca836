// The words that led here are highlighted, where the browser can do it without changing the page.

const MOST_RANGES = 500;
const WRITTEN_TOGETHER = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u;

/** Make the pattern of words: whole ones, in scripts that have spaces between them. */
const makePattern = (words) => {
  const forms = words
    .map((word) => word.trim().slice(0, 60))
    .filter(Boolean)
    .sort((one, other) => other.length - one.length)
    .map((word) => {
      const exact = word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
      return WRITTEN_TOGETHER.test(word) ? exact : `(?<![\\p{L}\\p{N}])${exact}(?![\\p{L}\\p{N}])`;
    });
  return forms.length ? new RegExp(forms.join("|"), "giu") : null;
};

const findRanges = (content, pattern) => {
  const ranges = [];
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && ranges.length < MOST_RANGES) {
    for (const match of walker.currentNode.data.matchAll(pattern)) {
      const range = new Range();
      range.setStart(walker.currentNode, match.index);
      range.setEnd(walker.currentNode, match.index + match[0].length);
      ranges.push(range);
    }
  }
  return ranges;
};

/** Highlight words in the article; Escape takes the highlights away. */
export const highlight = (words) => {
  const content = document.querySelector(".md-content__inner");
  if (!content || !("highlights" in CSS)) return;
  const pattern = makePattern(words.slice(0, 12));
  if (!pattern) return;
  const show = () => CSS.highlights.set("hexapla-found", new Highlight(...findRanges(content, pattern)));
  // The original may be shown beside the text, or taken away again.
  const observer = new MutationObserver(show);
  observer.observe(content, { childList: true, subtree: true });
  show();
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    observer.disconnect();
    CSS.highlights.delete("hexapla-found");
  });
};
