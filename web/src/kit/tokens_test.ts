// Contrast of text on every surface, WCAG AA.
import { expect, test } from 'vitest';
import { colour, type Colour, type Scheme } from './tokens';

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const texts: Colour[] = ['text', 'muted', 'faint', 'accent-text', 'red', 'orange', 'green'];
const grounds: Colour[] = ['ground', 'surface', 'raised', 'sunken', 'hover'];

test.each(['light', 'dark'] as Scheme[])('text is readable on every surface, %s', (scheme) => {
  for (const text of texts)
    for (const ground of grounds)
      expect([text, ground, contrast(colour(scheme, text), colour(scheme, ground)) >= 4.5]).toEqual([
        text,
        ground,
        true,
      ]);
});

test.each(['light', 'dark'] as Scheme[])('states are readable on their own soft ground, %s', (scheme) => {
  for (const [text, ground] of [
    ['red', 'red-soft'],
    ['orange', 'orange-soft'],
    ['green', 'green-soft'],
    ['accent-text', 'accent-soft'],
  ] as [Colour, Colour][])
    expect(contrast(colour(scheme, text), colour(scheme, ground))).toBeGreaterThanOrEqual(4.5);
  expect(contrast('#ffffff', colour(scheme, 'accent'))).toBeGreaterThanOrEqual(4.5);
});
