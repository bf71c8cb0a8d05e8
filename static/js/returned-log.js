// Digits pick an answer in the row of buttons that has the focus; 1 and then 0 is ten, Backspace leaves it blank.

const padOf = (target) => target?.closest?.("[data-log-pad]") ?? null;
let typed = "";

function press(event) {
  const pad = padOf(event.target);
  const isDigit = /^\d$/.test(event.key);
  if (!pad || event.ctrlKey || event.metaKey || event.altKey || !(isDigit || event.key === "Backspace")) return;
  const find = (value) => pad.querySelector(`input[value="${value}"]`);
  const answer = isDigit ? ((typed && find(typed + event.key)) || find(event.key)) : find("");
  if (!answer) return;
  event.preventDefault();
  typed = isDigit ? event.key : "";
  answer.checked = true;
  answer.focus();
}

document.addEventListener("keydown", press);
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (padOf(target) !== padOf(relatedTarget)) typed = "";
});
