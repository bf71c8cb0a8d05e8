// Says who else has this screening open, on another device or in another tab, and tells them that it is open here.

import { ask } from "./asking.js";
import { newKey } from "./outbox.js";
import { onStep } from "./step.js";

const EVERY_MS = 15_000;
const TAB = "presence-tab";
const { presence } = document.body.dataset;
// Handed on to the next page of this tab, and only then: a copy of the tab gets a name of its own.
const tab = sessionStorage.getItem(TAB) ?? newKey();
sessionStorage.removeItem(TAB);
let words = "";
let saves;

const step = () => location.pathname.split("/").at(-1);

function show() {
  const place = document.querySelector("[data-others]");
  if (place && place.textContent !== words) place.textContent = words;
}

async function say() {
  if (document.hidden) return;
  const { status, answer } = await ask(presence, { tab, step: step() });
  const { others = [], changed = saves } = status === 200 ? answer : {};
  words = [...new Set(others.map((other) => other.words))].join(". ");
  if (words && saves !== undefined && saves !== changed) document.dispatchEvent(new CustomEvent("findings-changed"));
  saves = changed;
  show();
}

onStep(() => {
  show();
  say();
});
setInterval(say, EVERY_MS);
document.addEventListener("visibilitychange", say);
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  sessionStorage.removeItem(TAB);
  say();
});
addEventListener("pagehide", () => {
  sessionStorage.setItem(TAB, tab);
  ask(presence, { tab, step: step(), leaving: true });
});
