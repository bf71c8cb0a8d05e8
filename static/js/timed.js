// Which values of a side the watch measured: their keys stand in a hidden field beside it, and as a word in its head.

export const keyOf = (field) => field.dataset.key.split(".")[0];

export class Timed {
  constructor(panel, fields) {
    Object.assign(this, { fields, input: panel.querySelector('[data-key="timed"]'), word: panel.querySelector("[data-how]") });
    // Parsed from a kept page, what is for browsers without script is part of the form.
    panel.querySelector("noscript")?.remove();
    for (const field of fields) field.addEventListener("input", () => this.set(keyOf(field), false));
  }

  get keys() {
    return this.input?.value.split(" ").filter(Boolean) ?? [];
  }

  has(key) {
    return this.keys.includes(key);
  }

  // Of several trials all must be timed: one that was typed makes the field a typed one.
  set(key, isTimed) {
    if (!this.input) return;
    const rest = this.keys.filter((other) => other !== key);
    this.input.value = (isTimed ? [...rest, key] : rest).join(" ");
    this.show();
  }

  // The watch is about to fill this field.
  measured(field) {
    const key = keyOf(field);
    const others = this.fields.filter((other) => other !== field && keyOf(other) === key && other.value !== "");
    this.set(key, this.has(key) || !others.length);
  }

  show() {
    if (!this.fields.length) return;
    const filled = this.fields.some((field) => field.value !== "");
    this.word.textContent = !filled ? "" : this.has(keyOf(this.fields[0])) ? this.word.dataset.timed : this.word.dataset.typed;
  }
}
