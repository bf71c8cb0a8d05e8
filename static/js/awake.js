// Keeps the screen on while something is timed. The browser lets go when the page is hidden, so it is asked again.

let holders = 0;
let lock = null;

async function ask() {
  if (!holders || lock || document.hidden) return;
  lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
  lock?.addEventListener("release", () => (lock = null));
  if (!holders) lock?.release();
}

// Returns what lets the screen go off again.
export function stayAwake() {
  holders += 1;
  ask();
  return () => {
    holders -= 1;
    if (!holders) lock?.release();
  };
}

document.addEventListener("visibilitychange", ask);
