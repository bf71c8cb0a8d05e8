// A stopwatch whose whole face is the button. It fills the first empty seconds field, which can also be typed; one
// without a field to fill only keeps the time. It goes on through a lock of the screen, a reload and a look elsewhere.

import { stayAwake } from "./awake.js";
import { Clock, kept } from "./clock.js";
import { Marks } from "./marks.js";
import { onStep } from "./step.js";
import { keyOf, Timed } from "./timed.js";

const LINE = 300;
const UNDO_MS = 5000;
const PULSE_MS = 500;
const KEYS_OFF = document.documentElement.dataset.shortcuts === "off";
const PARTS = { face: "face", digits: "digits", sub: "sub", line: "line", live: "live", away: "away", told: "told", buttons: "mark-buttons", takes: "take", undo: "undo-stop" };

class Stopwatch {
  constructor(panel) {
    for (const [name, part] of Object.entries(PARTS)) this[name] = panel.querySelector(`[data-${part}]`);
    this.panel = panel;
    this.limit = Number(panel.dataset.limit);
    this.places = Number.isInteger(Number(panel.dataset.step ?? 0.1)) ? 0 : 1;
    this.fields = [...panel.querySelectorAll("[data-seconds]")];
    this.field = this.fields[0];
    this.fills = "fillsField" in panel.dataset;
    this.stamped = new Set();
    this.last = 0;
    this.store = `watch ${location.pathname} ${panel.dataset.side ?? "none"}`;
    this.timed = new Timed(panel, this.fields);
    this.marks = this.buttons && new Marks(panel, this);
    panel.hidden = this.face.hidden = false;
    this.line.removeAttribute("hidden");
    this.listen();
    this.restore();
    this.show();
  }

  listen() {
    this.panel.addEventListener("click", ({ target }) => {
      if (target.closest("[data-face]") || !target.closest("button, .marks, .timer-foot")) this.toggle();
    });
    this.takes?.addEventListener("click", () => this.take());
    this.undo.addEventListener("click", () => this.back?.());
    for (const field of this.fields) {
      field.addEventListener("input", () => this.typed(field));
      field.addEventListener("change", () => this.show());
    }
  }

  get running() {
    return Boolean(this.clock);
  }

  get seconds() {
    if (this.running) return Math.min(this.clock.tick() / 1000, this.limit);
    if (this.unsure) return this.limit;
    return Number(this.field?.value.replace(",", ".")) || (this.fills ? 0 : this.last);
  }

  placeOf(seconds) {
    return (Math.min(seconds / this.limit, 1) * LINE).toFixed(1);
  }

  toggle() {
    if (this.running) this.stop();
    else this.start();
  }

  start() {
    this.field = this.fields.find((field) => field.value === "") ?? this.fields.at(-1);
    this.stamped.clear();
    this.marks?.clear();
    this.wasAway = false;
    this.run(new Clock());
    this.face.focus({ preventScroll: true });
  }

  run(clock) {
    this.withdraw();
    this.unsure = false;
    this.clock = clock;
    this.keptAt = null;
    this.sleep = stayAwake();
    this.tick();
  }

  tick() {
    cancelAnimationFrame(this.frame);
    const reached = this.seconds >= this.limit;
    if (reached && this.clock.stood && this.fills) return this.ask();
    if (reached) return this.stop();
    if (Math.floor(this.seconds) !== this.keptAt) this.keep();
    this.show();
    this.frame = requestAnimationFrame(() => this.tick());
  }

  keep() {
    this.keptAt = Math.floor(this.seconds);
    kept.set(this.store, { ...this.clock.anchor, field: this.fields.indexOf(this.field), stamped: [...this.stamped] });
  }

  restore() {
    const found = kept.get(this.store);
    if (!found) return;
    this.field = this.fields[found.field];
    this.stamped = new Set(found.stamped);
    this.run(new Clock(found));
  }

  halt() {
    cancelAnimationFrame(this.frame);
    this.last = this.seconds;
    this.wasAway = this.clock.away;
    this.clock = null;
    this.sleep();
  }

  // A mark that stamped this field has said already what the time was.
  stop() {
    const { clock, field } = this;
    this.halt();
    kept.set(this.store, null);
    const before = { value: field?.value, timed: this.timed.keys };
    if (this.fills && !this.stamped.has(keyOf(field))) this.fill(this.last);
    this.told.textContent = `${this.seconds.toFixed(1)} s`;
    this.panel.dispatchEvent(new CustomEvent("effort-ended", { bubbles: true }));
    if (clock.ms / 1000 < this.limit) this.offer(clock, () => this.unstop(clock, before));
    this.show();
  }

