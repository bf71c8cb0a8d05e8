// A place touched on the body map ticks the box of the same words; a ticked box marks its place.

import { onStep } from "./step.js";

function show(place) {
  place.classList.toggle("on", document.getElementById(place.dataset.ticks).checked);
}

function start(map) {
  const places = [...map.querySelectorAll("[data-ticks]")];
  map.addEventListener("click", (event) => {
    const place = event.target.closest("[data-ticks]");
    if (!place) return;
    event.preventDefault();
    document.getElementById(place.dataset.ticks).click();
  });
  for (const event of ["change", "written"]) map.closest("form").addEventListener(event, () => places.forEach(show));
  places.forEach(show);
}

onStep((main) => main.querySelectorAll("[data-body-map]").forEach(start));
