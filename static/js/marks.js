// The marks beside a running watch: each stamps its time into the note, fills the fields that the test names for it,
// and can be undone.

const SVG = "http://www.w3.org/2000/svg";

const changed = (control) => control.dispatchEvent(new Event("change", { bubbles: true }));
const isTicked = (control) => ["radio", "checkbox"].includes(control.type);

// Chooses this answer; returns what takes it back, unless it was answered otherwise meanwhile.
function choose(controls, answer) {
  const wanted = controls.find((control) => (isTicked(control) ? control.value === answer : control.tagName === "SELECT"));
  if (!wanted) return () => {};
  if (!isTicked(wanted)) return write(wanted, answer);
  const before = wanted.type === "radio" ? controls.find((control) => control.checked) : null;
  if (wanted.checked) return () => {};
  wanted.checked = true;
  changed(wanted);
  return () => {
    if (!wanted.checked) return;
    wanted.checked = false;
    if (before) before.checked = true;
    changed(wanted);
  };
}

function write(field, value) {
  const before = field.value;
  field.value = value;
  changed(field);
  return () => {
    if (field.value !== value) return;
    field.value = before;
    changed(field);
  };
}

export class Marks {
  constructor(panel, watch) {
    Object.assign(this, { panel, watch, form: panel.closest("form"), list: panel.querySelector("[data-marks]") });
    this.prefix = panel.dataset.side ? `${panel.dataset.side}-` : "";
    this.note = this.form.querySelector(`textarea[name="${this.prefix}note"]`);
    this.line = panel.querySelector("[data-line]");
    for (const button of panel.querySelectorAll("[data-mark]")) button.addEventListener("click", () => this.make(button));
  }

  named(key) {
    return [...this.form.querySelectorAll(`[name="${this.prefix}${key}"]`)];
  }

  make({ dataset }) {
    const at = this.watch.seconds;
    const words = `${dataset.mark} ${at.toFixed(1)} s`;
    const undoes = [this.stamp(dataset.stamps, at), ...Object.entries(JSON.parse(dataset.fills)).map(([key, answer]) => choose(this.named(key), answer)), this.noted(words), this.tick(at)];
    this.list.append(this.row(dataset.mark, at, words, undoes));
    if ("ends" in dataset) this.watch.stop();
  }

  // The first stamp of a try stays: what was seen again later came later.
  stamp(key, at) {
    const { watch } = this;
    const [field] = key ? this.named(key) : [];
    if (!field || watch.stamped.has(key)) return () => {};
    const wasTimed = watch.timed.has(key);
    watch.stamped.add(key);
    watch.timed.set(key, true);
    const undo = write(field, at.toFixed(watch.places));
    return () => {
      watch.stamped.delete(key);
      watch.timed.set(key, wasTimed);
      undo();
    };
  }

  noted(words) {
    const write = (lines) => {
      this.note.value = lines.join("\n");
      changed(this.note);
    };
    const lines = () => this.note.value.split("\n").filter((line) => line.trim());
    write([...lines(), words]);
    return () => write(lines().filter((line) => line.trim() !== words));
  }

  tick(at) {
    const tick = document.createElementNS(SVG, "path");
    tick.setAttribute("class", "tl-m");
    tick.setAttribute("d", `M${this.watch.placeOf(at)} 0v14`);
    this.line.append(tick);
    return () => tick.remove();
  }

  row(label, at, words, undoes) {
    const row = document.createElement("li");
    const time = Object.assign(document.createElement("b"), { className: "tnum", textContent: `${at.toFixed(1)} s` });
    const undo = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet", textContent: this.list.dataset.undoShort });
    undo.setAttribute("aria-label", this.list.dataset.undo.replace("{mark}", words));
    undo.addEventListener("click", () => {
      for (const back of undoes) back();
      row.remove();
      this.watch.show();
      this.watch.face.focus();
    });
    row.append(time, ` ${label} `, undo);
    return row;
  }

  // The marks of an earlier try stay in the note, where the therapist can strike them.
  clear() {
    this.list.replaceChildren();
    for (const tick of this.line.querySelectorAll(".tl-m")) tick.remove();
  }
}
