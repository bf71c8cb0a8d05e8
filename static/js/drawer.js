// Finds exercises in the drawer as one types and chooses. Without this script the button "Find" asks the server.

const named = (name) => document.querySelector(`.lib-tools [name="${name}"]`);
const FILTERS = ["group", "position", "equipment", "level"];

function fits(row, words, chosen) {
  return words.every((word) => row.dataset.q.includes(word)) && chosen.every(([name, value]) => row.dataset[name].split(" ").includes(value));
}

function refresh() {
  const words = named("q").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const chosen = FILTERS.map((name) => [name, named(name).value]).filter(([, value]) => value);
  for (const drawer of document.querySelectorAll("[data-drawer]")) {
    const rows = [...drawer.querySelectorAll("[data-facts]")];
    for (const row of rows) row.hidden = !fits(row, words, chosen);
    drawer.querySelector("[data-count]").textContent = rows.filter((row) => !row.hidden).length;
    if (words.length || chosen.length) drawer.querySelector("details").open = true;
  }
}

if (document.querySelector("[data-drawer]")) {
  document.querySelector("[data-filter]").hidden = true;
  for (const name of ["q", ...FILTERS]) named(name).addEventListener("input", refresh);
  // Enter in the search finds; it does not save the sheet.
  named("q").addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  refresh();
}
