// A place touched on the body map ticks the box of the same words; a ticked box marks its place.

function show(place) {
  place.classList.toggle("on", document.getElementById(place.dataset.ticks).checked);
}

for (const map of document.querySelectorAll("[data-body-map]")) {
  const places = [...map.querySelectorAll("[data-ticks]")];
  map.addEventListener("click", (event) => {
    const place = event.target.closest("[data-ticks]");
    if (!place) return;
    event.preventDefault();
    document.getElementById(place.dataset.ticks).click();
  });
  map.closest("form").addEventListener("change", () => places.forEach(show));
  places.forEach(show);
}
