// Takes each side of a step into the outbox as soon as it is entered, and shows what became of it. Without this script
// the form's own submit saves the same.

import * as outbox from "./outbox.js";
import { isBlank, read, sideOf } from "./reading.js";
import { clearConflict, clearErrors, sayConflict, sayOpened, saySave, showErrors, showRing } from "./saying.js";
import { onStep } from "./step.js";
import { write } from "./writing.js";

const PAUSE_MS = 400;
const SLOW_MS = 300;
const SIDES = ["left", "right", "none"];

let form = null;
let urls = new Map();
let pause;
let slow;

const sideAt = (url) => [...urls].find(([, address]) => address === url)?.[0];
const placeOf = (url) => url.split("/").slice(-2);
const revisionOn = (side) => Number(form.getAttribute(`data-revision-${side}`));
const refresh = () => document.dispatchEvent(new CustomEvent("step-outdated"));

// What the next entry of this side is made from: what waits, what the server took last, or what the page shows.
const baseOf = (side, url) => outbox.entry(url)?.base ?? Math.max(outbox.lastTaken(url)?.revision ?? 0, revisionOn(side));

const nameOf = (side) => [document.querySelector("h1").textContent.trim(), form.dataset[`name${side}`]].filter(Boolean).join(", ");

function edit(side) {
  const url = urls.get(side);
  const base = baseOf(side, url);
  const body = read(form, side);
  clearConflict(form, side);
  if (!base && isBlank(body)) outbox.discard(url);
  else outbox.put(url, base, body, nameOf(side));
  clearTimeout(pause);
  pause = setTimeout(outbox.send, PAUSE_MS);
}

function edited({ type, target }) {
  const typed = target.matches("textarea, input:not([type=radio], [type=checkbox])");
  const side = target.dataset?.key && sideOf(target);
  if (urls.has(side) && (type === "change" || typed)) edit(side);
}

function setRevision(side, revision) {
  form.setAttribute(`data-revision-${side}`, revision);
  const carried = form.querySelector(`input[name="revision-${side}"]`);
  if (carried) carried.value = revision;
}

// Lays over the page what is newer on this device, and says again what stood in the way.
function overlay() {
  if (!form) return;
  for (const [side, url] of urls) {
    const [waiting, taken] = [outbox.entry(url), outbox.lastTaken(url)];
    const newer = waiting ?? (taken?.revision > revisionOn(side) ? taken : null);
    if (!newer) continue;
    if (newer === taken) setRevision(side, taken.revision);
    write(form, side, newer.body);
    if (waiting?.held) show(side, waiting, waiting.held);
  }
}

function show(side, entry, { event, answer }) {
  if (event === "conflict") {
    sayConflict(form, side, entry.body, answer, {
      keep: () => outbox.keepMine(entry.url, answer.revision),
      take: () => {
        outbox.discard(entry.url);
        refresh();
      },
    });
  } else {
    clearErrors(form, side);
    showErrors(form, side, answer.errors ?? {});
  }
}

const REPORTS = {
  // A slow save is said, a quick one is not.
  saving: () => (slow ??= setTimeout(() => saySave("saving"), SLOW_MS)),
  saved({ entry, answer }) {
    const [item, side] = placeOf(entry.url);
    showRing(item, side, answer.state);
    if (form && answer.opened?.length) sayOpened(form, answer.opened);
    if (sideAt(entry.url)) savedHere(side, answer);
    if (answer.opened?.length || answer.closed?.length) document.dispatchEvent(new CustomEvent("steps-changed", { detail: answer }));
    if (!outbox.entries().length) saySave("saved", { time: answer.saved_at });
  },
  // An answer still to come is no mistake: it is only asked for when the therapist wants to go on.
  refused({ entry, answer }) {
    const side = sideAt(entry.url);
    if (side) show(side, entry, { event: "refused", answer });
    saySave("refused", { message: answer.message });
  },
  conflict({ entry, answer }) {
    const side = sideAt(entry.url);
    if (side) show(side, entry, { event: "conflict", answer });
    saySave("conflict");
  },
  stopped: ({ answer }) => saySave("stopped", { message: answer.message }),
  sending: () => saySave("sending", { count: outbox.unsent().length }),
  found: () => overlay(),
  offline: () => saySave("offline"),
  unkept: () => saySave("unkept"),
  failed: ({ answer }) => saySave("failed", { message: answer.message }),
  login: () => saySave("login"),
};

function savedHere(side, answer) {
  setRevision(side, answer.revision);
  if (!outbox.entry(urls.get(side))) clearErrors(form, side);
  const forward = document.querySelector("[data-forward]");
  if (answer.next && forward) forward.dataset.next = answer.next;
  form.dispatchEvent(new CustomEvent("finding-saved", { detail: { side, answer } }));
}

outbox.onChange((change) => {
  if (change.event !== "saving") {
    clearTimeout(slow);
    slow = undefined;
  }
  REPORTS[change.event]?.(change);
});

const held = () => [...urls].map(([side, url]) => [side, outbox.entry(url)]).filter(([, entry]) => entry?.held);

// What a list that has to be answered whole still lacks: a row without an answer, the tick that all was asked.
function gaps() {
  const list = form.querySelector("[data-all-answered]");
  const rows = [...(list?.querySelectorAll("[role=radiogroup]") ?? [])].filter((row) => !row.querySelector(":checked"));
  const ticks = [...form.querySelectorAll("[data-must]:not(:checked)")];
  return [...rows.map((row) => [row.querySelector("input").name, list.dataset.allAnswered]), ...ticks.map((tick) => [tick.name, tick.dataset.must])];
}

// Whether the therapist may go on; if not, what is in the way is shown and has the focus.
export function mayLeave() {
  if (!form) return true;
  for (const [side, entry] of held()) showErrors(form, side, { ...entry.held.answer.errors, ...entry.held.answer.missing });
  const open = gaps();
  showErrors(form, "none", Object.fromEntries(open));
  if (!open.length && !held().length) return true;
  form.querySelector("[aria-invalid=true], [data-conflict-side] button")?.focus();
  return false;
}

onStep((main) => {
  form = main.querySelector("form[data-entry]");
  urls = new Map(SIDES.map((side) => [side, form?.getAttribute(`data-url-${side}`)]).filter(([, url]) => url));
  form?.addEventListener("change", edited);
  form?.addEventListener("input", edited);
  overlay();
});
outbox.ready.then(overlay);
