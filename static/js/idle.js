// Warns a minute before a sign-in ends that nobody uses, and covers the page when it has ended. The server decides; this
// device remembers for all its tabs when that will be, when somebody was last there, and when the server was told so.

import { ask } from "./asking.js";
import { cover, covered, uncover } from "./cover.js";

const { user, session, idleSeconds } = document.body.dataset;
const IDLE_MS = idleSeconds * 1000;
const WARN_MS = Math.min(60_000, IDLE_MS / 2);
const TOUCH_MS = Math.min(60_000, IDLE_MS / 4);
const ACTIVE_MS = 1000;
const SLEPT_MS = 3000;

const dialog = document.getElementById("idle");
const countdown = dialog.querySelector("[data-left]");
let asking = null;

const recall = (name) => Number(localStorage.getItem(`session-${name}-${user}`));
const remember = (name, at) => localStorage.setItem(`session-${name}-${user}`, at);

function lives(end) {
  remember("end", end);
  if (covered() !== "asked") uncover();
}

function over() {
  if (covered() === "ended") return;
  dialog.close();
  remember("end", 0);
  document.dispatchEvent(new CustomEvent("session-ended"));
}

// False when the server could not be asked. Somebody else who is signed in here now ends this page all the same.
function take({ status, answer }) {
  if (status === 200 && String(answer.user) === user) lives(Date.now() + answer.seconds_left * 1000);
  else if (status === 200 || status === 401) over();
  else return false;
  return true;
}

// Without an answer, what this device knows counts.
async function check() {
  asking ??= ask(session).finally(() => (asking = null));
  if (take(await asking)) return;
  if (recall("end") > Date.now()) lives(recall("end"));
  else over();
}

// Without a network, being there counts here until the server can be told.
async function touch() {
  remember("touched", Date.now());
  const told = take(await ask(`${session}/touch`, {}, { background: false }));
  if (!told) lives(Math.max(recall("end"), recall("active") + IDLE_MS));
}

function warn(left) {
  if (covered()) return;
  if (!dialog.open) dialog.showModal();
  const seconds = Math.ceil(left / 1000);
  countdown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// Whoever wakes the device long after the end sees nothing until the server has been asked. A page that was covered at
// the end comes back when another tab is signed in again.
function tick() {
  const now = Date.now();
  const left = recall("end") - now;
  if (covered() === "ended") return left > 0 && check();
  // A device that slept does not tell the server now of what was done before.
  const isHere = recall("active") > recall("touched") && now - recall("active") < 2 * TOUCH_MS;
  if (isHere && now - recall("touched") >= TOUCH_MS) touch();
  if (left < -SLEPT_MS) cover("asking");
  if (left <= 0) check();
  else if (left <= WARN_MS) warn(left);
  else dialog.close();
}

function somebodyIsHere() {
  const now = Date.now();
  if (!covered() && !dialog.open && now - recall("active") >= ACTIVE_MS) remember("active", now);
}

function stay() {
  remember("active", Date.now());
  return touch().then(tick);
}

async function begin() {
  const told = take(await ask(session));
  if (!told && !recall("end")) remember("end", Date.now() + IDLE_MS);
  setInterval(tick, 1000);
  tick();
}

for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, somebodyIsHere, true);
dialog.querySelector("[data-stay]").addEventListener("click", stay);
dialog.addEventListener("cancel", stay);
document.addEventListener("visibilitychange", () => document.hidden || tick());
document.addEventListener("signed-in-again", () => lives(Date.now() + IDLE_MS));
addEventListener("storage", tick);
addEventListener("online", () => covered() === "ended" && check());
// A page that comes back from the browser's memory may be of somebody who has signed out meanwhile.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  cover("asking");
  check();
});
begin();
