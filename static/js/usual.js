// One act enters what its button says, each value as if it had been tapped; one more tap takes it back.

import { isBlank, read } from "./reading.js";
import { onStep } from "./step.js";

const SIDES = ["left", "right", "none"];
const ticked = (control) => ["radio", "checkbox"].includes(control.type);
const valueOf = (control) => (ticked(control) ? control.checked : control.value);

function set(control, value) {
  if (ticked(control)) control.checked = value;
  else control.value = value;
}

// The controls of a test that nobody has touched yet, each with what it gets.
function untouched(form, fills) {
  if (!SIDES.every((side) => isBlank(read(form, side)))) return [];
  return [...form.elements].filter((control) => fills[control.name]).flatMap((control) => {
    if (!ticked(control)) return [[control, fills[control.name][0]]];
    return fills[control.name].includes(control.value) ? [[control, true]] : [];
  });
}

const unanswered = (group) =>
  [...group.querySelectorAll("[role=radiogroup]")]
    .filter((row) => !row.querySelector(":checked"))
    .map((row) => [row.querySelector("[value=no]"), true]);

function offer(form, strip, place, wanted) {
  const [act, undo] = [strip.querySelector("[data-do]"), strip.querySelector("[data-undo]")];
  let before = [];
  let acting = false;

  const show = () => {
    if (acting) return;
    before = [];
    [act.hidden, undo.hidden, act.disabled] = [false, true, !wanted().length];
  };

  function enter(values, { shown, hidden }) {
    acting = true;
    for (const [control, value] of values) {
      set(control, value);
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
    acting = false;
    shown.disabled = hidden.disabled = false;
    [shown.hidden, hidden.hidden] = [false, true];
    shown.focus({ preventScroll: true });
  }

  act.addEventListener("click", (event) => {
    event.preventDefault();
    const values = wanted();
    before = values.map(([control]) => [control, valueOf(control)]);
    enter(values, { shown: undo, hidden: act });
  });
  undo.addEventListener("click", () => enter(before, { shown: act, hidden: undo }));
  for (const event of ["change", "input"]) place.addEventListener(event, show);
  form.addEventListener("written", show);
  show();
}

onStep((main) => {
  const form = main.querySelector("form[data-entry]");
  if (!form) return;
  for (const strip of main.querySelectorAll("[data-usual]")) {
    const fills = JSON.parse(strip.dataset.usual);
    offer(form, strip, form, () => untouched(form, fills));
  }
  for (const strip of main.querySelectorAll("[data-no-to-all]")) {
    const group = strip.closest("[data-group]");
    offer(form, strip, group, () => unanswered(group));
  }
});
