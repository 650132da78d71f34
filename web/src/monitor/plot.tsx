// A line chart on uPlot. All charts with the same `group` share the cursor.
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatValue } from '@/kit/format';
import { useTheme } from '@/kit/theme';
import { colour, type Scheme } from '@/kit/tokens';
import type { Columns } from './series';
import { lineTone } from './strokes';

export interface PlotProps {
  columns: Columns;
  unit: string;
  from: number;
  to: number;
  group: string;
  warning?: number | null;
  critical?: number | null;
  maximum?: number | null;
  /** Stretches of time that stand out, in seconds. */
  bands?: { from: number; to: number }[];
  /** Further thresholds, each in the tone of its state. */
  lines?: { at: number; tone: 'red' | 'orange' | 'green' | 'faint' }[];
  minimum?: number | null;
  stacked?: boolean;
  onMoment?: (at: number) => void;
  /** Pixels, or as tall as the place it stands in. */
  height?: number | 'fill';
}

function drawThreshold(plot: uPlot, stroke: string, threshold: number | null | undefined): void {
  if (threshold === null || threshold === undefined) return;
  const { ctx, bbox } = plot;
  const y = plot.valToPos(threshold, 'y', true);
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

function drawBands(plot: uPlot, fill: string, bands: PlotProps['bands'] = []): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = fill;
  for (const band of bands) {
    const place = (at: number) =>
      Math.min(bbox.left + bbox.width, Math.max(bbox.left, plot.valToPos(at, 'x', true)));
    const left = place(band.from);
    // A short one must not vanish.
    ctx.fillRect(left, bbox.top, Math.max(place(band.to) - left, 2 * devicePixelRatio), bbox.height);
  }
  ctx.restore();
}

function optionsOf(props: PlotProps, scheme: Scheme, width: number, height: number): uPlot.Options {
  const { columns, unit, from, to, group, warning, critical, maximum, minimum, bands, lines = [] } = props;
  const axis = {
    stroke: colour(scheme, 'muted'),
    font: '11px -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", sans-serif',
    grid: { stroke: colour(scheme, 'line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { sync: { key: group }, y: false, points: { size: 6 } },
    scales: {
      x: { time: true, range: [from, to] },
      y: {
        range: (_plot, _low, high) => {
          const top = Math.max(high ?? 0, 0);
          const ceiling = maximum ?? (unit === 'percent' ? 100 : unit === 'ratio' ? 1 : null);
          const floor = minimum ?? Math.min(_low ?? 0, 0);
          if (ceiling !== null) return [minimum ?? 0, Math.max(ceiling, top)];
          return [floor, top <= floor ? floor + 1 : top * 1.1];
        },
      },
    },
    axes: [
      { ...axis, size: 26, gap: 3, space: 70, values: timeLabels },
      {
        ...axis,
        size: 70,
        // A tall chart needs no more lines than a low one.
        space: Math.max(26, height / 9),
        values: (_plot, marks) => marks.map((mark) => formatValue(mark, unit)),
      },
    ],
    series: [
      {},
      ...columns.lines.map((line, index) => ({
        label: line.label,
        stroke: lineTone(scheme, index),
        width: 1.5,
        ...(props.stacked ? { fill: `${lineTone(scheme, index)}40` } : {}),
        points: { show: false },
        spanGaps: false,
      })),
    ],
    hooks: {
      drawClear: [(plot) => drawBands(plot, colour(scheme, 'red-soft'), bands)],
      draw: [
        (plot) => drawThreshold(plot, colour(scheme, 'orange'), warning),
        (plot) => drawThreshold(plot, colour(scheme, 'red'), critical),
        ...lines.map(
          ({ at, tone }) =>
            (plot: uPlot) =>
              drawThreshold(plot, colour(scheme, tone), at),
        ),
      ],
    },
  };
}

const two = (n: number) => String(n).padStart(2, '0');

function timeLabels(plot: uPlot, marks: number[]): string[] {
  const long = (plot.scales.x?.max ?? 0) - (plot.scales.x?.min ?? 0) > 2 * 86_400;
  return marks.map((mark) => {
    const d = new Date(mark * 1000);
    return long
      ? `${two(d.getMonth() + 1)}-${two(d.getDate())}`
      : `${two(d.getHours())}:${two(d.getMinutes())}`;
  });
}

export default function Plot(props: PlotProps & { onCursor?: (at: number | null) => void }) {
  const { scheme } = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const current = useRef(props);
  useEffect(() => {
    current.current = props;
  });
  const shape = JSON.stringify([
    props.unit,
    props.columns.lines.map((line) => line.label),
    props.warning,
    props.critical,
    props.maximum,
    props.minimum,
    props.stacked,
    props.lines,
    props.bands,
    props.height,
    scheme,
  ]);
  const { columns, from, to } = props;

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const tall = () =>
      typeof current.current.height === 'number' ? current.current.height : element.clientHeight || 180;
    const height = current.current.height === undefined ? 180 : tall();
    const options = optionsOf(current.current, scheme, element.clientWidth || 400, height);
    options.hooks = {
      ...options.hooks,
      setCursor: [(made) => current.current.onCursor?.(made.cursor.idx ?? null)],
    };
    const data = [current.current.columns.times, ...current.current.columns.lines.map((line) => line.values)];
    const made = new uPlot(options, data as uPlot.AlignedData, element);
    plot.current = made;
    made.over.addEventListener('click', () => {
      const index = made.cursor.idx;
      const at = index === null || index === undefined ? undefined : made.data[0][index];
      if (at !== undefined) current.current.onMoment?.(at);
    });
    const observer = new ResizeObserver(() => {
      if (element.clientWidth)
        made.setSize({
          width: element.clientWidth,
          height: current.current.height === 'fill' ? tall() : options.height,
        });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [shape, scheme]);

  useEffect(() => {
    const made = plot.current;
    if (!made) return;
    made.setData([columns.times, ...columns.lines.map((line) => line.values)] as uPlot.AlignedData, false);
    made.setScale('x', { min: from, max: to });
  }, [columns, from, to]);

  return <div ref={place} className={props.height === 'fill' ? 'plot plot-fill' : 'plot'} />;
}
