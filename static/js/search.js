// Suggests patients under a search field. Without this script the field is a plain search form.

const PAUSE_MS = 200;
const LEAST = 2;

class Suggestions {
  constructor(input) {
    this.input = input;
    this.place = document.createElement("div");
    this.place.className = "suggest";
    input.closest(".find").append(this.place);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), PAUSE_MS));
    this.place.addEventListener("mousedown", (event) => event.preventDefault());
    this.place.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
  }

  get options() {
    return [...this.place.querySelectorAll("[role=option]")];
  }

  get active() {
    return this.place.querySelector("[aria-selected=true]");
  }

  later() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.input.value.trim().length < LEAST) this.close();
    else this.timer = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    this.request = new AbortController();
    const url = new URL(this.input.dataset.suggest, location.href);
    url.searchParams.set("q", this.input.value.trim());
    const asked = fetch(url, { signal: this.request.signal, redirect: "manual" });
    const html = await asked.then((response) => (response.ok ? response.text() : null)).catch(() => null);
    if (html === null) return this.close();
    const page = new DOMParser().parseFromString(html, "text/html");
    this.place.replaceChildren(...page.body.children);
    const list = this.place.querySelector("[role=listbox]");
    if (!list) return this.close();
    list.id ||= "suggestions";
    this.options.forEach((option, index) => {
      option.id ||= `suggestion-${index}`;
      option.setAttribute("aria-selected", "false");
    });
    this.input.setAttribute("aria-controls", list.id);
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    this.place.replaceChildren();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-controls");
    this.input.removeAttribute("aria-activedescendant");
  }

  choose(option) {
    this.active?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  key(event) {
    const options = this.options;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && options.length) this.close();
    else if (event.key === "Enter" && this.active) this.go(this.active);
    else if (step && options.length) {
      const from = this.active ? options.indexOf(this.active) : step > 0 ? -1 : 0;
      this.choose(options[(from + step + options.length) % options.length]);
    } else return;
    event.preventDefault();
  }

  go(option) {
    if (option) location.assign(option.dataset.href);
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new Suggestions(input);

if (document.documentElement.dataset.shortcuts !== "off") {
  document.addEventListener("keydown", (event) => {
    const field = document.querySelector(".find input[type=search]");
    if (event.key !== "/" || !field || event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    field.focus();
  });
}