  unstop(clock, before) {
    if (this.fills && this.field.value !== before.value) {
      this.field.value = before.value;
      this.timed.set(keyOf(this.field), before.timed.includes(keyOf(this.field)));
      this.field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.panel.dispatchEvent(new CustomEvent("effort-resumed", { bubbles: true }));
    this.run(clock);
  }

  // Escape: this try counts for nothing.
  giveUp() {
    const { clock } = this;
    this.halt();
    this.last = 0;
    kept.set(this.store, null);
    this.offer(clock, () => this.run(clock));
    this.show();
  }

  // The time ran out while nobody could see or touch the watch: only the therapist knows whether it was held so long.
  ask() {
    this.keep();
    this.halt();
    this.unsure = true;
    this.show();
  }

  take() {
    this.unsure = false;
    kept.set(this.store, null);
    this.fill(this.limit);
    this.face.focus();
  }

  fill(seconds) {
    this.timed.measured(this.field);
    this.field.value = seconds.toFixed(this.places);
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  typed(field) {
    this.field = field;
    if (this.unsure) kept.set(this.store, null);
    this.unsure = false;
    this.show();
  }

  // Meanwhile the clock goes on, as if it had never been stopped.
  offer(clock, back) {
    this.pulse = setInterval(() => clock.tick(), PULSE_MS);
    this.back = () => {
      this.withdraw();
      back();
      this.face.focus();
    };
    this.undo.hidden = false;
    this.offered = setTimeout(() => this.withdraw(), UNDO_MS);
  }

  withdraw() {
    clearTimeout(this.offered);
    clearInterval(this.pulse);
    if (document.activeElement === this.undo) this.face.focus();
    this.undo.hidden = true;
    this.back = null;
  }

  show() {
    const words = this.sub.dataset;
    const { running, seconds, unsure } = this;
    const empty = !running && !unsure && (this.fills ? this.field.value === "" : seconds === 0);
    const full = this.fills ? words.full : words.over;
    this.digits.textContent = seconds.toFixed(1);
    this.sub.textContent = running ? words.running : unsure ? words.unsure : empty ? words.ready : seconds >= this.limit ? full : words.done;
    this.live.hidden = !running;
    this.away.hidden = empty || unsure || !(running ? this.clock.away : this.wasAway);
    if (this.takes) this.takes.hidden = !unsure;
    if (this.buttons) this.buttons.hidden = !running;
    this.panel.classList.toggle("timer-run", running);
    this.panel.classList.toggle("timer-done", !running && !empty);
    this.line.querySelector("[data-fill]").setAttribute("width", this.placeOf(seconds));
    this.timed.show();
  }

  // It goes on: the step that comes back finds it by what is kept.
  leave() {
    this.withdraw();
    if (this.running) this.halt();
  }
}

let watches = [];

onStep((main) => {
  watches = [...main.querySelectorAll("[data-stopwatch]")].map((panel) => new Stopwatch(panel));
  const keys = main.querySelector("[data-keys]");
  if (keys && !KEYS_OFF) keys.hidden = false;
  return () => watches.forEach((watch) => watch.leave());
});

const running = () => watches.filter((watch) => watch.running).at(-1);
const isTyping = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

function press(event) {
  if (event.key === " " && !event.target.closest("button, a, input, summary, [tabindex='0']")) {
    return running() ?? watches.find((watch) => watch.fills && watch.field.value === "");
  }
  return null;
}

document.addEventListener("keydown", (event) => {
  if (!watches.length || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector(":popover-open, dialog[open]")) return;
  const pressed = press(event);
  const mark = KEYS_OFF ? null : running()?.panel.querySelector(`[data-hotkey="${CSS.escape(event.key.toLowerCase())}"]`);
  const offered = watches.find((watch) => watch.back);
  if (pressed) pressed.toggle();
  else if (mark) mark.click();
  else if (event.key === "Escape" && running()) running().giveUp();
  else if (event.key === "Escape" && offered) offered.back();
  else return;
  event.preventDefault();
});

// A watch that was hidden has the right time the moment it can be seen.
document.addEventListener("visibilitychange", () => {
  for (const watch of watches) if (watch.running) watch.tick();
});
