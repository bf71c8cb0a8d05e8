// Lists on the page without a network the screenings that this device keeps for the person who signed in last.

import { recallAll, secret } from "./device.js";

const list = document.querySelector("[data-kept]");

function link(pages) {
  const row = document.createElement("li");
  row.append(Object.assign(document.createElement("a"), { className: "rowlink", href: Object.keys(pages)[0], textContent: list.dataset.words }));
  return row;
}

const own = await secret().catch(() => undefined);
const kept = own ? await recallAll("pages", own) : [];
list.replaceChildren(...kept.map(([, { pages }]) => link(pages)));
document.querySelector("[data-none]").hidden = kept.length > 0;
