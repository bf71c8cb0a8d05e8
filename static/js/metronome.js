// The beat of squats and step-downs: a sound and a mark that changes. Each beat is set by the clock, so that it does not
// drift. The sound is made on the first tap, before which a browser allows none.

import { stayAwake } from "./awake.js";
import { onStep } from "./step.js";

const TONE_HZ = 880;
const TONE_S = 0.06;
const LOUD = 0.4;

let sound = null;

function tone() {
  if (sound?.state !== "running") return;
  const [oscillator, gain] = [sound.createOscillator(), sound.createGain()];
  oscillator.frequency.value = TONE_HZ;
  gain.gain.setValueAtTime(LOUD, sound.currentTime);
  gain.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + TONE_S);
  oscillator.connect(gain).connect(sound.destination);
  oscillator.start();
  oscillator.stop(sound.currentTime + TONE_S);
}

class Metronome {
  constructor(button) {
    Object.assign(this, { button, mark: button.querySelector("[data-beat]"), sub: button.querySelector("[data-beat-sub]") });
    this.period = 60000 / Number(button.dataset.metronome);
    button.hidden = false;
    button.addEventListener("click", () => (this.sleep ? this.stop() : this.start()));
  }

  start() {
    if (globalThis.AudioContext) sound ??= new AudioContext();
    this.sleep = stayAwake();
    this.beats = 0;
    this.started = performance.now();
    this.say();
    // A browser that holds the sound back gives the beat to the eye alone.
    sound?.resume().catch(() => {});
    this.beat();
  }

  // Beats that a sleeping page missed are not made up for.
  beat() {
    this.beats += 1;
    tone();
    this.mark.textContent = this.beats;
    this.mark.classList.toggle("beat-odd", this.beats % 2 === 1);
    const passed = performance.now() - this.started;
    const next = (Math.round(passed / this.period) + 1) * this.period;
    this.timer = setTimeout(() => this.beat(), next - passed);
  }

  stop() {
    clearTimeout(this.timer);
    this.sleep?.();
    this.sleep = null;
    this.say();
  }

  say() {
    const runs = Boolean(this.sleep);
    this.button.setAttribute("aria-pressed", runs);
    this.button.classList.toggle("beat-run", runs);
    this.sub.textContent = runs ? this.sub.dataset.running : this.sub.dataset.ready;
    if (!runs) this.mark.textContent = "";
  }
}

let metronomes = [];

onStep((main) => {
  metronomes = [...main.querySelectorAll("[data-metronome]")].map((button) => new Metronome(button));
  return () => metronomes.forEach((metronome) => metronome.stop());
});

document.addEventListener("keydown", (event) => {
  const running = metronomes.find((metronome) => metronome.sleep);
  if (event.key !== "Escape" || event.defaultPrevented || !running) return;
  event.preventDefault();
  running.stop();
});
