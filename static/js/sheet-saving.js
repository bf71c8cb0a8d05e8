// Saves the sheet a second after the last touch, and when the page is left. A button that is pressed meanwhile waits
// for the save; without this script the button is what saves.

import { renewToken } from "./outbox.js";
import { saySave } from "./saying.js";

const form = document.getElementById("sheet");
const place = document.querySelector("[data-sheet-saved]");
const PAUSE_MS = 1000;
const AGAIN_MS = 5000;
const TOLD = { 401: "login", 409: "conflict", 422: "refused" };

let timer = 0;
let sending = null;
let unsaved = false;
// What was typed cannot be saved as it stands: leaving the page would lose it.
let held = false;
let sent = false;
// Once somebody else has changed the sheet, only a button overwrites that.
let stopped = "changed" in form.dataset;

function say(event, parts) {
  place.hidden = false;
  saySave(event, parts);
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

function save() {
  clearTimeout(timer);
  if (stopped || sending || !unsaved) return;
  sending = send().finally(() => {
    sending = null;
    if (unsaved && !held) later(PAUSE_MS);
  });
}

async function send() {
  [unsaved, held] = [false, false];
  say("saving");
  const options = { method: "PUT", body: new FormData(form), redirect: "manual", keepalive: true };
  const response = await fetch(form.dataset.keep, options).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (response?.ok) accept(answer);
  else refuse(response?.status, answer);
}

function accept({ revision, saved_at: time, days }) {
  for (const input of document.querySelectorAll('input[name="revision"]')) input.value = revision;
  for (const day of unsaved ? [] : days) {
    const input = document.getElementById(day.name);
    Object.assign(input, { value: day.value, min: day.min, max: day.max });
    input.removeAttribute("aria-invalid");
    document.getElementById(`${day.name}-hint`).textContent = day.within;
  }
  document.getElementById("goal").removeAttribute("aria-invalid");
  say("saved", { time });
}

function refuse(status, answer) {
  [unsaved, held] = [true, true];
  if (status === 400 && answer?.token) {
    renewToken(answer.token);
    return later(0);
  }
  for (const name of Object.keys(answer?.errors ?? {})) document.getElementById(name)?.setAttribute("aria-invalid", "true");
  const told = TOLD[status] ?? (status === undefined || status >= 500 ? "failed" : "stopped");
  stopped = told === "conflict" || told === "stopped";
  say(told, told === "refused" ? { message: Object.values(answer.errors).join(". ") } : {});
  if (told === "failed") later(AGAIN_MS);
}

function touched({ target }) {
  if (target.form !== form || target.name === "days_for_all" || !target.closest(".ex, .agreed")) return;
  unsaved = true;
  later(PAUSE_MS);
}

function submit(event) {
  clearTimeout(timer);
  sent = !sending;
  if (sent) return;
  event.preventDefault();
  sending.then(() => form.requestSubmit(event.submitter));
}

if (place) {
  document.addEventListener("input", touched);
  form.addEventListener("submit", submit);
  document.addEventListener("signed-in-again", save);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("pagehide", () => sent || save());
  addEventListener("beforeunload", (event) => unsaved && (held || stopped) && !sent && event.preventDefault());
}
