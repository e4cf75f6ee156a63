import { type JsonRecord, parseJsonText, sortTexts } from "../base/mod.ts";
import { shortSha1 } from "./sha1.ts";

const encoder = new TextEncoder();

/** Stands for "no inputs" and for "inputs not known". */
export const NO_SIGNATURE = "_";

/** An input of a node as a workflow names it. */
export interface NodeInput {
  readonly name: string;
  readonly type: string;
}

/**
 * The signature of a node class from ComfyUI's `INPUT_TYPES` (FORMATS §3, "Node signature").
 *
 * @param inputTypes The object, or its JSON text as the registry sends it.
 * @returns 8 hex digits, or `_` without inputs or for text that is no JSON.
 */
export function signatureOf(inputTypes: unknown): string {
  const types = typeof inputTypes === "string" ? parseOrNothing(inputTypes) : inputTypes;
  if (!isRecord(types)) return NO_SIGNATURE;
  const inputs = new Map<string, string>();
  collectInputs(types.required, inputs);
  collectInputs(types.optional, inputs);
  return hashInputs(inputs);
}

/**
 * The signature of a node from its inputs in a workflow, in any order.
 *
 * @param inputs Inputs without a name or a type are passed over; a repeated name counts with its last type.
 */
export function signatureOfInputs(inputs: Iterable<NodeInput>): string {
  const types = new Map<string, string>();
  for (const { name, type } of inputs) if (name && type) types.set(name, type);
  return hashInputs(types);
}

/**
 * The canonical text behind a signature: `name:TYPE` by name, joined with `|`.
 *
 * @param inputs Name to type.
 */
export function canonicalInputs(inputs: ReadonlyMap<string, string>): string {
  const names = sortTexts([...inputs.keys()]);
  return names.map((name) => `${name}:${inputs.get(name)}`).join("|");
}

/**
 * The signature of a canonical text; 8 hex digits are taken as a signature already.
 *
 * @param canonical Such as `image:IMAGE|scale:FLOAT`.
 */
export function hashSignature(canonical: string): string {
  if (canonical === "" || canonical === NO_SIGNATURE) return NO_SIGNATURE;
  if (/^[0-9a-f]{8}$/.test(canonical)) return canonical;
  return hashText(canonical);
}

/** The first 8 hex digits of the SHA-1 of a text. */
export function hashText(text: string): string {
  return shortSha1(encoder.encode(text));
}

function hashInputs(inputs: ReadonlyMap<string, string>): string {
  if (inputs.size === 0) return NO_SIGNATURE;
  return hashText(canonicalInputs(inputs));
}

function collectInputs(group: unknown, inputs: Map<string, string>): void {
  if (!isRecord(group)) return;
  for (const name in group) {
    const type = typeOf(group[name]);
    if (type !== undefined) inputs.set(name, type);
  }
}

function typeOf(input: unknown): string | undefined {
  const type = Array.isArray(input) ? input[0] : input;
  if (typeof type === "string") return type;
  return Array.isArray(type) && Array.isArray(input) ? "COMBO" : undefined;
}

function parseOrNothing(text: string): unknown {
  try {
    return parseJsonText(text, "inputs");
  } catch {
    // FORMATS: inputs that cannot be read count as none.
    return undefined;
  }
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
