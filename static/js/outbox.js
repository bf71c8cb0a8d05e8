// Holds each entry on this device until the server has it, and sends it exactly once. An entry is one test and side:
// {url, base, key, after, body, name, tab} and, when it cannot be sent as it is, `held` with what the server said. `base`
// is the revision it was made from, `after` the key of what was sent from there before and not answered. What the server
// took stays as {url, revision, body}, until a page shows it.

import * as device from "./device.js";

const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 30000;
const PATIENCE_MS = 20000;

export const newKey = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16)).join("-");

const TAB = newKey();
const ALIVE = "tab ";
const locks = navigator.locks;
const changes = new EventTarget();
const waiting = new Map();
const taken = new Map();
let own = null;
let opening = Promise.resolve(null);
let kept = Promise.resolve(true);
let sending = null;
const retry = { ms: FIRST_RETRY_MS };

export const user = document.body.dataset.user;
export const safe = Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);
export const onChange = (listen) => changes.addEventListener("change", ({ detail }) => listen(detail));
const tell = (event, entry, answer = {}) => changes.dispatchEvent(new CustomEvent("change", { detail: { event, entry, answer } }));

export const entry = (url) => waiting.get(url);
export const lastTaken = (url) => taken.get(url);
export const entries = () => [...waiting.values()];
export const unsent = () => entries().filter((one) => !one.held);

const idOf = (url, tab = TAB) => `${user} ${tab} ${url}`;
const takenId = (url) => `${user} taken ${url}`;

// Without a key nothing is written to the device; the entry stays on the open page, and the page says so.
async function write(work) {
  await opening;
  return own ? work(own).then(() => true, () => false) : false;
}

function store(one) {
  kept = kept.then(() => write((key) => device.keep("entries", key, idOf(one.url), one)));
  return kept.then((done) => {
    one.unkept = !done;
    if (!done) tell("unkept", one);
  });
}

function drop(url, tab = TAB) {
  kept = kept.then(() => write(() => device.forget("entries", idOf(url, tab))));
}

// `name` says in words which test and side it is.
export function put(url, base, body, name) {
  const before = waiting.get(url);
  if (before && !before.held && JSON.stringify(before.body) === JSON.stringify(body)) return kept;
  const after = before && before.base === base ? (before.sent ? before.key : before.after) : "";
  const one = { url, base, after, body, name, key: newKey(), tab: TAB };
  waiting.set(url, one);
  tell("edited", one);
  return store(one);
}

// Settles when everything is on this device, or cannot be.
export const settledHere = () => kept;

export function discard(url) {
  waiting.delete(url);
  drop(url);
  tell("discarded", { url });
}

export function keepMine(url, revision) {
  const { body, name } = waiting.get(url);
  put(url, revision, body, name);
  return send();
}

function remember(url, revision, body) {
  const known = { url, revision, body };
  taken.set(url, known);
  kept = kept.then(() => write((key) => device.keep("entries", key, takenId(url), known)));
}

// The kept page of this step shows this revision, so nothing has to be laid over it any more.
export function keptAt(url, revision) {
  if (!taken.has(url) || taken.get(url).revision > revision) return;
  taken.delete(url);
  kept = kept.then(() => write(() => device.forget("entries", takenId(url))));
}

export function forgetTaken() {
  for (const url of [...taken.keys()]) keptAt(url, Infinity);
  return kept;
}

export const token = () => document.querySelector('meta[name="csrf-token"]');

export function renewToken(value) {
  token().content = value;
  for (const input of document.querySelectorAll('input[name="csrf_token"]')) input.value = value;
}

async function ask(one, again = false) {
  const response = await fetch(one.url, {
    method: "PUT",
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: { "Content-Type": "application/json", "X-CSRFToken": token().content, "If-Match": `"${one.base}"`, "Idempotency-Key": one.key, Supersedes: one.after ?? "" },
    body: JSON.stringify(one.body),
  });
  // What was saved is sent again when the answer breaks off: the server knows its key, and we its revision then.
  const answer = response.ok ? await response.json() : ((await response.json().catch(() => null)) ?? {});
  if (response.status !== 400 || again || !answer.token) return { response, answer };
  renewToken(answer.token);
  return ask(one, true);
}

