// On pages of nobody: the other tabs of this device learn that the sign-in has ended.

for (const name of Object.keys(localStorage)) if (name.startsWith("session-")) localStorage.removeItem(name);
