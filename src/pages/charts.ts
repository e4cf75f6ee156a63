import { escapeHtml, formatCount, formatShort } from "./html.ts";

/** A point of a chart: what stands on the axis and how much. */
export interface ChartPoint {
  readonly label: string;
  readonly value: number;
}

/** What a chart is called and says, for people who do not see it. */
export interface ChartText {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

const WIDTH = 340;
const HEIGHT = 180;
const LEFT = 42;
const RIGHT = 8;
const TOP = 12;
const BOTTOM = 26;

/**
 * Draws how something grew as a filled line, as inline SVG.
 *
 * The drawing is 340 units wide, so that its texts keep their size on a phone.
 *
 * @param points In order; fewer than two draw nothing but the axis.
 * @param text Title and description.
 */
export function areaChart(points: readonly ChartPoint[], text: ChartText): string {
  const most = axisTop(Math.max(0, ...points.map((point) => point.value)));
  const x = (index: number) =>
    LEFT + (WIDTH - LEFT - RIGHT) * (points.length < 2 ? 0 : index / (points.length - 1));
  const y = (value: number) => HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value / most);
  const line = points.map((point, index) => `${round(x(index))},${round(y(point.value))}`);
  const ground = HEIGHT - BOTTOM;
  const grid = [0, 0.5, 1].map((share) => {
    const at = round(y(most * share));
    return `<line class="grid" x1="${LEFT}" y1="${at}" x2="${WIDTH - RIGHT}" y2="${at}"/>` +
      `<text class="tick" x="${LEFT - 6}" y="${at + 4}" text-anchor="end">${
        formatShort(most * share)
      }</text>`;
  });
  const labels = labelPlaces(points.length).map((index) => {
    const anchor = index === 0 ? "start" : index === points.length - 1 ? "end" : "middle";
    return `<text class="tick" x="${round(x(index))}" y="${HEIGHT - 7}" text-anchor="${anchor}">${
      escapeHtml(points[index]!.label)
    }</text>`;
  });
  const area = line.length < 2
    ? ""
    : `<polygon class="area" points="${LEFT},${ground} ${line.join(" ")} ${
      round(x(points.length - 1))
    },${ground}"/><polyline class="line" points="${line.join(" ")}"/>`;
  return svg(text, `0 0 ${WIDTH} ${HEIGHT}`, "chart", [...grid, area, ...labels].join(""));
}

/** Draws a share as a thin bar, as inline SVG; `share` is 0 to 1. The number itself stands beside it as text. */
export function bar(share: number): string {
  const width = round(100 * Math.min(1, Math.max(0, share)));
  return `<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">` +
    `<rect class="track" width="100" height="4"/><rect class="fill" width="${width}" height="4"/></svg>`;
}

/** Draws the parts of a whole as one bar, as inline SVG; parts take turns through five colours. */
export function stackedBar(parts: readonly ChartPoint[], text: ChartText): string {
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  let at = 0;
  const rectangles = parts.map(({ label, value }, index) => {
    const width = total === 0 ? 0 : 340 * value / total;
    const drawn = `<rect class="part part-${index % 5}" x="${round(at)}" width="${
      round(width)
    }" height="16"><title>${escapeHtml(label)}: ${formatCount(value)}</title></rect>`;
    at += width;
    return drawn;
  });
  return svg(text, "0 0 340 16", "stack", rectangles.join(""));
}

function svg(
  { id, title, description }: ChartText,
  box: string,
  kind: string,
  body: string,
): string {
  const stretch = kind === "stack" ? ` preserveAspectRatio="none"` : "";
  return `<svg class="${kind}" viewBox="${box}"${stretch} role="img" aria-labelledby="${id}-title ${id}-desc">` +
    `<title id="${id}-title">${escapeHtml(title)}</title>` +
    `<desc id="${id}-desc">${escapeHtml(description)}</desc>${body}</svg>`;
}

// The next 1, 2, 2.5 or 5 times a power of ten, so that the half is a round number too.
function axisTop(value: number): number {
  if (value <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].find((factor) => value <= factor * power);
  return (step ?? 10) * power;
}

function labelPlaces(count: number): number[] {
  if (count === 0) return [];
  if (count < 3) return [0, count - 1].slice(0, count);
  return [0, Math.floor((count - 1) / 2), count - 1];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
