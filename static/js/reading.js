// Reads one side of a step's form into the body of its finding. A control says what it is by data-key and data-kind.

const OWN_PLACE = new Set(["status", "not_done_reason", "pain", "pain_limited", "compensations", "note", "opened_because", "timed", "confirmed"]);

export const sideOf = (control) => control.name.match(/^(left|right)-/)?.[1] ?? "none";

function number(text) {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const value = Number(trimmed.replace(",", "."));
  return Number.isNaN(value) ? trimmed : value;
}

const READERS = {
  number: (control) => number(control.value),
  text: (control) => control.value.trim() || undefined,
  bool: (control) => (control.type === "checkbox" ? true : { yes: true, no: false }[control.value]),
  list: (control) => (control.tagName === "SELECT" ? [...control.selectedOptions].map((option) => option.value) : [control.value]),
  words: (control) => control.value.split(" ").filter(Boolean),
  status: () => "not_done",
  grade: (control) => control.value,
};

const answered = (control) => !["radio", "checkbox"].includes(control.type) || control.checked;

function put(target, path, value) {
  const [head, ...rest] = path;
  if (rest.length) put((target[head] ??= {}), rest, value);
  else target[head] = Array.isArray(target[head]) ? [...target[head], ...value] : value;
}

// Keys such as readings.0.sbp become lists: an object whose keys are all whole numbers is one.
function lists(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, lists(inner)]);
  return entries.length && entries.every(([key]) => /^\d+$/.test(key)) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

const FINER = { minus: "-", plus: "+" };

function grade(whole, controls) {
  const finer = controls.find((control) => control.dataset.kind === "finer" && control.checked)?.value;
  return ["2", "3", "4"].includes(whole) ? whole + (FINER[finer] ?? "") : whole;
}

export function controlsOf(form, side) {
  return [...form.elements].filter(
    (control) => control.dataset.key && control.name && sideOf(control) === side && !control.closest("[hidden]"),
  );
}

export function read(form, side) {
  const controls = controlsOf(form, side);
  const found = {};
  for (const control of controls.filter(answered)) {
    const value = READERS[control.dataset.kind]?.(control);
    if (value !== undefined) put(found, control.dataset.key.split("."), value);
  }
  if (found.grade) found.grade = grade(found.grade, controls);
  const status = found.status ?? "done";
  const values = Object.fromEntries(Object.entries(lists(found)).filter(([key]) => !OWN_PLACE.has(key)));
  return {
    values: status === "done" ? values : {},
    status,
    not_done_reason: status === "done" ? null : (found.not_done_reason ?? null),
    pain: found.pain ?? null,
    pain_limited: found.pain_limited ?? "no",
    compensations: found.compensations ?? [],
    note: found.note ?? "",
    opened_because: found.opened_because ?? null,
    timed: found.timed ?? [],
    confirmed: found.confirmed ?? [],
  };
}

// Nothing was entered on this side.
export const isBlank = ({ values, status, pain, compensations, note, opened_because }) =>
  status === "done" && pain === null && !compensations.length && !note && !opened_because && !Object.keys(values).length;
