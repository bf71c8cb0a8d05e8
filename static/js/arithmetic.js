// Shows what trials come to while they are typed. The server works the same out when they are saved.

import { onStep } from "./step.js";

const FEW = 3;

const typed = (input) => {
  const text = input.value.trim().replace(",", ".");
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
};
const given = (numbers) => numbers.filter((number) => number !== null);
const of = (box, side, key) => given([...box.querySelectorAll(`input[name^="${side}-"][data-key*="${key}"]`)].map(typed));
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
// Half up as on the server: a hair more than the binary number, which may stand a hair below the half.
const shown = (number, places) => (number + 1e-9).toFixed(places).replace("-", "−");

const best = (numbers, read) => (read === "min" ? Math.min(...numbers) : Math.max(...numbers));
const spread = (numbers) => Math.max(...numbers) - Math.min(...numbers);
const short = (number) => shown(number, 1).replace(/\.0$/, "");

function write(place, text) {
  const unit = document.createElement("small");
  unit.textContent = place.dataset.unit;
  place.replaceChildren(...(text === null ? [] : [`${text} `, unit]));
}

// Mean, best and spread of each side, in this order as the words beside them.
function readTrials(box) {
  const row = box.querySelector("[data-read]");
  let several = false;
  for (const side of ["left", "right"]) {
    const numbers = of(box, side, ".");
    several ||= numbers.length > 1;
    const told = [mean(numbers), best(numbers, box.dataset.trials), spread(numbers)].map(short).join(" · ");
    write(row.querySelector(`[data-${side}]`), numbers.length ? told : null);
  }
  row.hidden = !several;
}

function forceOf(box, side) {
  const { dataset } = box;
  const newtons = Number(dataset[dataset[`${side}Unit`].toLowerCase()]);
  const trials = of(box, side, "entered.trials").map((trial) => Math.round((trial * newtons + 1e-9) * 10) / 10);
  if (!trials.length) return null;
  const best = Math.max(...trials);
  const own = document.querySelector(`input[name="${side}-lever_cm"]`);
  const lever = (own && typed(own)) ?? Number(dataset.lever);
  const mass = Number(dataset.mass);
  return { trials, best, lever, mean: mean(trials.slice(0, FEW)), mass,
    torque: lever && mass ? (best * lever) / 100 / mass : null,
    share: mass ? (best / (mass * Number(dataset.gravity))) * 100 : null };
}

const PLACES = { best: 1, mean: 1, torque: 3, share: 1 };

function farApart({ trials, best }, spread) {
  if (trials.length < 2 || trials.length > FEW) return false;
  const second = [...trials].sort((a, b) => b - a)[1];
  return (best - second) * 100 > best * spread;
}

function compare(box, left, right) {
  const place = box.querySelector("[data-compared]");
  const same = left && right && (left.lever === right.lever || (left.lever && right.lever && left.mass));
  const moments = same ? [left, right].map((force) => force.best * (force.lever || 1)) : [0, 0];
  const high = Math.max(...moments);
  place.hidden = !high;
  if (!high) return;
  const [words, low] = [place.dataset, Math.min(...moments)];
  const text = moments[0] === moments[1] ? words.same : moments[0] < moments[1] ? words.leftWeaker : words.rightWeaker;
  place.textContent = text.replace("{percent}", `${shown((low / high) * 100, 1)} %`);
}

function reckon(box) {
  const forces = { left: forceOf(box, "left"), right: forceOf(box, "right") };
  const row = box.querySelector("[data-derived]");
  row.hidden = !forces.left && !forces.right;
  for (const [side, force] of Object.entries(forces)) {
    for (const [key, places] of Object.entries(PLACES)) {
      const number = force?.[key] ?? null;
      write(row.querySelector(`[data-${side}="${key}"]`), number === null ? null : shown(number, places));
    }
  }
  compare(box, forces.left, forces.right);
  const uneven = Object.values(forces).some((force) => force && farApart(force, Number(box.dataset.spread)));
  box.querySelector("[data-fourth]").hidden = !uneven;
}

function addPoints(form, parts, sum) {
  for (const side of ["left", "right"]) {
    const chosen = parts.map((part) => form.querySelector(`input[name="${side}-${part}"]:checked`));
    const field = form.querySelector(`input[name="${side}-${sum}"]`);
    field.placeholder = chosen.every(Boolean) ? chosen.reduce((total, one) => total + Number(one.value), 0) : "";
  }
}

function live(box, work) {
  work();
  const form = box.closest("form");
  for (const kind of ["input", "change"]) form.addEventListener(kind, work);
}

onStep((main) => {
  for (const box of main.querySelectorAll("[data-trials]")) live(box, () => readTrials(box));
  for (const box of main.querySelectorAll("[data-force]")) live(box, () => reckon(box));
  for (const box of main.querySelectorAll("[data-sum-of]")) {
    live(box, () => addPoints(box.closest("form"), box.dataset.sumOf.split(" "), box.dataset.sum));
  }
});
