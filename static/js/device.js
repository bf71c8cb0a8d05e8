// What this device keeps of open screenings, encrypted: entries until the server has them, and the pages of their steps.
// The key comes from the server to somebody signed in, cannot be read out of the browser, and goes at sign-out.

const NAME = "gluteal-screen";
const STORES = ["secret", "entries", "pages"];

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name, { keyPath: "id" }));
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

async function within(store, mode, work) {
  const transaction = (await database()).transaction(store, mode, { durability: "strict" });
  const request = work(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

const bytes = (text) => new TextEncoder().encode(text);

export const secret = () => within("secret", "readonly", (store) => store.get("own"));

export async function holdKey(user, encoded) {
  const raw = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  await within("secret", "readwrite", (store) => store.put({ id: "own", user, key }));
  return { user, key };
}

async function sealed(key, id, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(id) }, key, bytes(JSON.stringify(value)));
  return { iv, data };
}

async function unsealed(key, row) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv, additionalData: bytes(row.id) }, key, row.data);
  return JSON.parse(new TextDecoder().decode(plain));
}

export async function keep(store, own, id, value) {
  const row = { id, user: own.user, ...(await sealed(own.key, id, value)) };
  await within(store, "readwrite", (rows) => rows.put(row));
}

export async function recall(store, own, id) {
  const row = await within(store, "readonly", (rows) => rows.get(id));
  return row?.user === own.user ? unsealed(own.key, row) : undefined;
}

// Rows of somebody else stay closed: neither shown nor sent nor counted.
export async function recallAll(store, own) {
  const rows = await within(store, "readonly", (all) => all.getAll());
  const mine = rows.filter((row) => row.user === own.user);
  return Promise.all(mine.map(async (row) => [row.id, await unsealed(own.key, row)]));
}

export const forget = (store, id) => within(store, "readwrite", (rows) => rows.delete(id));
export const forgetPages = () => within("pages", "readwrite", (rows) => rows.clear());

// At sign-out and at time-out: what is still to be sent stays closed until the same person signs in again.
export async function lock() {
  await forgetPages();
  await forget("secret", "own");
}
