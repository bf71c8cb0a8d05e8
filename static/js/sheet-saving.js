// Saves the sheet a second after the last touch, and when the page is left. A button that is pressed meanwhile waits
// for the save; without this script the button is what saves.

import { renewToken } from "./outbox.js";
import { saySave } from "./saying.js";

const form = document.getElementById("sheet");
const place = document.querySelector("[data-sheet-saved]");
const PAUSE_MS = 1000;
const AGAIN_MS = 5000;
const TOLD = { 401: "login", 409: "conflict", 422: "refused", 423: "locked" };
const LOOK = { locked: "stopped" };

let timer = 0;
let sending = null;
// The page came back with what was typed: nothing of it is saved yet.
let unsaved = !("stored" in form.dataset);
// What was typed cannot be saved as it stands: leaving the page would lose it.
let held = unsaved;
let sent = false;
// Once somebody else has changed the sheet, only a button overwrites that.
let stopped = "changed" in form.dataset;

function say(event, parts = {}) {
  place.hidden = false;
  place.querySelector("[data-see]").hidden = !stopped;
  saySave(LOOK[event] ?? event, { message: place.dataset[event], ...parts });
}

const isOfSheet = (field) => field.form === form && field.name !== "days_for_all" && Boolean(field.closest(".ex, .agreed"));
const inputOf = (name) => [...form.elements].find((field) => field.name === name && isOfSheet(field));

// A field that nobody touched here is left to whoever else changes it meanwhile.
function onlyTouched({ formData }) {
  if (!("stored" in form.dataset)) return;
  for (const name of [...formData.keys()]) {
    const input = inputOf(name);
    if (input && input.value === input.defaultValue) formData.delete(name);
  }
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
  const body = new FormData(form);
  const options = { method: "PUT", body, redirect: "manual", keepalive: true };
  const response = await fetch(form.dataset.keep, options).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (response?.ok && answer) accept(answer, body);
  else refuse(response?.ok ? undefined : response?.status, answer);
}

function accept({ revision, saved_at: time, days }, body) {
  for (const input of document.querySelectorAll('input[name="revision"]')) input.value = revision;
  for (const [name, value] of body) {
    const input = inputOf(name);
    if (input) input.defaultValue = value;
  }
  form.dataset.stored = "";
  for (const day of unsaved ? [] : days) {
    const input = document.getElementById(day.name);
    Object.assign(input, { value: day.value, defaultValue: day.value, min: day.min, max: day.max });
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
  stopped = ["conflict", "locked", "stopped"].includes(told);
  say(told, told === "refused" ? { message: Object.values(answer.errors).join(". ") } : {});
  if (told === "failed") later(AGAIN_MS);
}

function touched({ target }) {
  if (!isOfSheet(target)) return;
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
  form.addEventListener("formdata", onlyTouched);
  document.querySelector("[data-drop]")?.addEventListener("click", () => (sent = true));
  document.addEventListener("signed-in-again", save);
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("pagehide", () => sent || save());
  addEventListener("beforeunload", (event) => unsaved && (held || stopped || sending || !navigator.onLine) && !sent && event.preventDefault());
}
