// Saves each side of a step as soon as it is entered. Without this script the form's own submit saves the same.

import { read, sideOf } from "./reading.js";
import { Saving } from "./saving.js";
import { clearErrors, sayConflict, saySave, sayOpened, showErrors, showRing } from "./saying.js";

const SLOW_MS = 300;

function start(form) {
  const sides = ["left", "right", "none"].filter((side) => form.getAttribute(`data-url-${side}`));
  const savings = new Map(sides.map((side) => [side, saver(form, side, () => savings)]));
  const all = () => [...savings.values()];

  const edited = (event) => {
    if (event.target.dataset?.key) savings.get(sideOf(event.target))?.edit();
  };
  form.addEventListener("change", edited);
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea, input:not([type=radio], [type=checkbox])")) edited(event);
  });

  addEventListener("online", () => {
    const waiting = all().filter((saving) => saving.unsaved);
    if (waiting.length) saySave("sending", { count: waiting.length });
    for (const saving of waiting) saving.resume();
  });
  addEventListener("focus", () => all().forEach((saving) => saving.resume()));
  addEventListener("beforeunload", (event) => {
    if (all().some((saving) => saving.unsaved)) event.preventDefault();
  });

  leaveWhenSaved(form, all);
}

function saver(form, side, others) {
  let body;
  let slow;
  const report = (event, saving, answer = {}) => {
    clearTimeout(slow);
    if (event === "saving") {
      slow = setTimeout(() => saySave("saving"), SLOW_MS);
      return;
    }
    REPORTS[event]({ form, side, saving, answer, body, others: [...others().values()] });
  };
  const saving = new Saving({
    url: form.getAttribute(`data-url-${side}`),
    revision: form.getAttribute(`data-revision-${side}`),
    readBody: () => (body = read(form, side)),
    report,
  });
  saving.side = side;
  return saving;
}

const REPORTS = {
  saved({ form, side, saving, answer, others }) {
    form.setAttribute(`data-revision-${side}`, saving.revision);
    const carried = form.querySelector(`input[name="revision-${side}"]`);
    if (carried) carried.value = saving.revision;
    clearErrors(form, side);
    saving.missing = {};
    showRing(side, answer.state);
    sayOpened(form, answer.opened);
    form.dispatchEvent(new CustomEvent("finding-saved", { detail: { side, answer } }));
    if (others.every((other) => !other.unsaved)) saySave("saved", { time: answer.saved_at });
  },
  // An answer still to come is no mistake: it is only asked for when the therapist wants to go on.
  refused({ form, side, saving, answer }) {
    clearErrors(form, side);
    showErrors(form, side, answer.errors ?? {});
    saving.missing = answer.missing ?? {};
    saySave("refused", { message: answer.message });
  },
  conflict({ form, saving, answer, body }) {
    saySave("conflict");
    sayConflict(form, saving, body, answer, {
      keep: () => saving.keepMine(answer.revision),
      take: () => {
        saving.state = "clean";
        saving.edited = false;
        location.reload();
      },
    });
  },
  offline: () => saySave("offline"),
  failed: ({ answer }) => saySave("failed", { message: answer.message }),
  login: () => saySave("login"),
};

// A save on its way is waited for, so that moving on neither loses it nor conflicts with it.
function leaveWhenSaved(form, all) {
  const settled = async () => {
    await Promise.all(all().map((saving) => saving.settle()));
    return all().every((saving) => !saving.unsaved);
  };
  form.addEventListener("submit", async (event) => {
    if (!all().some((saving) => saving.unsaved)) return;
    event.preventDefault();
    if (await settled()) {
      form.requestSubmit(event.submitter);
      return;
    }
    for (const saving of all()) showErrors(form, saving.side, saving.missing ?? {});
    form.querySelector("[aria-invalid=true]")?.focus();
  });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const plain = link && !link.target && link.origin === location.origin && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!plain || link.getAttribute("href").startsWith("#") || !all().some((saving) => saving.waitable)) return;
    event.preventDefault();
    await settled();
    location.assign(link.href);
  });
}

for (const form of document.querySelectorAll("form[data-entry]")) start(form);
