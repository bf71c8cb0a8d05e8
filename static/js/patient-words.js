// Shows the sentence that the patient will read while the dose is typed. The words are the server's; without this
// script they are there after saving.

const form = document.getElementById("sheet");
const PAUSE_MS = 250;
let timer;
let request;

function show({ lines, errors, summary, nudges }) {
  document.querySelector("[data-summary]").textContent = summary;
  for (const [exercise, words] of Object.entries(lines)) {
    const place = document.querySelector(`[data-words-of="${exercise}"]`);
    if (place) place.textContent = words;
  }
  for (const field of document.querySelectorAll(".ex .input, .ex .textarea")) {
    if (errors[field.id]) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  for (const place of document.querySelectorAll("[data-wrong-with]")) {
    const wrong = Object.entries(errors).filter(([field]) => field.startsWith(`${place.dataset.wrongWith}-`));
    place.hidden = !wrong.length;
    place.querySelector("span").textContent = wrong.map(([, sentence]) => sentence).join(". ");
  }
  nudge(nudges);
}

function nudge(sentences) {
  const place = document.querySelector("[data-nudges]");
  if (place.innerText.trim() === sentences.join("\n")) return;
  const empty = document.getElementById("nudge");
  place.replaceChildren(
    ...sentences.map((sentence) => {
      const notice = empty.content.firstElementChild.cloneNode(true);
      notice.querySelector("span").textContent = sentence;
      return notice;
    }),
  );
}

async function ask() {
  request?.abort();
  request = new AbortController();
  const options = { method: "POST", body: new FormData(form), signal: request.signal, redirect: "manual" };
  const words = await fetch(form.dataset.words, options).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
  if (words) show(words);
}

for (const row of document.querySelectorAll(".ex")) row.addEventListener("input", later);

function later() {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE_MS);
}
