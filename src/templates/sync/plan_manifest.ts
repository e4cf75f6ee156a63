import { compareCodePoints, type JsonRecord } from "../../base/mod.ts";
import type { JsonEdit, JsonValue } from "../../workflows/json/mod.ts";
import { type FileChange, textChange } from "../changes/mod.ts";
import type { ContentFacts } from "../contents/mod.ts";
import type { Digests } from "../digests/mod.ts";
import { editDocument, isRecord, type JsonDocument, manifestPath } from "../repository/mod.ts";
import type { TemplateRepository } from "../types.ts";
import { entryValue, isSameEntry, wantedEntries, type WantedEntry } from "./manifest_value.ts";

/** Decides how the manifest has to change; entries that are right keep every byte. */
export async function planManifest(
  repository: TemplateRepository,
  facts: ContentFacts,
  digests: Digests,
): Promise<readonly FileChange[]> {
  const path = manifestPath(repository);
  if (path === undefined) return [];
  const wanted = await wantedEntries(repository, facts, digests);
  const names = repository.bundles.list.map(({ name }) => name);
  const document = facts.manifest?.document;
  if (!document || !isRecord(document.value)) {
    return textChange(path, document?.text, render(wholeManifest({}, wanted, names), "\n"));
  }
  const value = wholeManifest(document.value, wanted, names);
  if (isRendered(document)) return textChange(path, document.text, renderLike(document, value));
  return textChange(path, document.text, editDocument(document, editsOf(document.value, value)));
}

/** What the manifest holds once it is right. */
function wholeManifest(
  present: JsonRecord,
  wanted: readonly WantedEntry[],
  bundles: readonly string[],
): JsonRecord {
  const old = isRecord(present.bundles) ? present.bundles : {};
  const entries = entriesOf(present);
  const kept = [...Object.keys(old).filter((name) => bundles.includes(name))];
  const names = [...kept, ...bundles.filter((name) => !kept.includes(name))];
  return {
    ...present,
    manifest_version: present.manifest_version ?? 1,
    bundles: Object.fromEntries(names.map((name) => [name, old[name] ?? { version: "0.0.0" }])),
    templates: wanted.map((one) => {
      const entry = entries.get(one.id);
      const value = entryValue(one, entry);
      return entry && isSameEntry(value, entry) ? entry : value;
    }),
  };
}

function entriesOf({ templates }: JsonRecord): ReadonlyMap<string, JsonRecord> {
  const list = Array.isArray(templates) ? templates.filter(isRecord) : [];
  return new Map(list.map((entry) => [`${entry.id}`, entry]));
}

/** Edits that change only what differs, for a manifest that was not written by a program. */
function editsOf(present: JsonRecord, wanted: JsonRecord): readonly JsonEdit[] {
  const edits: JsonEdit[] = [];
  if (JSON.stringify(present.bundles) !== JSON.stringify(wanted.bundles)) {
    edits.push({ path: ["bundles"], value: wanted.bundles as JsonValue });
  }
  if (!Array.isArray(present.templates)) {
    return [...edits, { path: ["templates"], value: wanted.templates as JsonValue }];
  }
  const goal = [...entriesOf(wanted)];
  const left = new Map(goal);
  const order: string[] = [];
  for (const [at, entry] of [...present.templates.entries()].toReversed()) {
    const id = isRecord(entry) ? `${entry.id}` : "";
    const value = left.get(id);
    if (!value) edits.push({ path: ["templates", at], value: undefined });
    else if (value !== entry) edits.push({ path: ["templates", at], value: value as JsonValue });
    if (!value) continue;
    left.delete(id);
    order.unshift(id);
  }
  for (const [id, value] of left) {
    const behind = order.findIndex((other) => compareCodePoints(other, id) > 0);
    const at = behind < 0 ? order.length : behind;
    edits.push({ path: ["templates", at], value: value as JsonValue, insert: true });
    order.splice(at, 0, id);
  }
  return edits;
}

function render(value: unknown, end: string, indent: string | number = 2): string {
  return `${JSON.stringify(value, null, indent)}${end}`;
}

function renderLike({ text }: JsonDocument, value: unknown): string {
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const [end] = /\s*$/.exec(text)!;
  const [, indent] = /^\ufeff?\{\r?\n([ \t]+)/.exec(text) ?? [];
  const rendered = render(value, end.replaceAll("\r\n", "\n"), indent);
  return mark + (text.includes("\r\n") ? rendered.replaceAll("\n", "\r\n") : rendered);
}

/** Whether a program wrote the file, so that writing it whole changes nothing else. */
function isRendered(document: JsonDocument): boolean {
  return renderLike(document, document.value) === document.text;
}
