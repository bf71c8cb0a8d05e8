// The panel that prints: what is chosen shows at once, and what is not made yet is made while the page is there.

const form = document.querySelector("[data-print]");
const state = document.querySelector("[data-state]");
const again = form.querySelector("[data-show]");
let asked;

const say = (words = "", values = {}) => {
  state.textContent = words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
};

// Each picture that has come makes place for the words about the next one.
function follow(printed) {
  const pictures = [...printed.querySelectorAll(".sheet img")];
  const tell = () => {
    const made = pictures.filter((picture) => picture.complete).length;
    if (made === pictures.length) say();
    else say(state.dataset.page, { page: made + 1, pages: pictures.length });
  };
  for (const picture of pictures) {
    picture.addEventListener("load", tell);
    picture.addEventListener("error", tell);
  }
  tell();
}

// While it is made a blank page stands where the buttons were.
function wait(isMaking) {
  const printed = document.querySelector("#printed");
  const blank = printed.querySelector("[data-blank]");
  if (!blank) return;
  blank.hidden = !isMaking;
  blank.nextElementSibling.hidden = isMaking;
}

function begin() {
  const printed = document.querySelector("#printed");
  const make = printed.querySelector("[data-make]");
  if (!make) return follow(printed);
  say(state.dataset.making);
  wait(true);
  return show(make.href);
}

function fail() {
  say(state.dataset.failed);
  again.hidden = false;
  wait(false);
}

async function show(address) {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  const html = await fetch(address, { signal }).then((answer) => answer.text()).catch(() => null);
  if (signal.aborted) return;
  if (html === null) return fail();
  const page = new DOMParser().parseFromString(html, "text/html");
  const printed = page.querySelector("#printed");
  // Signed out meanwhile, or nothing that can be shown here: the browser opens it itself.
  if (!printed) return location.assign(address);
  again.hidden = true;
  document.querySelector("#printed").replaceWith(document.adoptNode(printed));
  await begin();
}

form.addEventListener("change", () => {
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  history.replaceState(null, "", address);
  say(state.dataset.making);
  show(address);
});
again.hidden = true;
begin();
