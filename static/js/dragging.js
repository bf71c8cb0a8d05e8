// Orders the sheet by dragging, with a mouse, a finger or a pen. The buttons up and down do the same without it.

const list = document.querySelector("[data-sortable]");
const EDGE = 72;
const STEP = 12;

const ids = () => [...list.children].map((row) => row.dataset.exercise);

function middle(row) {
  const box = row.getBoundingClientRect();
  return box.top + box.height / 2;
}

// The others make way: the row itself is not taken out of the page, or the finger would lose it.
function place(row, y) {
  while (row.nextElementSibling && y > middle(row.nextElementSibling)) list.insertBefore(row.nextElementSibling, row);
  while (row.previousElementSibling && y < middle(row.previousElementSibling)) row.after(row.previousElementSibling);
}

// Near the edge of the screen the page goes on scrolling, also under a finger that rests.
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
  let y = 0;

  const follow = () => {
    if (!before) return;
    scroll(y);
    place(row, y);
    requestAnimationFrame(follow);
  };

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
    y = event.clientY;
    row.classList.add("is-dragged");
    follow();
  });
  grip.addEventListener("pointermove", (event) => {
    y = event.clientY;
  });
  grip.addEventListener("pointerup", (event) => {
    if (before) place(row, event.clientY);
    stop(true);
  });
  grip.addEventListener("pointercancel", () => stop(false));
  addEventListener("keydown", (event) => event.key === "Escape" && stop(false));
}

if (list && list.children.length > 1) for (const grip of list.querySelectorAll("[data-grip]")) drag(grip);
