// Moves from step to step in place: the next step is shown from what this device keeps, network or not, and is then
// brought up to date by the server's own page.

import * as device from "./device.js";
import { mayLeave } from "./entry.js";
import * as outbox from "./outbox.js";
import { saySave } from "./saying.js";
import { leaveStep, showStep } from "./step.js";

const MOMENT_MS = 60;
const PATIENCE_MS = 3000;
const LONG_MS = 15000;
const FRESH_MS = 120000;
const PARTS = [".pbanner", ".railbar", ".rail", ".actions"];
const REVISIONS = /data-url-(left|right|none)="([^"]+)" data-revision-\1="(\d+)"/g;
const PICTURES = /<img [^>]*src="([^"]+)"/g;
const CHANGING = /name="csrf_token" value="[^"]*"/g;

const bundle = document.body.dataset.keptSteps;
const steps = bundle?.replace(/kept$/, "steps/");
const isStep = (url) => Boolean(steps) && url.pathname.startsWith(steps);
const sleep = (delay) => new Promise((done) => setTimeout(done, delay));
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
const mainOf = (page) => page.querySelector("main").outerHTML.replace(CHANGING, "");

let pages = {};
let at = location.pathname;
let shown = null;
let touched = false;
let ahead = null;
let renewed = Promise.resolve();

// Once what is on the screen has been drawn; a page that nobody sees is not drawn.
const drawn = () => Promise.race([new Promise((done) => requestAnimationFrame(() => setTimeout(done))), sleep(MOMENT_MS * 4)]);

// A step as the server tells it, and made for this document: its pictures are fetched before it is shown.
function prepared(html) {
  const source = parsed(html);
  return { html, source, made: document.importNode(source.querySelector("main"), true) };
}

// The step that Next leads to is read while the therapist is busy with this one.
function readAhead() {
  const next = document.querySelector("[data-forward]")?.dataset.next;
  const html = next && pages[new URL(next, location.href).pathname];
  ahead = html ? prepared(html) : null;
}

// The server's page of a step; null when there is none to be had, or when the way leads elsewhere.
async function get(path, headers = {}) {
  const response = await fetch(path, { headers, signal: AbortSignal.timeout(LONG_MS) }).catch(() => null);
  if (!response) return null;
  const url = new URL(response.url);
  const html = await response.text().catch(() => null);
  if (html === null) return null;
  if (response.ok && isStep(url)) return { path: url.pathname, html };
  if (response.status === 401 || url.pathname === document.body.dataset.signIn) document.dispatchEvent(new CustomEvent("session-ended"));
  else location.assign(url);
  return null;
}

// All steps of this screening, for the way on and for a device without a network.
async function keepSteps() {
  const response = await fetch(bundle, { headers: { "X-Background": "1" } }).catch(() => null);
  if (!response?.ok || response.redirected) return;
  const given = await response.json().catch(() => null);
  if (!given) return;
  pages = given.pages;
  for (const html of Object.values(pages)) {
    for (const [, , url, revision] of html.matchAll(REVISIONS)) outbox.keptAt(url, Number(revision));
  }
  await outbox.ready;
  const own = outbox.holder();
  const policy = response.headers.get("Content-Security-Policy");
  if (own) await device.keep("pages", own, bundle, { pages, policy, at: Date.now() }).catch(() => {});
}

// The pictures of all steps, and whatever this page was made of: the worker was not there yet when the first one was.
async function keepFiles() {
  const files = await globalThis.caches?.open("files");
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.includes("/static/"));
  const pictures = Object.values(pages).flatMap((html) => [...html.matchAll(PICTURES)].map(([, source]) => source));
  for (const source of new Set([...loaded, ...pictures])) {
    if (!(await files?.match(source))) await files?.add(source).catch(() => {});
  }
}

// Puts in what is different and leaves the rest standing: most of the rail is the same from step to step.
function renewPart(old, made) {
  if (old.isEqualNode(made)) return;
  const alike = old.childNodes.length === made.childNodes.length && old.cloneNode(false).isEqualNode(made.cloneNode(false));
  if (!alike) old.replaceWith(document.importNode(made, true));
  else [...old.childNodes].forEach((child, place) => renewPart(child, made.childNodes[place]));
}

function frame(source) {
  for (const part of PARTS) {
    const [old, made] = [document.querySelector(part), source.querySelector(part)];
    if (!old || !made || shown?.querySelector(part)?.outerHTML === made.outerHTML) continue;
    const said = old.querySelector("[data-save]");
    if (said) {
      old.replaceWith(document.importNode(made, true));
      document.querySelector(`${part} [data-save]`)?.replaceWith(said);
    } else renewPart(old, made);
  }
  shown = source;
}

