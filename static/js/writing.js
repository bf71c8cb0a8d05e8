// Writes the body of a finding into one side of a step's form: the reverse of reading it.

import { sideOf } from "./reading.js";

const FINER = { "-": "minus", "+": "plus" };
const at = (body, key) => key.split(".").reduce((value, part) => value?.[part], body);

const flat = (body) => {
  const { values, ...rest } = body;
  const [, whole, finer] = /^(\d)([+-]?)$/.exec(values.grade ?? "") ?? [];
  return { ...values, ...rest, ...(whole ? { grade: whole, finer: FINER[finer] ?? "" } : {}) };
};

const text = (control, value) => (control.dataset.kind === "words" ? (value ?? []).join(" ") : String(value ?? ""));

const same = (control, value) => {
  if (control.dataset.kind === "bool" && control.type === "radio") return { yes: true, no: false }[control.value] === value;
  if (control.dataset.kind === "bool") return value === true;
  return Array.isArray(value) ? value.map(String).includes(control.value) : String(value ?? "") === control.value;
};

// A trial stands in a list of what was given, so the places after the last are empty.
function set(control, found) {
  const finer = control.dataset.kind === "finer";
  const value = finer ? found.finer : at(found, control.dataset.key);
  if (["radio", "checkbox"].includes(control.type)) control.checked = same(control, value);
  else if (control.tagName === "SELECT" && control.multiple) for (const option of control.options) option.selected = (value ?? []).includes(option.value);
  else control.value = text(control, value);
}

export function write(form, side, body) {
  const found = flat(body);
  for (const control of form.elements) {
    if (control.dataset.key && control.name && sideOf(control) === side) set(control, found);
  }
  form.dispatchEvent(new CustomEvent("written", { detail: { side } }));
}
