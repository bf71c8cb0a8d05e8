// A stopwatch whose whole face is the button. It fills the first empty seconds field, which can also be typed;
// one without a field only keeps the time.

const SVG = "http://www.w3.org/2000/svg";
const LINE = 300;
const PAIN_KEYS_OFF = document.documentElement.dataset.shortcuts === "off";
const typing = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

class Stopwatch {
  constructor(panel) {
    const part = (name) => panel.querySelector(`[data-${name}]`);
    Object.assign(this, { panel, face: part("face"), digits: part("digits"), sub: part("sub"), line: part("line"), live: part("live") });
    panel.hidden = false;
    this.limit = Number(panel.dataset.limit);
    this.places = Number.isInteger(Number(panel.dataset.step ?? 0.1)) ? 0 : 1;
    this.fields = [...panel.querySelectorAll("[data-seconds]")];
    this.field = this.fields[0];
    this.last = 0;
    this.note = panel.closest("form").querySelector(`textarea[name="${panel.dataset.side}-note"]`);
    this.marks = part("marks");
    this.buttons = part("mark-buttons");
    this.started = null;
    this.face.hidden = false;
    this.line.removeAttribute("hidden");
    this.face.addEventListener("click", () => this.toggle());
    for (const field of this.fields) field.addEventListener("input", () => { this.field = field; this.show(); });
    for (const button of panel.querySelectorAll("[data-mark]")) button.addEventListener("click", () => this.mark(button.dataset.mark));
    this.show();
  }

  get running() {
    return this.started !== null;
  }

  get seconds() {
    if (this.running) return Math.min((performance.now() - this.started) / 1000, this.limit);
    return this.field ? Number(this.field.value.replace(",", ".")) || 0 : this.last;
  }

  toggle() {
    if (this.running) this.stop();
    else this.start();
  }

  start() {
    this.field = this.fields.find((field) => field.value === "") ?? this.fields.at(-1);
    this.started = performance.now();
    this.lock = navigator.wakeLock?.request("screen").catch(() => null);
    this.clearMarks();
    this.tick();
  }

  async stop() {
    this.last = this.seconds;
    this.started = null;
    cancelAnimationFrame(this.frame);
    if (this.field) {
      this.field.value = this.last.toFixed(this.places);
      this.field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.show();
    (await this.lock)?.release();
  }

  tick() {
    this.show();
    if (this.seconds >= this.limit) this.stop();
    else this.frame = requestAnimationFrame(() => this.tick());
  }

  show() {
    const words = this.sub.dataset;
    const seconds = this.seconds;
    const empty = !this.running && (this.field ? this.field.value === "" : this.last === 0);
    const full = this.field ? words.full : words.over;
    this.digits.textContent = seconds.toFixed(1);
    this.sub.textContent = this.running ? words.running : empty ? words.ready : seconds >= this.limit ? full : words.done;
    this.live.hidden = !this.running;
    if (this.buttons) this.buttons.hidden = !this.running || !this.note;
    this.panel.classList.toggle("timer-run", this.running);
    this.panel.classList.toggle("timer-done", !this.running && !empty);
    this.line.querySelector("[data-fill]").setAttribute("width", (Math.min(seconds / this.limit, 1) * LINE).toFixed(1));
  }

  mark(label) {
    const at = this.seconds;
    const words = `${label} ${at.toFixed(1)} s`;
    const tick = document.createElementNS(SVG, "path");
    tick.setAttribute("class", "tl-m");
    tick.setAttribute("d", `M${((at / this.limit) * LINE).toFixed(1)} 0v14`);
    this.line.append(tick);
    this.marks.append(this.row(words, at, label, tick));
    this.writeNote([this.note.value.trim(), words].filter(Boolean).join("\n"));
  }

  row(words, at, label, tick) {
    const row = document.createElement("li");
    const time = Object.assign(document.createElement("b"), { className: "tnum", textContent: `${at.toFixed(1)} s` });
    const undo = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet", textContent: this.marks.dataset.undoShort });
    undo.setAttribute("aria-label", this.marks.dataset.undo.replace("{mark}", words));
    undo.addEventListener("click", () => {
      row.remove();
      tick.remove();
      this.writeNote(this.note.value.split("\n").filter((line) => line.trim() !== words).join("\n"));
      this.face.focus();
    });
    row.append(time, ` ${label} `, undo);
    return row;
  }

  // The marks of an earlier try stay in the note, where the therapist can strike them.
  clearMarks() {
    this.marks?.replaceChildren();
    for (const tick of this.line.querySelectorAll(".tl-m")) tick.remove();
  }

  writeNote(text) {
    this.note.value = text;
    this.note.closest("details")?.setAttribute("open", "");
    this.note.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

const watches = [...document.querySelectorAll("[data-stopwatch]")].map((panel) => new Stopwatch(panel));
const keys = document.querySelector("[data-keys]");
if (keys && !PAIN_KEYS_OFF) keys.hidden = false;

if (watches.length && !PAIN_KEYS_OFF) {
  document.querySelector("main").addEventListener("keydown", (event) => {
    const watch = watches.find((candidate) => candidate.running);
    if (!watch?.note || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const button = watch.panel.querySelector(`[data-hotkey="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    watch.mark(button.dataset.mark);
  });
}