function swap({ source, made }) {
  const main = document.querySelector("main");
  leaveStep();
  main.className = made.className;
  main.replaceChildren(...made.childNodes);
  frame(source);
  document.title = source.title;
  outbox.renewToken(outbox.token().content);
  touched = false;
  showStep();
}

function arrive(path, html, { push = true } = {}) {
  document.querySelector("#steps:popover-open")?.hidePopover();
  if (push) history.pushState(null, "", path);
  at = path;
  swap(ahead?.html === html ? ahead : prepared(html));
  ahead = null;
  scrollTo(0, 0);
  if (!document.activeElement?.matches("main *")) document.querySelector("main").focus({ preventScroll: true });
}

// Brings the step up to date with the server's page; what stands under the therapist's hands stays.
async function update(path) {
  const fresh = await get(path);
  if (!fresh || at !== path) return;
  const source = parsed(fresh.html);
  outbox.renewToken(source.querySelector('meta[name="csrf-token"]').content);
  pages[fresh.path] = fresh.html;
  if (fresh.path !== path) arrive(fresh.path, fresh.html);
  else if (touched || (shown && mainOf(source) === mainOf(shown))) frame(source);
  else swapHere(prepared(fresh.html));
}

// What was just said on this step stays said.
function swapHere(page) {
  const said = [...(document.querySelector("[data-notices]")?.children ?? [])];
  swap(page);
  document.querySelector("[data-notices]")?.prepend(...said.filter((notice) => !notice.dataset.conflictSide));
}

async function go(path, { push = true } = {}) {
  const kept = pages[path];
  if (kept) {
    arrive(path, kept, { push });
    await drawn();
    readAhead();
    return update(path);
  }
  const fresh = await get(path);
  if (fresh) arrive(fresh.path, fresh.html, { push });
  else saySave("offline");
}

const again = () => update(at);

// To pages that need what was entered: the review, a document, the patient. They wait a moment for the last save.
async function leaveTo(href) {
  await Promise.race([outbox.send(), sleep(PATIENCE_MS)]);
  await outbox.settledHere();
  location.assign(href);
}

async function forward(button) {
  await Promise.race([outbox.send(), sleep(MOMENT_MS)]);
  if (!mayLeave()) return;
  // What was just entered opened or closed a test: which step is next has to be known first.
  await Promise.race([renewed, sleep(PATIENCE_MS)]);
  const next = new URL((document.querySelector("[data-forward]") ?? button).dataset.next, location.href);
  if (isStep(next)) await go(next.pathname);
  else await leaveTo(next.href);
}

document.addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  if (!target.matches("form[data-entry]")) return;
  if (submitter?.dataset.next) {
    event.preventDefault();
    return forward(submitter);
  }
  if (!outbox.entries().length) return;
  event.preventDefault();
  await Promise.race([outbox.send(), sleep(PATIENCE_MS)]);
  if (!outbox.entries().length) target.requestSubmit(submitter);
  else mayLeave();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const plain = link && !link.target && !link.hasAttribute("download") && link.origin === location.origin && event.button === 0;
  if (!plain || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (isStep(url) && !url.hash) {
    event.preventDefault();
    go(url.pathname);
  } else if (url.pathname !== location.pathname && outbox.unsent().length) {
    event.preventDefault();
    leaveTo(url.href);
  }
});

addEventListener("popstate", () => {
  if (isStep(location)) go(location.pathname, { push: false });
});
// A page of a long list that was turned stays turned: a tap is enough.
for (const act of ["click", "change", "input"]) document.addEventListener(act, () => (touched = true), { capture: true });
document.addEventListener("step-outdated", () => {
  touched = false;
  again();
});
// Somebody else saved something: the rail shows it, what is under the therapist's hands stays.
document.addEventListener("findings-changed", async () => {
  if (!isStep(location)) return;
  const fresh = await get(at, { "X-Background": "1" });
  if (fresh?.path === at) frame(parsed(fresh.html));
});
async function renew() {
  await keepSteps();
  await again();
}
document.addEventListener("steps-changed", () => (renewed = renew()));
document.addEventListener("signed-in-again", renew);

// Until the server's pages are there, or when there is no network, those of the last time. Each step is brought up to
// date when it is shown, so those that were fetched a moment ago do.
async function begin() {
  await outbox.ready;
  const own = outbox.holder();
  const found = own && (await device.recall("pages", own, bundle).catch(() => null));
  pages = found?.pages ?? {};
  if (!found || Date.now() - found.at > FRESH_MS) await keepSteps();
  readAhead();
  await keepFiles();
}

if (steps) begin();
