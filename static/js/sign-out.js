// Signing out empties what this device keeps. What was not sent yet is asked about first, never dropped in silence.

import * as device from "./device.js";
import * as outbox from "./outbox.js";
import { told } from "./waiting.js";

const PATIENCE_MS = 5000;
const dialog = document.getElementById("still-here");
const text = dialog.querySelector("[data-text]");

async function choice() {
  text.textContent = told(text.dataset.text);
  dialog.returnValue = "stay";
  dialog.showModal();
  await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
  return dialog.returnValue;
}

const CHOICES = {
  send: () => Promise.race([outbox.send(), new Promise((done) => setTimeout(done, PATIENCE_MS))]),
  throw: () => outbox.entries().forEach(({ url }) => outbox.discard(url)),
  keep: () => {},
};

// True when the way out is free.
async function cleared() {
  await outbox.ready;
  let chosen = "send";
  if (outbox.unsent().length) await CHOICES.send();
  while (outbox.entries().length && chosen !== "keep") {
    chosen = await choice();
    if (chosen === "stay") return false;
    await CHOICES[chosen]();
  }
  return true;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.action.endsWith("/sign-out") || event.defaultPrevented) return;
  event.preventDefault();
  if (!(await cleared())) return;
  await outbox.settledHere();
  await outbox.forgetTaken();
  await device.lock().catch(() => {});
  form.submit();
});
