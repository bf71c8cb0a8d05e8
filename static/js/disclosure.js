// Opens what a wide screen has room for, shows the fields an answer asks for, and puts focus on what must be read.

const wide = matchMedia("(min-width: 48rem)").matches;
for (const details of document.querySelectorAll("details[data-open-wide]")) details.open = wide;

const chosen = (form, key) =>
  [...form.querySelectorAll(`[data-key="${key}"]:checked, select[data-key="${key}"]`)].map((control) => control.value);

function refresh(form) {
  for (const block of form.querySelectorAll("[data-shown-with]")) {
    const answers = block.dataset.answers.split(" ");
    block.hidden = !chosen(form, block.dataset.shownWith).some((value) => answers.includes(value));
  }
}

for (const form of document.querySelectorAll("form:has([data-shown-with])")) {
  refresh(form);
  form.addEventListener("change", () => refresh(form));
}

document.querySelector("[data-focus-first]")?.focus();
