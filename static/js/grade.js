// Keys of a step, active only while focus is inside it and outside a text field. A settings page can turn them off.

const grades = () => document.querySelector("main [data-grades]");
const typing = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
const off = document.documentElement.dataset.shortcuts === "off";
let side = "left";

const inSide = (selector) => grades().querySelector(`[data-side="${side}"] ${selector}`);

function wanted(key) {
  if (/^[0-5]$/.test(key)) return inSide(`[data-kind="grade"][value="${key}"]`);
  if (key === "-" || key === "+") return inSide(`[data-kind="finer"][value="${key === "-" ? "minus" : "plus"}"]`);
  if (key === "n") return inSide('[data-key="status"]');
  return null;
}

function focusSide(next) {
  side = next;
  (inSide(":checked") ?? inSide("input"))?.focus();
}

function press(event) {
  if (!grades() || !event.target.closest("main")) return;
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || event.target.closest(".pad")) return;
  if (event.key === "[" || event.key === "]") return focusSide(event.key === "[" ? "left" : "right");
  const control = wanted(event.key);
  if (!control) return;
  event.preventDefault();
  control.focus();
  control.click();
}

function move(event) {
  const selector = { ArrowLeft: "[data-back]", ArrowRight: "[data-forward]" }[event.key];
  const control = event.altKey && !typing(event.target) && document.querySelector(selector ?? "none");
  if (!control) return;
  event.preventDefault();
  control.click();
}

// An answer takes the place of "not tested" on its side.
const BESIDE = new Set(["status", "not_done_reason", "pain", "pain_limited", "compensations", "note"]);
function unmark({ target }) {
  if (!target.form || !target.dataset.key || BESIDE.has(target.dataset.key)) return;
  const prefix = target.name.match(/^(?:left|right)-/)?.[0] ?? "";
  const status = target.form.querySelector(`[name="${prefix}status"]:checked`);
  if (status && target.dataset.kind !== "finer") status.checked = false;
}

document.addEventListener("focusin", ({ target }) => {
  side = target.closest("main [data-side]")?.dataset.side ?? side;
});
document.addEventListener("change", unmark, { capture: true });
if (!off) {
  document.addEventListener("keydown", press);
  document.addEventListener("keydown", move);
}
