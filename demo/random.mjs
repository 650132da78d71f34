// Chance: a seeded sequence, so that the same seed always tells the same story, and passwords from the
// machine's own randomness, so that no two organisations share one.
import { randomInt } from 'node:crypto';

/** A sequence of numbers in [0, 1) that depends on the seed alone (mulberry32). */
export function sequence(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
    chance: (probability) => next() < probability,
  };
}

// Without the letters and digits that are mistaken for one another on paper.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const CAPITALS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '23456789';

/** Four groups of four, with capitals, small letters and digits in every group. */
export function password() {
  const draw = (alphabet) => alphabet[randomInt(alphabet.length)];
  const group = () => draw(CAPITALS) + draw(LETTERS) + draw(DIGITS) + draw(LETTERS + DIGITS);
  return [group(), group(), group(), group()].join('-');
}
