// Signs in again in place: the page and everything on it stays. Somebody else who signs in is led away from it.

import * as device from "./device.js";
import * as outbox from "./outbox.js";

const dialog = document.getElementById("sign-in-again");
const form = dialog.querySelector("form");
const problem = dialog.querySelector(".errmsg");
const { signIn, deviceKey } = document.body.dataset;

const parsed = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");
const tokenOf = (page) => page.querySelector('meta[name="csrf-token"]').content;

function say(words) {
  problem.querySelector("span").textContent = words;
  problem.hidden = false;
}

function ask() {
  if (dialog.open) return;
  // From here on nothing that this device keeps can be read, not even after it was started anew without a network.
  device.lock().catch(() => {});
  problem.hidden = true;
  dialog.showModal();
  form.elements.password.focus();
}

// The name or the sentence that says why not.
async function signedIn() {
  const page = await parsed(await fetch(signIn));
  const body = new URLSearchParams({ csrf_token: tokenOf(page), username: form.elements.username.value, password: form.elements.password.value });
  const response = await fetch(signIn, { method: "POST", body });
  const answer = await parsed(response);
  if (!response.ok) return say(answer.querySelector("main .errmsg:not([hidden]) span")?.textContent || problem.querySelector("span").dataset.failed);
  outbox.renewToken(tokenOf(answer));
  return (await fetch(deviceKey)).json();
}

async function submit(event) {
  event.preventDefault();
  let given;
  try {
    given = await signedIn();
  } catch {
    return say(problem.querySelector("span").dataset.offline);
  }
  if (!given) return form.elements.password.select();
  form.elements.password.value = "";
  if (given.user !== outbox.user) return location.assign(document.body.dataset.root);
  await outbox.open();
  dialog.close();
  document.dispatchEvent(new CustomEvent("signed-in-again"));
}

form.addEventListener("submit", submit);
document.addEventListener("sign-in-wanted", ask);
document.addEventListener("session-ended", ask);
outbox.onChange(({ event }) => event === "login" && document.dispatchEvent(new CustomEvent("session-ended")));
