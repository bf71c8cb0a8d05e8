// Opens what a wide screen has room for, shows the fields an answer asks for, and puts focus on what must be read.

import { onStep } from "./step.js";

const wide = matchMedia("(min-width: 48rem)");

const chosen = (form, key) =>
  [...form.querySelectorAll(`[data-key="${key}"]:checked, select[data-key="${key}"]`)].map((control) => control.value);

function refresh(form) {
  for (const block of form.querySelectorAll("[data-shown-with]")) {
    const answers = block.dataset.answers.split(" ");
    block.hidden = !chosen(form, block.dataset.shownWith).some((value) => answers.includes(value));
  }
}

onStep((main) => {
  for (const details of main.querySelectorAll("details[data-open-wide]")) details.open = wide.matches;
  for (const form of main.querySelectorAll("form:has([data-shown-with])")) {
    refresh(form);
    form.addEventListener("change", () => refresh(form));
  }
  main.querySelector("[data-focus-first]")?.focus();
});
