// The one clock that everything follows: a day after C-day, playing or not.
export const SPEEDS = [0.5, 1, 2, 4]; // days a second

export const clock = $state({ day: 0, last: 30, playing: false, speed: 1 });

let frame = 0;
let before = 0;

export function seek(day: number) {
  clock.day = Math.min(Math.max(day, 0), clock.last);
}

export function play(on: boolean) {
  clock.playing = on;
  cancelAnimationFrame(frame);
  if (!on) return;
  if (clock.day >= clock.last) clock.day = 0;
  before = performance.now();
  frame = requestAnimationFrame(tick);
}

function tick(now: number) {
  seek(clock.day + ((now - before) / 1000) * clock.speed);
  before = now;
  if (clock.day >= clock.last) clock.playing = false;
  else frame = requestAnimationFrame(tick);
}