// An edit made while this one was on its way goes on from the revision that the server gave it.
function accepted(one, answer) {
  const now = waiting.get(one.url);
  if (now?.key === one.key) {
    waiting.delete(one.url);
    drop(one.url);
  } else if (now?.base === one.base) {
    now.base = answer.revision;
    store(now);
  }
  remember(one.url, answer.revision, one.body);
  retry.ms = FIRST_RETRY_MS;
  tell("saved", one, answer);
}

const SAID = { 409: "conflict", 422: "refused" };

function hold(one, status, answer) {
  const now = waiting.get(one.url);
  if (!now || (now.key !== one.key && status !== 409)) return;
  now.held = { event: SAID[status] ?? "stopped", answer };
  store(now);
  tell(now.held.event, now, answer);
}

function later() {
  clearTimeout(retry.timer);
  retry.timer = setTimeout(send, retry.ms);
  retry.ms = Math.min(retry.ms * 2, LAST_RETRY_MS);
}

async function sendAll() {
  for (let one; (one = unsent()[0]); ) {
    one.sent = true;
    tell("saving", one);
    const { response, answer } = await ask(one).catch(() => ({}));
    if (!response) return void (later(), tell("offline", one));
    if (response.ok) accepted(one, answer);
    else if (response.status === 401 || response.type === "opaqueredirect") return tell("login", one);
    else if (response.status >= 500 || response.status === 429) return void (later(), tell("failed", one, answer));
    else hold(one, response.status, answer);
  }
}

// Settles when everything was sent, or nothing more can be sent now. Each tab sends its own, one after the other.
export function send() {
  clearTimeout(retry.timer);
  sending ??= sendAll().finally(() => (sending = null));
  return sending;
}

async function living() {
  const { held } = (await locks?.query()) ?? { held: [] };
  return new Set(held.map((lock) => lock.name).filter((name) => name.startsWith(ALIVE)).map((name) => name.slice(ALIVE.length)));
}

const watched = new Set();

// What a closed tab of the same person left behind is this tab's from now on; a tab that lives keeps its own until
// it is closed too.
async function adopt() {
  const alive = await living();
  for (const [id, one] of await device.recallAll("entries", own)) {
    if ("revision" in one) taken.set(one.url, one);
    else if (one.tab !== TAB && !alive.has(one.tab) && !waiting.has(one.url)) {
      waiting.set(one.url, Object.assign(one, { tab: TAB, sent: true }));
      await device.keep("entries", own, idOf(one.url), one);
      await device.forget("entries", id);
      tell("found", one);
    } else if (one.tab !== TAB && alive.has(one.tab)) watch(one.tab);
  }
}

function watch(tab) {
  if (watched.has(tab)) return;
  watched.add(tab);
  locks.request(ALIVE + tab, () => adopt()).then(send);
}

async function unlock() {
  const known = await device.secret();
  if (known?.user === user) return known;
  const response = await fetch(document.body.dataset.deviceKey, { redirect: "manual", headers: { "X-Background": "1" } });
  const given = response.ok ? await response.json() : null;
  if (given?.user !== user) return null;
  await device.forgetPages();
  return device.holdKey(user, given.key);
}

// Opens what this device keeps for the person on this page, and goes on sending what was left.
export async function open() {
  opening = user && safe ? unlock().catch(() => null) : Promise.resolve(null);
  own = await opening;
  if (!own) return;
  entries().forEach(store);
  await adopt();
  await kept;
  if (unsent().length) send();
}

export const holder = () => own;

locks?.request(ALIVE + TAB, () => new Promise(() => {}));
export const ready = open().catch(() => {});

addEventListener("online", () => {
  if (!unsent().length) return;
  tell("sending", unsent()[0]);
  send();
});
// Only what this device could not keep is lost with the page.
addEventListener("beforeunload", (event) => entries().some((one) => one.unkept) && event.preventDefault());
addEventListener("focus", () => unsent().length && send());
