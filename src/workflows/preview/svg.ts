import { sha256OfText } from "../../base/mod.ts";
import type { Workflow } from "../graph/mod.ts";
import { layoutNodes, type NodeBox, TITLE_HEIGHT } from "./layout.ts";

/** What is drawn besides the workflow itself. */
export interface PreviewOptions {
  /** Classes that nothing provides; their nodes are marked. */
  readonly missing?: ReadonlySet<string>;
}

const MARGIN = 40;
const SLOT_HEIGHT = 20;
const MAX_TEXT = 60;

/** Tells a drawing of ours, which can be drawn again, from one that somebody has worked on. */
const SIGN = /^<!-- Drawn by comfydock workflow inspect, ([0-9a-f]{64}) -->$/;

/** Whether a text is a drawing as {@linkcode drawWorkflow} made it, not a letter changed. */
export function isDrawing(text: string): boolean {
  const [first, sign = "", ...rest] = text.split("\n");
  return SIGN.exec(sign)?.[1] === sha256OfText([first, ...rest].join("\n"));
}

function signed([first = "", ...rest]: readonly string[]): string {
  const digest = sha256OfText([first, ...rest].join("\n"));
  return [first, `<!-- Drawn by comfydock workflow inspect, ${digest} -->`, ...rest].join("\n");
}

/** Draws the graph of a workflow: nodes, links, frames, what is missing, muted and bypassed. */
export function drawWorkflow(
  workflow: Workflow,
  { missing = new Set() }: PreviewOptions = {},
): string {
  const boxes = layoutNodes(workflow);
  const frames = workflow.groups.filter(({ scope }) => scope.length === 0);
  const corners = [
    ...boxes.map(({ x, y, width, height }) => [x, y - TITLE_HEIGHT, x + width, y + height]),
    ...frames.map(({ bounds: [x, y, width, height] }) => [x, y, x + width, y + height]),
  ];
  const edge = (index: number, pick: (...values: number[]) => number) =>
    corners.reduce(
      (result, corner) => pick(result, corner[index]!),
      index < 2 ? Infinity : -Infinity,
    );
  const [left, top] = [edge(0, Math.min), edge(1, Math.min)].map((value) => finite(value) - MARGIN);
  const [right, bottom] = [edge(2, Math.max), edge(3, Math.max)].map((value) =>
    finite(value) + MARGIN
  );
  const view = [left!, top!, right! - left!, bottom! - top!].map(round);
  const byId = new Map(boxes.map((box) => [box.node.id, box]));
  return signed([
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${
      view.join(" ")
    }" font-family="sans-serif" font-size="14">`,
    `<rect x="${view[0]}" y="${view[1]}" width="${view[2]}" height="${view[3]}" fill="#1e1e22"/>`,
    ...frames.map(({ title, bounds, color }) => drawFrame(title, bounds, color)),
    ...workflow.links.filter(({ scope }) => scope.length === 0).flatMap((link) => {
      const [from, to] = [byId.get(link.from), byId.get(link.to)];
      const slot = typeof link.toSlot === "number"
        ? link.toSlot
        : to?.node.inputs.findIndex(({ name }) => name === link.toSlot) ?? 0;
      return from && to ? [drawLink(from, link.fromSlot, to, slot)] : [];
    }),
    ...boxes.map((box) => drawNode(box, missing.has(box.node.type))),
    "</svg>\n",
  ]);
}

function drawNode({ node, x, y, width, height }: NodeBox, isMissing: boolean): string {
  const fill = isMissing ? "#5a1d1d" : node.role === "node" ? "#353540" : "#27394d";
  const stroke = isMissing ? "#ff5555" : "#101014";
  const faded = node.mode === "active" ? "" : ' opacity="0.45"';
  const state = [
    node.mode === "active" ? "" : node.mode,
    isMissing ? "missing" : "",
  ].filter(Boolean).join(", ");
  const title = node.title ?? node.type;
  return [
    `<g${faded}>`,
    `<title>${escape(`${node.id}: ${node.type}${state ? ` (${state})` : ""}`)}</title>`,
    `<rect x="${round(x)}" y="${round(y - TITLE_HEIGHT)}" width="${round(width)}" height="${
      round(height + TITLE_HEIGHT)
    }" rx="8" fill="${fill}" stroke="${stroke}" stroke-width="2"/>`,
    `<text x="${round(x + 10)}" y="${round(y - 10)}" fill="#dddddd">${escape(title)}</text>`,
    ...(state
      ? [
        `<text x="${round(x + 10)}" y="${round(y + height - 8)}" fill="#ff9999">${
          escape(state)
        }</text>`,
      ]
      : []),
    "</g>",
  ].join("");
}

function drawLink(from: NodeBox, fromSlot: number, to: NodeBox, toSlot: number): string {
  const [x1, y1] = [from.x + from.width, slotY(from, fromSlot)];
  const [x2, y2] = [to.x, slotY(to, Math.max(0, toSlot))];
  const bend = Math.max(40, Math.abs(x2 - x1) / 2);
  const points = [
    `M${round(x1)} ${round(y1)}`,
    `C${round(x1 + bend)} ${round(y1)}`,
    `${round(x2 - bend)} ${round(y2)}`,
    `${round(x2)} ${round(y2)}`,
  ];
  return `<path d="${points.join(" ")}" fill="none" stroke="#8a8aa0" stroke-width="2"/>`;
}

function slotY({ y, height }: NodeBox, slot: number): number {
  return y + Math.min(height, SLOT_HEIGHT * (slot + 0.5));
}

function drawFrame(
  title: string,
  [x, y, width, height]: readonly [number, number, number, number],
  color = "#3f789e",
): string {
  const safe = /^#[0-9a-f]{3,8}$/i.test(color) ? color : "#3f789e";
  return `<g><rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${
    round(height)
  }" fill="${safe}" fill-opacity="0.25" stroke="${safe}"/>` +
    `<text x="${round(x + 8)}" y="${round(y + 20)}" fill="${safe}">${escape(title)}</text></g>`;
}

function escape(text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return short.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
    // XML has no place for most control characters.
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function round(value: number): number {
  return Math.round(finite(value) * 10) / 10;
}
