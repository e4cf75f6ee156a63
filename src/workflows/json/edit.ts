import { isDeepStrictEqual } from "node:util";
import { ComfydockError, parseJsonText } from "../../base/mod.ts";
import { workflowErrors } from "../errors.ts";
import { showJsonPath } from "./place.ts";
import { locate, readContainer, skipValue } from "./scan.ts";
import { gapOf, type JsonStyle, lineAt, readStyle, renderJson } from "./style.ts";
import type { JsonContainer, JsonEdit, JsonMember, JsonPath, JsonValue } from "./types.ts";

/**
 * Changes places of a JSON text; all other bytes stay as they are, and a value that is there already changes nothing.
 *
 * @param text Valid JSON.
 * @param edits Applied one after the other.
 * @throws `WORKFLOW_EDIT_FAILED` when what should hold a member is not there, or cannot have such a member
 */
export function editJson(text: string, edits: readonly JsonEdit[]): string {
  const style = readStyle(text);
  return edits.reduce((result, edit) => applyEdit(result, edit, style), text);
}

function applyEdit(text: string, { path, value, insert }: JsonEdit, style: JsonStyle): string {
  const key = path.at(-1);
  if (key === undefined) throw cannotEdit(path, "the whole text cannot be replaced");
  const at = locate(text, path.slice(0, -1));
  const container = at === undefined ? undefined : readContainer(text, at);
  if (!container) throw cannotEdit(path, "there is no object or list that could hold it");
  const member = container.members.findLast((candidate) => candidate.key === key);
  if (value === undefined) return member ? withoutMember(text, container, key) : text;
  if (!member) return withMember(text, container, path, value, style);
  if (insert && container.kind === "list") return before(text, container, member, value, style);
  const end = skipValue(text, member.valueStart);
  const old = text.slice(member.valueStart, end);
  if (isDeepStrictEqual(parseJsonText(old, showJsonPath(path)), value)) return text;
  const keepsLine = /^\[[^\n\]]/.test(old) && !old.includes("\n");
  const spread = old.includes("\n") || gapOf(text, container, style).includes("\n");
  const line = spread && !keepsLine ? lineAt(text, member.start, style) : undefined;
  return splice(text, member.valueStart, end, renderJson(value, style, line));
}

/** With a value before an item of a list. */
function before(
  text: string,
  container: JsonContainer,
  { start }: JsonMember,
  value: JsonValue,
  style: JsonStyle,
): string {
  const gap = gapOf(text, container, style);
  const added = renderJson(value, style, gap.includes("\n") ? gap : undefined);
  return splice(text, start, start, `${added},${gap}`);
}

function withMember(
  text: string,
  container: JsonContainer,
  path: JsonPath,
  value: JsonValue,
  style: JsonStyle,
): string {
  const key = path.at(-1)!;
  const fits = container.kind === "object"
    ? typeof key === "string"
    : key === container.members.length;
  if (!fits) throw cannotEdit(path, `${container.kind} has no such member`);
  const gap = gapOf(text, container, style);
  const line = gap.includes("\n") ? gap : undefined;
  const name = typeof key === "string" ? `${JSON.stringify(key)}:${style.afterColon}` : "";
  const added = name + renderJson(value, style, line);
  const last = container.members.at(-1);
  if (last) return splice(text, last.end, last.end, `,${gap}${added}`);
  const around = line === undefined ? ["", ""] : [gap, lineAt(text, container.start, style)];
  return splice(text, container.start + 1, container.end - 1, around.join(added));
}

function withoutMember(text: string, container: JsonContainer, key: string | number): string {
  const { members } = container;
  const index = members.findLastIndex((member) => member.key === key);
  const [before, member, after] = [members[index - 1], members[index]!, members[index + 1]];
  if (before) return splice(text, before.end, member.end, "");
  if (after) return splice(text, member.start, after.start, "");
  return splice(text, container.start + 1, container.end - 1, "");
}

function splice(text: string, start: number, end: number, inserted: string): string {
  return text.slice(0, start) + inserted + text.slice(end);
}

function cannotEdit(path: JsonPath, why: string): ComfydockError {
  const shown = showJsonPath(path);
  return new ComfydockError(
    workflowErrors.WORKFLOW_EDIT_FAILED,
    `Cannot change ${shown}: ${why}`,
    { details: { path: shown } },
  );
}
