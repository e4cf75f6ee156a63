import type { WorkflowNode } from "../graph/mod.ts";
import { baseName, isModelFile } from "./model_file.ts";
import { placeOf } from "./places.ts";
import type { NoteLink } from "./types.ts";

const NOTES: ReadonlySet<string> = new Set(["Note", "MarkdownNote"]);
// A closing bracket ends a link of Markdown.
const ADDRESS = /https?:\/\/[^\s<>"'()[\]]+/g;
const MAX_LINKS = 1_000;

/** Finds the addresses of model files in the notes of a workflow. */
export function readNoteLinks(nodes: readonly WorkflowNode[]): readonly NoteLink[] {
  return nodes.filter(isNote).flatMap((node) =>
    node.widgets.flatMap(({ value }) => typeof value === "string" ? addressesIn(value) : [])
      .map(([url, name]): NoteLink => ({ url, name, place: placeOf(node) }))
  ).slice(0, MAX_LINKS);
}

/** Whether a node only says something to people. */
export function isNote({ type }: WorkflowNode): boolean {
  return NOTES.has(type);
}

function addressesIn(text: string): readonly (readonly [url: string, name: string])[] {
  return [...text.matchAll(ADDRESS)].flatMap(([url]) => {
    const name = fileOf(url);
    return name !== undefined && isModelFile(name) ? [[url, name] as const] : [];
  });
}

function fileOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  try {
    return decodeURIComponent(baseName(new URL(url).pathname));
  } catch {
    // An address with a broken escape names no file.
    return undefined;
  }
}
