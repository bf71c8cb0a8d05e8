// Under a finger, a field for a number opens our own digits; the focus stays in the field and a real keyboard works on.

import { onStep } from "./step.js";

const NUMERIC = "input[inputmode=decimal], input[inputmode=numeric]";
const PLACES = [[], ["keys-start"], ["keys-high"], ["keys-high", "keys-start"]];
const coarse = matchMedia("(pointer: coarse)");
const pad = document.querySelector("[data-number-pad]");
const language = document.documentElement.lang;
const point = new Intl.NumberFormat(language).formatToParts(1.5).find(({ type }) => type === "decimal").value;

let field = null;
let changed = false;

const fields = () => [...document.querySelectorAll("main [data-own-pad]")].filter((input) => input.checkVisibility());
const key = (does) => pad.querySelector(`[data-key-does=${does}]`);

// The pad lies where the field is not.
function place() {
  const own = field.getBoundingClientRect();
  for (const classes of PLACES) {
    pad.classList.remove("keys-start", "keys-high");
    pad.classList.add(...classes);
    const { left, right, top, bottom } = pad.getBoundingClientRect();
    if (own.right < left || own.left > right || own.bottom < top || own.top > bottom) return;
  }
}

function open(input) {
  field = input;
  changed = false;
  pad.querySelector("[data-pad-for]").textContent = input.getAttribute("aria-label") ?? input.labels[0]?.textContent.trim() ?? "";
  key("minus").disabled = !("signed" in input.dataset);
  key("next").disabled = fields().at(-1) === input;
  pad.hidden = false;
  field.scrollIntoView({ block: "nearest" });
  place();
}

function close() {
  pad.hidden = true;
  if (changed) field?.dispatchEvent(new Event("change", { bubbles: true }));
  [field, changed] = [null, false];
}

function put(text, from = field.selectionStart) {
  field.setRangeText(text, from, field.selectionEnd, "end");
  changed = true;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

const DOES = {
  delete: () => put("", Math.max(0, field.selectionStart === field.selectionEnd ? field.selectionStart - 1 : field.selectionStart)),
  point: () => put(point),
  minus() {
    const text = field.value;
    field.select();
    put(text.startsWith("-") ? text.slice(1) : `-${text}`);
  },
  next: () => fields()[fields().indexOf(field) + 1]?.focus(),
  done: () => field.blur(),
};

if (pad) {
  key("point").textContent = point;
  pad.addEventListener("pointerdown", (event) => event.preventDefault());
  pad.addEventListener("click", ({ target }) => {
    const { digit, keyDoes } = target.closest("button")?.dataset ?? {};
    if (digit) put(digit);
    else DOES[keyDoes]?.();
  });
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("[data-own-pad]")) open(target);
  });
  document.addEventListener("focusout", ({ target }) => {
    if (target === field) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field && !pad.hidden) pad.hidden = true;
  });
  onStep((main) => {
    if (!coarse.matches) return;
    for (const input of main.querySelectorAll(NUMERIC)) {
      input.dataset.ownPad = "";
      input.inputMode = "none";
    }
  });
}
