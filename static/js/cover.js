// Covers the page, so that nothing on it can be read or used; what was entered stays as it is. Put up by its button it
// comes off by one tap; when the sign-in has ended, only by signing in again.

const layer = document.getElementById("cover");
let why = null;
let title;
let focused;

export const covered = () => why;

const beneath = () => [...document.body.children].filter((part) => part !== layer && part.tagName !== "DIALOG");

const closeDialogs = () => document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());

function hide() {
  [title, focused] = [document.title, document.activeElement];
  closeDialogs();
  for (const part of beneath()) part.inert = true;
  document.title = layer.dataset.title;
  document.documentElement.dataset.covered = "";
  layer.showPopover();
}

// reason: asked, asking (whether the sign-in still lives), ended.
export function cover(reason) {
  if (why === reason || why === "ended") return;
  if (!why) hide();
  why = reason;
  for (const part of layer.querySelectorAll("[data-why]")) part.hidden = part.dataset.why !== reason;
  (layer.querySelector("button:not([hidden])") ?? layer).focus();
}

export function uncover() {
  if (!why) return;
  why = null;
  closeDialogs();
  layer.hidePopover();
  delete document.documentElement.dataset.covered;
  for (const part of beneath()) part.inert = false;
  document.title = title;
  focused?.focus({ preventScroll: true });
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-cover-now]")) cover("asked");
  else if (target.closest("[data-uncover]")) uncover();
  else if (target.closest("[data-sign-in-again]")) document.dispatchEvent(new CustomEvent("sign-in-wanted"));
});

// First of all who listen: it closes what is open, and the form to sign in again comes after it.
document.addEventListener("session-ended", () => cover("ended"), true);
