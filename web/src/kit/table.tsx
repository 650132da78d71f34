// The table of every list: sticky head, widths people choose, keyboard walk, cards on phones.
import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keep, kept } from './keep';
import { useKeys } from './keys';
import { useTheme } from './theme';

export interface Column<T> {
  key: string;
  title: string;
  width?: number;
  align?: 'right';
  /** Sort name the server knows; the head becomes a button. */
  sort?: string;
  render: (row: T) => ReactNode;
}

interface TableProps<T> {
  /** Name under which widths are kept. */
  name: string;
  label: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  card?: (row: T) => ReactNode;
  sort?: string;
  onSort?: (sort: string) => void;
  open?: string | null;
  onOpen?: (row: T) => void;
  onOpenFull?: (row: T) => void;
  footer?: ReactNode;
}

const narrowest = 56;

/** The row the keyboard stands on; j and k move it, Enter opens, Ctrl-Enter opens fully. */
function useWalk<T>({ rows, rowKey, onOpen, onOpenFull, open }: TableProps<T>) {
  const [at, setAt] = useState<number>(-1);
  const place = open ? rows.findIndex((row) => rowKey(row) === open) : at;
  const step = (by: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, place + by));
    setAt(next);
    const row = rows[next];
    if (open && row) onOpen?.(row);
  };
  const act = (what?: (row: T) => void) => {
    const row = rows[place];
    if (row) what?.(row);
  };
  useKeys(
    {
      j: () => step(1),
      k: () => step(-1),
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => act(onOpen),
      'Ctrl+Enter': () => act(onOpenFull ?? onOpen),
    },
    Boolean(onOpen) && rows.length > 0,
  );
  return { place, setAt };
}

function useWidths(name: string) {
  const [widths, setWidths] = useState<Record<string, number>>(() => kept(`widths.${name}`, {}));
  const start = (key: string, from: number) => (event: ReactPointerEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const origin = event.clientX;
    let latest = widths;
    const move = (moved: PointerEvent) => {
      latest = { ...latest, [key]: Math.max(narrowest, from + moved.clientX - origin) };
      setWidths(latest);
    };
    const end = () => {
      window.removeEventListener('pointermove', move);
      keep(`widths.${name}`, latest);
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end, { once: true });
  };
  return { widths, start };
}

function Head<T>({ column, props, resize }: { column: Column<T>; props: TableProps<T>; resize: ReactNode }) {
  const sorted = column.sort && props.sort?.replace('-', '') === column.sort ? props.sort : undefined;
  const direction = sorted?.startsWith('-') ? 'descending' : 'ascending';
  return (
    <th
      scope="col"
      aria-sort={sorted ? direction : undefined}
      className={column.align === 'right' ? 'right' : undefined}
    >
      {column.sort && props.onSort ? (
        <button
          type="button"
          className="sort"
          onClick={() => props.onSort?.(sorted === `-${column.sort}` ? column.sort! : `-${column.sort}`)}
        >
          {column.title}
          <span aria-hidden="true" className="sort-mark">
            {sorted ? (direction === 'descending' ? '↓' : '↑') : ''}
          </span>
        </button>
      ) : (
        column.title
      )}
      {resize}
    </th>
  );
}

export function Table<T>(props: TableProps<T>) {
  const { columns, rows, rowKey, card, footer, open } = props;
  const { t } = useTranslation();
  const { phone } = useTheme();
  const { place, setAt } = useWalk(props);
  const { widths, start } = useWidths(props.name);
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    body.current?.children[place]?.scrollIntoView({ block: 'nearest' });
  }, [place]);

  if (phone && card)
    return (
      <>
        <ul className="cards" aria-label={props.label}>
          {rows.map((row) => (
            <li key={rowKey(row)}>{card(row)}</li>
          ))}
        </ul>
        {footer}
      </>
    );
  const width = (column: Column<T>) => widths[column.key] ?? column.width;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={props.label}>
      <table className="table">
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} style={{ width: width(column) }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head
                key={column.key}
                column={column}
                props={props}
                resize={
                  <span
                    className="resize"
                    aria-hidden="true"
                    title={t('kit.resize')}
                    onPointerDown={start(column.key, width(column) ?? 160)}
                  />
                }
              />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, index) => (
            <tr
              key={rowKey(row)}
              className={props.onOpen ? 'row-link' : undefined}
              data-at={index === place || undefined}
              data-open={open === rowKey(row) || undefined}
              onClick={(event) => {
                if ((event.target as HTMLElement).closest('a,button,input')) return;
                setAt(index);
                if (event.ctrlKey || event.metaKey) (props.onOpenFull ?? props.onOpen)?.(row);
                else props.onOpen?.(row);
              }}
            >
              {columns.map((column) => (
                <td key={column.key} className={column.align === 'right' ? 'right figures' : undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {footer}
    </div>
  );
}
