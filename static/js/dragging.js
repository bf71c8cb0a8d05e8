// Orders the sheet by dragging, with a mouse, a finger or a pen. The buttons up and down do the same without it.

const list = document.querySelector("[data-sortable]");
const EDGE = 72;
const STEP = 12;

const ids = () => [...list.children].map((row) => row.dataset.exercise);

// The place of the row follows the pointer: before the first row whose middle lies below it.
function place(row, y) {
  const after = [...list.children].find((other) => {
    const box = other.getBoundingClientRect();
    return other !== row && y < box.top + box.height / 2;
  });
  if (row.nextElementSibling !== (after ?? null)) list.insertBefore(row, after ?? null);
}

function scroll(y) {
  if (y < EDGE) scrollBy(0, -STEP);
  else if (y > innerHeight - EDGE) scrollBy(0, STEP);
}

// Saves the order with all that was typed, as every button of the sheet does.
function save() {
  const button = document.createElement("button");
  Object.assign(button, { name: "do", value: `order:${ids().join(",")}`, hidden: true });
  button.setAttribute("form", "sheet");
  document.body.append(button);
  document.getElementById("sheet").requestSubmit(button);
}

function drag(grip) {
  const row = grip.closest("[data-exercise]");
  let before = null;

  const stop = (kept) => {
    if (!before) return;
    const changed = ids().join() !== before.join();
    if (changed && !kept) for (const id of before) list.append(list.querySelector(`[data-exercise="${id}"]`));
    before = null;
    row.classList.remove("is-dragged");
    if (changed && kept) save();
  };

  grip.hidden = false;
  grip.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    before = ids();
    row.classList.add("is-dragged");
  });
  grip.addEventListener("pointermove", (event) => {
    if (!before) return;
    place(row, event.clientY);
    scroll(event.clientY);
  });
  grip.addEventListener("pointerup", () => stop(true));
  grip.addEventListener("pointercancel", () => stop(false));
  // Moving a row in the page takes the pointer from it: it is taken back.
  grip.addEventListener("lostpointercapture", (event) => {
    if (before) grip.setPointerCapture(event.pointerId);
  });
  addEventListener("keydown", (event) => event.key === "Escape" && stop(false));
}

if (list && list.children.length > 1) for (const grip of list.querySelectorAll("[data-grip]")) drag(grip);
