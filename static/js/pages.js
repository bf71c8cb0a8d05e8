// A list that is longer than a wide screen is turned over in pages: each holds what fits, and Next turns the page first.

import { onStep } from "./step.js";

const wide = matchMedia("(min-width: 62.5rem)");
// For what stands under the last page.
const FOOT = 56;
let book = null;

// As many blocks to a page as there is room for.
function cut(blocks, room) {
  const pages = [[]];
  let used = 0;
  for (const block of blocks) {
    const { height } = block.getBoundingClientRect();
    if (used && used + height > room) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1).push(block);
    used += height;
  }
  return pages;
}

function show(at) {
  book.at = at;
  for (const [place, page] of book.pages.entries()) {
    for (const block of page) block.classList.toggle("turned", place !== at);
  }
  const { pager, pages } = book;
  pager.hidden = pages.length < 2;
  pager.querySelector("[data-page]").textContent = pager.dataset.words.replace("{page}", at + 1).replace("{pages}", pages.length);
  pager.querySelector("[data-earlier]").disabled = at === 0;
  pager.querySelector("[data-later]").disabled = at === pages.length - 1;
  book.last.classList.toggle("turned", at < pages.length - 1);
}

function turn(by) {
  show(book.at + by);
  scrollTo(0, 0);
  book.pages[book.at][0].querySelector("input")?.focus({ preventScroll: true });
}

const pageOf = (element) => book.pages.findIndex((page) => page.some((block) => block.contains(element)));

// A row to be answered is shown first; a list that is cut anew, on a turned tablet, stays at the row that was on top.
function open(list) {
  const here = book.pages[book.at]?.[0];
  const blocks = [...list.querySelectorAll("[data-block]")];
  for (const block of blocks) block.classList.remove("turned");
  const bottom = document.querySelector(".actions").getBoundingClientRect().height;
  const top = list.getBoundingClientRect().top + scrollY;
  const room = innerHeight - bottom - top - book.pager.offsetHeight - FOOT;
  book.pages = wide.matches ? cut(blocks, room) : [blocks];
  show(Math.max(0, pageOf(list.querySelector(".is-error, [aria-invalid=true]") ?? here)));
}

// A link to a row of another page turns to it.
function follow(link) {
  const at = link ? pageOf(document.getElementById(link.hash.slice(1))) : -1;
  if (at >= 0) show(at);
}

// Back and Next go through the pages before they leave the step.
document.addEventListener("click", (event) => {
  if (!book) return;
  follow(event.target.closest("a[href^='#']"));
  const way = event.target.closest("[data-forward]") ? 1 : event.target.closest("[data-back]") ? -1 : 0;
  if (way && book.pages[book.at + way]) {
    event.preventDefault();
    event.stopPropagation();
    turn(way);
  }
}, { capture: true });

onStep((main) => {
  const list = main.querySelector("[data-pages]");
  if (!list) return null;
  book = { at: 0, pages: [], pager: main.querySelector("[data-pager]"), last: main.querySelector("[data-last-page]") };
  book.pager.hidden = false;
  const again = () => open(list);
  open(list);
  book.pager.querySelector("[data-earlier]").addEventListener("click", () => turn(-1));
  book.pager.querySelector("[data-later]").addEventListener("click", () => turn(1));
  // A row that is still to be answered is shown wherever it stands.
  const watch = new MutationObserver(() => {
    const wrong = list.querySelector("[aria-invalid=true]");
    if (!wrong || pageOf(wrong) === book.at || list.querySelector("[data-block]:not(.turned) [aria-invalid=true]")) return;
    show(pageOf(wrong));
    wrong.focus();
  });
  watch.observe(list, { subtree: true, attributeFilter: ["aria-invalid"] });
  wide.addEventListener("change", again);
  addEventListener("resize", again);
  return () => {
    watch.disconnect();
    wide.removeEventListener("change", again);
    removeEventListener("resize", again);
    book = null;
  };
});
