// The language of the words to say stays, from step to step, as the therapist last chose it.

import { onStep } from "./step.js";

let chosen = "";

onStep((main) => {
  for (const other of main.querySelectorAll("[data-say]")) {
    other.open = other.dataset.say === chosen;
    other.addEventListener("toggle", () => {
      if (other.open) chosen = other.dataset.say;
      else if (chosen === other.dataset.say) chosen = "";
    });
  }
});
