// States as word + shape + colour, so that none of the three is needed to understand the other two.
import type { ReactNode } from 'react';

export type Tone = 'red' | 'orange' | 'green' | 'accent' | 'neutral' | 'faint';
export type Shape = 'tick' | 'cross' | 'triangle' | 'half' | 'hollow' | 'dot' | 'square' | 'pause' | 'ring';

const paths: Record<Shape, ReactNode> = {
  tick: (
    <>
      <circle cx="6" cy="6" r="5.5" fill="currentColor" />
      <path d="m3.6 6.2 1.7 1.7 3.2-3.6" stroke="var(--surface)" strokeWidth="1.5" fill="none" />
    </>
  ),
  cross: (
    <>
      <circle cx="6" cy="6" r="5.5" fill="currentColor" />
      <path d="m4 4 4 4m0-4L4 8" stroke="var(--surface)" strokeWidth="1.5" fill="none" />
    </>
  ),
  triangle: <path d="M6 .8 11.6 11H.4Z" fill="currentColor" />,
  half: (
    <>
      <circle cx="6" cy="6" r="4.8" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M6 1.2a4.8 4.8 0 0 1 0 9.6Z" fill="currentColor" />
    </>
  ),
  hollow: (
    <circle
      cx="6"
      cy="6"
      r="4.8"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeDasharray="2.2 1.6"
    />
  ),
  dot: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  square: <rect x="1.5" y="1.5" width="9" height="9" rx="1.5" fill="currentColor" />,
  pause: <path d="M2.5 1.5h2.6v9H2.5zM6.9 1.5h2.6v9H6.9z" fill="currentColor" />,
  ring: <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="2" />,
};

export function ShapeMark({ shape, tone }: { shape: Shape; tone: Tone }) {
  return (
    <svg className={`shape tone-${tone}`} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {paths[shape]}
    </svg>
  );
}

/** A state in a line of text. */
export function Mark({ tone, shape, children }: { tone: Tone; shape: Shape; children: ReactNode }) {
  return (
    <span className={`mark tone-${tone}`}>
      <ShapeMark shape={shape} tone={tone} />
      <span>{children}</span>
    </span>
  );
}

/** A state as a filled label: for the one state a page is about. */
export function Badge({ tone, shape, children }: { tone: Tone; shape?: Shape; children: ReactNode }) {
  return (
    <span className={`badge badge-${tone}`}>
      {shape && <ShapeMark shape={shape} tone={tone} />}
      {children}
    </span>
  );
}
