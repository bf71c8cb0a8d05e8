// What the parts of a step do when it comes on the screen: when the page is loaded, and again after a move in place.

const starts = [];
let leaves = [];

const begin = (start) => start(document.querySelector("main"));

// start(main) may return a function that is called before this step leaves the screen.
export function onStep(start) {
  starts.push(start);
  leaves.push(begin(start));
}

export function showStep() {
  leaves = starts.map(begin);
}

export function leaveStep() {
  for (const leave of leaves) leave?.();
  leaves = [];
}
