// The rest after a full effort: it counts down by itself in the bar of the step, can be ended, and holds nobody up.

import { Clock, kept } from "./clock.js";
import { read } from "./reading.js";
import { onStep } from "./step.js";

const TICK_MS = 250;
const OVER_MS = 4000;

const store = () => `rest ${location.pathname.split("/steps/")[0]}`;

let rest = null;
let asked = null;

const part = (name) => document.querySelector(`[data-rest${name}]`);

// The bar may be drawn anew at any time, so it is found anew each time.
function show(text, told) {
  const bar = part("");
  if (!bar) return;
  bar.hidden = !rest || !asked;
  part("-left").textContent = text;
  bar.querySelector("[data-convention]").hidden = !asked || !("byConvention" in asked.dataset);
  if (told && part("-told").textContent !== told) part("-told").textContent = told;
}

function tick() {
  if (!rest) return;
  const left = rest.ms - rest.clock.tick();
  if (left < -OVER_MS) return end();
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const words = part("-told")?.dataset ?? {};
  show(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`, left > 0 ? words.start?.replace("{seconds}", rest.ms / 1000) : words.over);
  kept.set(store(), { ...rest.clock.anchor, rest: rest.ms });
}

function begin(ms, clock = new Clock()) {
  clearInterval(rest?.pulse);
  rest = { ms, clock, pulse: setInterval(tick, TICK_MS) };
  tick();
}

function end() {
  clearInterval(rest?.pulse);
  rest = null;
  kept.set(store(), null);
  show("");
}

const effortOf = (form, side) => JSON.stringify(read(form, side).values);

// A pain score or a note is no new effort; another grade, trial or time is one.
function watch(form) {
  const sides = ["left", "right", "none"];
  const efforts = new Map(sides.map((side) => [side, effortOf(form, side)]));
  const isNew = () => {
    const changed = sides.filter((side) => effortOf(form, side) !== efforts.get(side));
    for (const side of changed) efforts.set(side, effortOf(form, side));
    return changed.some((side) => efforts.get(side) !== "{}");
  };
  const started = () => begin(Number(asked.dataset.restAfter) * 1000);
  form.addEventListener("change", () => isNew() && started());
  form.addEventListener("effort-ended", () => {
    isNew();
    started();
  });
  form.addEventListener("effort-resumed", () => {
    isNew();
    end();
  });
  form.addEventListener("written", isNew);
}

onStep((main) => {
  asked = main.querySelector("template[data-rest-after]");
  const form = main.querySelector("form[data-entry]");
  if (asked && form) watch(form);
  const found = rest ? null : kept.get(store());
  if (found) begin(found.rest, new Clock(found));
  else if (rest) tick();
  else show("");
});

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-rest-end]")) return;
  end();
  document.querySelector("main").focus({ preventScroll: true });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !rest || document.querySelector(":popover-open, dialog[open]")) return;
  event.preventDefault();
  end();
});
