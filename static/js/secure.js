// Says what is missing where the browser does not count the connection as secure.

const notice = document.querySelector("[data-insecure]");
if (notice && !globalThis.isSecureContext) notice.hidden = false;
