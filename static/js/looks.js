// Changes how pages look at once, without leaving the page; the server lets this device remember it.

function show(look, buttons) {
  if (look) document.documentElement.dataset.theme = look;
  else delete document.documentElement.dataset.theme;
  for (const button of buttons) button.setAttribute("aria-pressed", button.value === look);
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("[data-looks]")) return;
  event.preventDefault();
  show(submitter.value, form.querySelectorAll("button"));
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)), redirect: "manual" }).catch(() => {});
});
