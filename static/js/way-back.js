// A red flag can come up on any step: from the red flags one tap leads back to where it did.

import { onStep } from "./step.js";

let from = null;

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-red-flag]")) from = { path: location.pathname, name: document.querySelector("h1").textContent.trim() };
}, { capture: true });

onStep((main) => {
  const link = main.querySelector("[data-way-back]");
  if (!link) from = null;
  if (!from) return;
  link.href = from.path;
  link.querySelector("span").textContent = link.dataset.words.replace("{name}", from.name);
  link.hidden = false;
});
