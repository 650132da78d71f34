// Colours of chart lines: none of them is red, orange or green, which mean state.
import type { Scheme } from '@/kit/tokens';

const strokes: Record<Scheme, string[]> = {
  light: ['#2356b8', '#0d7f8a', '#7a4fb5', '#64748b', '#a8407c', '#8a6a1f', '#1f86c9', '#5b5f97'],
  dark: ['#7aa5ff', '#4fc3d0', '#b799ee', '#9aa8ba', '#e58cbc', '#d6c48a', '#6dbdf2', '#a4a8e0'],
};

export function lineTone(scheme: Scheme, index: number): string {
  const list = strokes[scheme];
  return list[index % list.length] ?? list[0]!;
}
