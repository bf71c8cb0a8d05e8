// Shows or clears the stop as soon as an answer to a red flag was saved: the panel is made by the server.

import { onStep } from "./step.js";

onStep((main) => {
  const list = main.querySelector("[data-hold]");
  list?.closest("form").addEventListener("finding-saved", ({ detail }) => {
    const held = detail.answer.hold ? "yes" : "no";
    if (held !== list.dataset.hold) document.dispatchEvent(new CustomEvent("step-outdated"));
  });
});
