// A board cut into faces for a wall: whole rows of panels, as many as can be read at once.
import { columns } from './edit';
import type { BoardContent, BoardPanel } from '@/api/boards';

export interface Face {
  title: string;
  panels: BoardPanel[];
  /** Grid rows the panels need. */
  height: number;
}

/** Lines of panels as the grid lays them: side by side until twelve columns are full. */
function linesOf(panels: BoardPanel[]): BoardPanel[][] {
  const lines: BoardPanel[][] = [];
  let left = 0;
  for (const panel of panels) {
    const line = lines[lines.length - 1];
    if (line && panel.span <= left) {
      line.push(panel);
      left -= panel.span;
    } else {
      lines.push([panel]);
      left = columns - panel.span;
    }
  }
  return lines;
}

const tallest = (line: BoardPanel[]) => Math.max(...line.map((panel) => panel.height));

/** Folded rows are left out; a row goes on in the next face when it is too tall for one. */
export function facesOf(board: BoardContent, most: number): Face[] {
  const faces: Face[] = [];
  for (const row of board.rows.filter((one) => !one.folded || !one.title))
    for (const line of linesOf(row.panels)) {
      const last = faces[faces.length - 1];
      const height = tallest(line);
      if (last && last.title === row.title && last.height + height <= most) {
        last.panels.push(...line);
        last.height += height;
      } else if (last && row.title === '' && last.height + height <= most) {
        last.panels.push(...line);
        last.height += height;
      } else faces.push({ title: row.title, panels: [...line], height });
    }
  return faces;
}
