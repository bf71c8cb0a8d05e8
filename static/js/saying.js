// Tells the therapist where the answers are: the save status, errors beside their fields, conflicts and new steps.

import { controlsOf } from "./reading.js";

const LOOK = {
  saving: ["refresh-cw", ""],
  saved: ["cloud-check", ""],
  offline: ["cloud-off", "save-offline"],
  sending: ["cloud-off", "save-offline"],
  failed: ["circle-alert", "save-failed"],
  refused: ["circle-alert", "save-failed"],
  login: ["circle-alert", "save-failed"],
  unkept: ["circle-alert", "save-failed"],
  stopped: ["circle-alert", "save-failed"],
  conflict: ["git-merge", "save-offline"],
};

const fill = (words, parts) => words.replace(/\{(\w+)\}/g, (_, name) => parts[name] ?? "");

export function saySave(event, parts = {}) {
  for (const place of document.querySelectorAll("[data-save]")) {
    const [symbol, look] = LOOK[event];
    const words = parts.message ?? fill(place.dataset[event], parts);
    place.className = `save ${look}`;
    const use = place.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${symbol}`));
    const text = place.querySelector("[data-save-text]");
    if (text.textContent !== words) text.replaceChildren(event === "login" ? signIn(words) : words);
  }
}

function signIn(words) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "foot-link", textContent: words });
  button.addEventListener("click", () => document.dispatchEvent(new CustomEvent("sign-in-wanted")));
  return button;
}

const errorPlace = (form, side, key) => {
  const prefix = side === "none" ? "" : `${side}-`;
  const names = key === "grade" ? ["grade", "grade_whole"] : [key, key.replaceAll(".", "-")];
  return names.map((name) => form.querySelector(`#${CSS.escape(`${prefix}${name}-error`)}`)).find(Boolean);
};

export function clearErrors(form, side) {
  for (const control of controlsOf(form, side)) {
    control.removeAttribute("aria-invalid");
    const place = errorPlace(form, side, control.dataset.key);
    if (place) place.hidden = true;
    control.closest(".is-error")?.classList.remove("is-error");
  }
}

export function showErrors(form, side, errors) {
  for (const [key, messages] of Object.entries(errors)) {
    const place = errorPlace(form, side, key);
    if (!place) continue;
    place.querySelector("span").textContent = [messages].flat().join(" ");
    place.hidden = false;
    for (const control of controlsOf(form, side).filter((candidate) => candidate.dataset.key === key)) {
      control.setAttribute("aria-invalid", "true");
      control.closest(".affix, .field")?.classList.add("is-error");
    }
  }
}

const groupName = (control) => {
  const group = control.closest("[aria-label]") ?? control.closest("fieldset");
  return control.dataset.name ?? control.getAttribute("aria-label") ?? group?.getAttribute("aria-label") ?? group?.querySelector("legend")?.textContent
    ?? control.labels?.[0]?.textContent ?? control.name;
};

// The words of an answer as they stand on the page, the raw value when the page has none.
function words(controls, key, value, blank) {
  if (value === null || value === undefined || value === "" || value?.length === 0) return blank;
  const say = (one) => {
    const option = controls.find((control) => control.dataset.key === key && control.value === String(one) && control.labels?.[0]);
    const label = ["radio", "checkbox"].includes(option?.type) && key !== "grade" ? option.labels[0] : null;
    const text = label?.querySelector("[data-word]") ?? label?.querySelector(".vh") ?? label?.querySelector("span");
    return text?.textContent.trim() || String(one).replace("-", "−");
  };
  return [value].flat().map(say).join(", ");
}

const flat = (body) => ({ ...body.values, status: body.status, pain: body.pain, pain_limited: body.pain_limited,
  compensations: body.compensations, note: body.note });

export const clearConflict = (form, side) => form.querySelector(`[data-conflict-side="${side}"]`)?.remove();

export function sayConflict(form, side, here, answer, act) {
  clearConflict(form, side);
  const notice = form.querySelector("template[data-conflict]").content.firstElementChild.cloneNode(true);
  notice.dataset.conflictSide = side;
  const [title, text] = [notice.querySelector("[data-title]"), notice.querySelector("[data-text]")];
  const there = answer.echo ?? {};
  const [mine, theirs] = [flat(here), flat(there)];
  const controls = controlsOf(form, side);
  const keys = Object.keys({ ...mine, ...theirs }).filter((key) => JSON.stringify(mine[key] ?? null) !== JSON.stringify(theirs[key] ?? null));
  title.textContent = fill(title.dataset.title, { time: answer.saved_at, name: answer.saved_by, device: answer.saved_on ?? "" });
  text.textContent = keys.map((key) => {
    const control = controls.find((candidate) => candidate.dataset.key === key);
    const say = (body) => words(controls, key, body[key], text.dataset.blank);
    return fill(text.dataset.text, { name: control ? groupName(control).trim() : key, here: say(mine), there: say(theirs) });
  }).join(" ");
  for (const [name, choice] of Object.entries(act)) {
    notice.querySelector(`[data-${name}]`).addEventListener("click", () => {
      notice.remove();
      choice();
    });
  }
  form.querySelector("[data-notices]").append(notice);
  notice.scrollIntoView({ block: "nearest" });
}

export function sayOpened(form, steps) {
  form.querySelector("[data-opened-notice]")?.remove();
  if (!steps?.length) return;
  const notice = form.querySelector("template[data-opened]").content.firstElementChild.cloneNode(true);
  notice.dataset.openedNotice = "";
  notice.querySelector("[data-title]").textContent = notice.querySelector("[data-title]").dataset.title;
  notice.querySelector("[data-text]").textContent = steps.map((step) => step.text ?? step.name ?? step.item ?? step).join(" ");
  form.querySelector("[data-notices]").append(notice);
}

export function showRing(step, side, state) {
  const item = [...document.querySelectorAll(".rail-item")].find((link) => link.getAttribute("href").endsWith(`/steps/${step}`));
  const ring = item?.querySelector(".ring");
  if (ring && state) ring.dataset[side === "none" ? "whole" : side] = state;
}
