// Lets an open screening go on without a network: static files and the steps that this device keeps. Nothing else of a
// patient is kept, and without the key of the person signed in nothing of it can be read.

import { forgetPages, recall, secret } from "./device.js";

const FILES = "files";
const STEP = /^(.*\/screenings\/\d+\/)steps\/[^/]+$/;
const base = new URL(registration.scope).pathname;

// The page without a network with all that it needs.
async function install() {
  const [files, page] = [await caches.open(FILES), new Request(`${base}offline`, { credentials: "omit" })];
  const answer = await fetch(page);
  await files.put(page, answer.clone());
  const needed = [...(await answer.text()).matchAll(/(?:src|href)="([^"]*\/static\/[^"]+)"/g)].map(([, file]) => file);
  await files.addAll([...new Set(needed), `${base}static/js/device.js`]);
  await skipWaiting();
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

async function stored(request) {
  const response = await fetch(request);
  if (response.ok) (await caches.open(FILES)).put(request, response.clone());
  return response;
}

// A file with its version in the address never changes; the others are asked for first.
async function file(request) {
  const url = new URL(request.url);
  const lasting = url.searchParams.has("v") || url.pathname.includes("/fonts/");
  if (lasting) return (await caches.match(request)) ?? stored(request);
  return stored(request).catch(async () => (await caches.match(request, { ignoreSearch: true })) ?? Response.error());
}

async function kept(path) {
  const bundle = `${STEP.exec(path)[1]}kept`;
  const own = await secret();
  const found = own && (await recall("pages", own, bundle));
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": found?.policy };
  return found?.pages[path] ? new Response(found.pages[path], { headers }) : null;
}

const AWAY = new Set([502, 503, 504]);

async function step(request) {
  const response = await fetch(request).catch(() => null);
  if (response && !AWAY.has(response.status)) return response;
  return (await kept(new URL(request.url).pathname).catch(() => null)) ?? response ?? offline();
}

async function offline() {
  return (await caches.match(`${base}offline`)) ?? Response.error();
}

async function signOut(request) {
  await forgetPages().catch(() => {});
  return fetch(request);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin || !url.pathname.startsWith(base)) return;
  if (request.method === "POST" && url.pathname === `${base}sign-out`) event.respondWith(signOut(request));
  else if (request.method !== "GET") return;
  else if (url.pathname.startsWith(`${base}static/`)) event.respondWith(file(request));
  else if (request.mode === "navigate" && STEP.test(url.pathname)) event.respondWith(step(request));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(offline));
});
