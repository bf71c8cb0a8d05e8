// What is unlikely is asked about once: a notice with the tick "It is right" appears when the answer to a save asks.

import { sideOf } from "./reading.js";
import { onStep } from "./step.js";

const keyOf = (control) => control.dataset.key.split(".")[0];

const noticesOf = (list, side) => [...list.querySelectorAll("[data-doubt]")].filter((notice) => notice.dataset.doubt === side);
const tickIn = (notice) => notice.querySelector("input");

function made(list, side, ask) {
  const notice = list.querySelector(`template[data-side="${side}"]`).content.firstElementChild.cloneNode(true);
  notice.dataset.typed = ask.typed;
  notice.querySelector("[data-text]").textContent = ask.text;
  tickIn(notice).value = ask.key;
  return notice;
}

// A notice that was ticked stays, so that the next save still says it; one that is no longer asked goes.
function show(list, side, asks) {
  const shown = noticesOf(list, side);
  for (const notice of shown) {
    const ask = asks.find(({ key }) => key === tickIn(notice).value);
    if (ask) notice.querySelector("[data-text]").textContent = ask.text;
    else if (!tickIn(notice).checked) notice.remove();
  }
  const known = shown.map((notice) => tickIn(notice).value);
  list.append(...asks.filter(({ key }) => !known.includes(key)).map((ask) => made(list, side, ask)));
}

onStep((main) => {
  const form = main.querySelector("form[data-entry]");
  const list = main.querySelector("[data-doubts]");
  if (!form || !list) return;
  form.addEventListener("finding-saved", ({ detail: { side, answer } }) => show(list, side, answer.asks ?? []));
  // A changed value is a new one: its tick goes before the form is read.
  const changed = ({ target }) => {
    if (!target.dataset?.key || list.contains(target)) return;
    for (const notice of noticesOf(list, sideOf(target))) {
      if (notice.dataset.typed === keyOf(target)) tickIn(notice).checked = false;
    }
  };
  for (const event of ["input", "change"]) form.addEventListener(event, changed, true);
});
