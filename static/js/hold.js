// Shows or clears the stop as soon as an answer to a red flag was saved: the panel is made by the server.

const list = document.querySelector("[data-hold]");

list?.closest("form").addEventListener("finding-saved", ({ detail }) => {
  const held = detail.answer.hold ? "yes" : "no";
  if (held !== list.dataset.hold) location.reload();
});
