// The time that has passed since a start. Inside a page the monotonic clock leads, so that setting the device's clock
// changes nothing. Where the page stood still (screen lock, sleep, a reload), that clock may have stood still too:
// there the difference of the wall clock is the truth.

const GAP_MS = 1500;
let timesHidden = 0;

document.addEventListener("visibilitychange", () => {
  if (document.hidden) timesHidden += 1;
});

export class Clock {
  // `anchor` is what another page kept of this clock: the time that had passed, and the wall clock at that moment.
  constructor(anchor) {
    Object.assign(this, { ms: anchor?.ms ?? 0, mono: performance.now(), wall: anchor?.wall ?? Date.now() });
    Object.assign(this, { timesHidden, dark: document.hidden, restored: Boolean(anchor), away: false });
  }

  // Brings the clock up to now, in milliseconds; `stood` says whether the page stood still since the last time.
  tick() {
    const [mono, wall] = [performance.now(), Date.now()];
    const [ticked, passed] = [mono - this.mono, wall - this.wall];
    const dark = this.dark || document.hidden || this.timesHidden !== timesHidden;
    this.stood = dark || (this.restored ? passed : ticked) > GAP_MS;
    this.ms += this.stood || this.restored ? Math.max(ticked, passed) : ticked;
    this.away ||= this.stood;
    Object.assign(this, { mono, wall, timesHidden, dark: document.hidden, restored: false });
    return this.ms;
  }

  get anchor() {
    return { ms: this.ms, wall: this.wall };
  }
}

// What outlives a reload of this tab. Where the browser keeps nothing, the watch merely does not.
export const kept = {
  get(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value) sessionStorage.setItem(key, JSON.stringify(value));
      else sessionStorage.removeItem(key);
    } catch {
      // Nothing is lost that the page itself does not hold.
    }
  },
};
