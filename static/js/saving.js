// Sends the finding of one side, one save at a time. An edit made during a save waits for it and takes its revision.

const PAUSE_MS = 400;
const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 30000;

// randomUUID is missing on plain http under a name that is not localhost.
const newKey = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16)).join("-");

const token = () => document.querySelector('meta[name="csrf-token"]');

function renewToken(value) {
  token().content = value;
  for (const input of document.querySelectorAll('input[name="csrf_token"]')) input.value = value;
}

export class Saving {
  // report(event, saving, answer): event is saving, saved, offline, failed, login, conflict or refused.
  constructor({ url, revision, readBody, report }) {
    Object.assign(this, { url, revision, readBody, report });
    this.state = "clean";
    this.edited = false;
    this.retryMs = FIRST_RETRY_MS;
  }

  get unsaved() {
    return this.edited || this.state !== "clean";
  }

  get waitable() {
    return this.state === "sending" || (this.edited && this.state !== "held");
  }

  edit() {
    this.edited = true;
    if (this.state === "held") this.state = "clean";
    this.later(PAUSE_MS);
  }

  later(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  keepMine(revision) {
    this.revision = revision;
    this.state = "clean";
    this.edited = true;
    return this.send();
  }

  resume() {
    if (["waiting", "signed-out"].includes(this.state)) this.send();
  }

  // Settles when there is nothing left to send, or nothing that can be sent now.
  async settle() {
    clearTimeout(this.timer);
    if (this.state === "sending") await this.sent;
    if (this.edited || this.state === "waiting") await this.send();
  }

  send() {
    clearTimeout(this.timer);
    if (this.state === "sending") return this.sent;
    if (this.state === "clean" && !this.edited) return Promise.resolve();
    this.sent = this.attempt();
    return this.sent;
  }

  async attempt() {
    if (this.edited || !this.pending) this.pending = { body: JSON.stringify(this.readBody()), key: newKey() };
    this.edited = false;
    this.state = "sending";
    this.report("saving", this);
    const response = await this.put().catch(() => null);
    if (!response) return this.wait("offline");
    const answer = await response.json().catch(() => null);
    return this.take(response, answer ?? {});
  }

  async put(again = false) {
    const response = await fetch(this.url, {
      method: "PUT",
      redirect: "manual",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": token().content,
        "If-Match": `"${this.revision}"`,
        "Idempotency-Key": this.pending.key,
      },
      body: this.pending.body,
    });
    if (response.status !== 400 || again) return response;
    const answer = await response.clone().json().catch(() => null);
    if (answer?.error !== "csrf" || !answer.token) return response;
    renewToken(answer.token);
    return this.put(true);
  }

  take(response, answer) {
    if (response.ok) return this.done(answer);
    if (response.status === 401 || response.type === "opaqueredirect") return this.hold("login", answer, "signed-out");
    if (response.status === 409) return this.hold("conflict", answer);
    if (response.status === 422) return this.hold("refused", answer);
    if (response.status >= 500 || response.status === 429) return this.wait("failed", answer);
    return this.hold("failed", answer);
  }

  done(answer) {
    this.revision = answer.revision;
    this.pending = null;
    this.state = "clean";
    this.retryMs = FIRST_RETRY_MS;
    this.report("saved", this, answer);
    return this.edited ? this.send() : undefined;
  }

  hold(event, answer, state = "held") {
    this.state = state;
    this.report(event, this, answer);
  }

  wait(event, answer) {
    this.state = "waiting";
    this.report(event, this, answer);
    this.later(this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
  }
}
