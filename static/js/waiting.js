// Says on every page what this device still has to send, sends it, and holds back a signature until it is sent.

import * as outbox from "./outbox.js";

const place = document.querySelector("[data-waiting]");
const { worker, root } = document.body.dataset;

const fill = (words, parts) => words.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
const stopped = () => outbox.entries().filter(({ held }) => held?.event === "stopped");

export function told(words) {
  const entries = outbox.entries();
  return fill(words, { count: entries.length, what: entries.map(({ name }) => name).join("; ") });
}

// On a step the save status says it already.
function show() {
  const open = outbox.entries();
  place.hidden = !open.length || Boolean(document.querySelector("form[data-entry]"));
  if (place.hidden) return;
  place.querySelector("p").textContent = [told(place.dataset.words), ...stopped().map(({ held }) => held.answer.message)].join(" ");
  place.querySelector("button").hidden = !stopped().length;
}

place.querySelector("button").addEventListener("click", () => stopped().forEach(({ url }) => outbox.discard(url)));

outbox.onChange(show);
outbox.ready.then(show);

// A signature waits for what was entered here.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-needs-sent]") || !outbox.entries().length) return;
  event.preventDefault();
  await outbox.send();
  if (outbox.entries().length) show();
  else form.requestSubmit(event.submitter);
});

navigator.serviceWorker?.register(worker, { type: "module", scope: root }).catch(() => {});
