import {
  invalidData,
  type JsonRecord,
  optional,
  readBoolean,
  readList,
  readRecord,
  readText,
  registerSecret,
} from "../../base/mod.ts";
import { isObjectId } from "../../tools/mod.ts";
import { parseFrozen } from "./frozen.ts";
import type { TakenPack, TakenPackage, TakeoverFinding } from "./types.ts";

/** What a snapshot of ComfyUI-Manager says. */
export interface ManagerSnapshot {
  /** The commit of ComfyUI; absent where it was no working copy of git. */
  readonly comfyui?: string;
  readonly packs: readonly TakenPack[];
  readonly packages: readonly TakenPackage[];
  /** What a snapshot does not hold enough of. */
  readonly findings: readonly TakeoverFinding[];
}

const MOST_PACKS = 5_000;
const PARTS = ["git_custom_nodes", "cnr_custom_nodes", "file_custom_nodes"];

/** Whether parsed data looks like a snapshot of ComfyUI-Manager. */
export function isManagerSnapshot(value: unknown): boolean {
  const inner = innerOf(value);
  return inner !== undefined && PARTS.some((part) => Object.hasOwn(inner, part));
}

/**
 * Reads a snapshot of ComfyUI-Manager (`get_current_snapshot` of its `manager_core.py`).
 *
 * The YAML form has all of it below `custom_nodes`, the JSON form at the top.
 *
 * @throws `DATA_INVALID` with the path of the bad field
 */
export function parseManagerSnapshot(value: unknown): ManagerSnapshot {
  const data = innerOf(value) ?? readRecord(value, "$");
  const commit = optional(data.comfyui ?? undefined, "$.comfyui", readText);
  const { packages, elsewhere } = parseFrozen(freezeLines(data.pips));
  return {
    comfyui: commit !== undefined && isObjectId(commit) ? commit : undefined,
    packs: [...gitPacks(data.git_custom_nodes), ...registryPacks(data.cnr_custom_nodes)],
    packages,
    findings: [
      ...singleFiles(data.file_custom_nodes),
      ...elsewhere.map((name): TakeoverFinding => ({
        part: "packages",
        certainty: "dropped",
        subject: name,
        message: "It was installed from a path or a repository, which is not followed",
      })),
    ],
  };
}

/**
 * The address of a repository without credentials, which are never shown again.
 *
 * @param url As git wrote it.
 */
export function withoutCredentials(url: string): string {
  const [, scheme, credentials, rest] = /^(https?:\/\/)([^/@]*)@(.*)$/is.exec(url) ?? [];
  for (const part of credentials?.split(":") ?? []) if (part !== "") registerSecret(part);
  return scheme === undefined ? url : `${scheme}${rest}`;
}

/**
 * The reference of a repository, at a commit where that is known; a path of this machine becomes an address.
 *
 * @param url As git wrote it.
 */
export function gitReference(url: string, commit: string | undefined): string {
  const address = url.startsWith("/") ? `file://${url}` : withoutCredentials(url);
  return commit === undefined ? address : `${address}@${commit}`;
}

function innerOf(value: unknown): JsonRecord | undefined {
  const outer = toRecord(value);
  const inner = toRecord(outer?.custom_nodes);
  // Beside it, hands and other tools write the commit and the packages.
  return inner && PARTS.some((part) => Object.hasOwn(inner, part)) ? { ...outer, ...inner } : outer;
}

/** Tables of YAML come as maps; one level at a time, because anchors can make circles. */
function toRecord(value: unknown): JsonRecord | undefined {
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, item]) => [String(key), item]));
  }
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as JsonRecord
    : undefined;
}

function entriesOf(value: unknown, at: string): readonly (readonly [string, unknown])[] {
  if (value === undefined || value === null) return [];
  const entries = Object.entries(readRecord(toRecord(value) ?? value, at));
  if (entries.length > MOST_PACKS) throw invalidData(at, `at most ${MOST_PACKS} entries`, {});
  return entries;
}

function gitPacks(value: unknown): readonly TakenPack[] {
  const at = "$.git_custom_nodes";
  // Manager writes `null` for a directory whose repository it could not tell.
  return entriesOf(value, at).filter(([url]) => url !== "null").map(([url, entry]) => {
    const { hash, disabled } = readRecord(toRecord(entry), `${at}.${url}`);
    const commit = typeof hash === "string" && isObjectId(hash) ? hash : undefined;
    const off = optional(disabled ?? undefined, `${at}.${url}.disabled`, readBoolean) ?? false;
    const reference = gitReference(url, commit);
    return { subject: gitReference(url, undefined), reference, git: true, enabled: !off };
  });
}

function registryPacks(value: unknown): readonly TakenPack[] {
  const at = "$.cnr_custom_nodes";
  return entriesOf(value, at).map(([id, version]) => ({
    subject: id,
    reference: `${id}@${readText(version, `${at}.${id}`, 100)}`,
    enabled: true,
  }));
}

function singleFiles(value: unknown): readonly TakeoverFinding[] {
  const at = "$.file_custom_nodes";
  return (optional(value ?? undefined, at, readList) ?? []).slice(0, MOST_PACKS).map(
    (item, index) => {
      const { filename } = readRecord(toRecord(item), `${at}[${index}]`);
      return {
        part: "nodes",
        certainty: "dropped",
        subject: readText(filename, `${at}[${index}].filename`, 255),
        message: "It is a single file, of which only the name is known",
      };
    },
  );
}

function freezeLines(value: unknown): readonly string[] {
  return entriesOf(value, "$.pips").map(([spec, url]) =>
    typeof url === "string" && url !== "" ? `${spec} @ ${url}` : spec
  );
}
