// What a page asks the server by itself; in the background, that keeps no sign-in open. Status 0 is no answer in time.

import { renewToken, token } from "./outbox.js";

const PATIENCE_MS = 3000;

export async function ask(url, body, { background = true, again = false } = {}) {
  const headers = { "X-CSRFToken": token().content, "Content-Type": "application/json", ...(background ? { "X-Background": "1" } : {}) };
  const asked = body ? { method: "POST", body: JSON.stringify(body), keepalive: true } : {};
  const response = await fetch(url, { ...asked, headers, redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  // An answer that broke off says nothing, and not that somebody else is signed in.
  const status = response?.ok && !answer ? 0 : (response?.status ?? 0);
  if (status !== 400 || again || !answer?.token) return { status, answer: answer ?? {} };
  renewToken(answer.token);
  return ask(url, body, { background, again: true });
}
