import { baseErrors, isKind } from "../../base/mod.ts";
import {
  editJson,
  findJsonFault,
  type JsonEdit,
  type JsonPath,
  JsonPlaces,
  lineOfOffset,
} from "../../workflows/json/mod.ts";
import { type Finding, finding, type FindingPlace, type Reading } from "../findings/mod.ts";
import { MAX_TEXT_BYTES, type RepositoryFiles } from "./files.ts";

/** A JSON file as it is written, with what it holds. */
export interface JsonDocument {
  /** Below the root of the repository. */
  readonly path: string;
  /** Every character of it, byte order mark and line ends included. */
  readonly text: string;
  readonly value: unknown;
}

/**
 * Reads a JSON file.
 *
 * @returns Nothing where there is no such file, or it is none of JSON; the latter is a finding.
 */
export async function readJsonDocument(
  files: RepositoryFiles,
  path: string,
): Promise<Reading<JsonDocument | undefined>> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await files.read(path, MAX_TEXT_BYTES);
  } catch (error) {
    if (!isKind(error, baseErrors.FILE_TOO_LARGE)) throw error;
    return nothing(finding("E_FILE_TOO_LARGE", { file: path }, error.message));
  }
  return bytes === undefined ? { value: undefined, findings: [] } : parseJsonDocument(path, bytes);
}

/** Like {@linkcode readJsonDocument}, for bytes that have been read. */
export function parseJsonDocument(
  path: string,
  bytes: Uint8Array,
): Reading<JsonDocument | undefined> {
  let text: string;
  try {
    text = decodeText(bytes);
  } catch {
    return nothing(finding("E_JSON_SYNTAX", { file: path }, `"${path}" is not UTF-8`));
  }
  try {
    return { value: { path, text, value: JSON.parse(text.replace(/^\ufeff/, "")) }, findings: [] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const at = findJsonFault(text);
    const line = at === undefined ? undefined : lineOfOffset(text, at);
    return nothing(finding("E_JSON_SYNTAX", { file: path, line }, `"${path}" is not JSON: ${why}`));
  }
}

/** UTF-8 as text that gives the same bytes again, so that a byte order mark stays; throws where it is not UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Where a value of a document is, line included. */
export function placeIn(document: JsonDocument, path: JsonPath): FindingPlace {
  let known = places.get(document);
  if (!known) places.set(document, known = new JsonPlaces(document.text));
  return { file: document.path, line: known.lineOf(path), path };
}

const places = new WeakMap<JsonDocument, JsonPlaces>();

/**
 * A finding for a value of another type than it must have.
 *
 * @param wanted Such as `a list of texts`.
 */
export function wrongShape(document: JsonDocument, path: JsonPath, wanted: string): Finding {
  return finding("E_JSON_SHAPE", placeIn(document, path), `Expected ${wanted}`);
}

/**
 * The text of a document after edits; all that they do not name keeps every byte.
 *
 * @throws `WORKFLOW_EDIT_FAILED` for a place that the document does not have
 */
export function editDocument({ text }: JsonDocument, edits: readonly JsonEdit[]): string {
  return editJson(text, edits);
}

function nothing(found: Finding): Reading<undefined> {
  return { value: undefined, findings: [found] };
}
