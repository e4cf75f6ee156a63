import {
  afterClose,
  afterColon,
  Close,
  FAILED,
  hasEscape,
  isClosed,
  isListAt,
  isObjectAt,
  isSame,
  isTextAt,
  nextMember,
  skipSpace,
  skipText,
  skipValue,
} from "./json_walk.ts";

const encoder = new TextEncoder();
const REQUIRED = encoder.encode("required");
const OPTIONAL = encoder.encode("optional");

/** More inputs than this are sorted better by the usual way. */
export const MAX_INPUTS = 64;

/** Where each input's name and type stand, five numbers for one: see `Slot`. */
export type Inputs = Int32Array;

/** The numbers of an input: the places of its name and type without quotes, and whether it is optional. */
export const Slot = {
  nameStart: 0,
  nameEnd: 1,
  typeStart: 2,
  typeEnd: 3,
  optional: 4,
  size: 5,
} as const;

/** Takes the place of `typeStart` for an input without a type. */
export const NO_TYPE = -1;
/** Takes the place of `typeStart` for a nested list. */
export const COMBO_TYPE = -2;

/** The inputs that have been read so far. */
export interface Reading {
  readonly inputs: Inputs;
  count: number;
}

/** Reads the inputs of `required` and `optional`; the offset after the object. */
export function readGroups(bytes: Uint8Array, at: number, end: number, reading: Reading): number {
  if (!isObjectAt(bytes, at)) return FAILED;
  let groups = 0;
  at++;
  for (let first = true;; first = false) {
    const start = nextMember(bytes, at, end, Close.object, first);
    if (isClosed(start)) return afterClose(start);
    const after = start < 0 ? FAILED : skipText(bytes, start, end);
    if (after < 0 || hasEscape(bytes, start, after)) return FAILED;
    const value = afterColon(bytes, after, end);
    if (value < 0) return FAILED;
    const optional = isSame(bytes, start + 1, after - 1, OPTIONAL);
    const isGroup = optional || isSame(bytes, start + 1, after - 1, REQUIRED);
    // A repeated group replaces the one before it.
    if (isGroup && (groups & (optional ? 2 : 1))) return FAILED;
    if (isGroup) groups |= optional ? 2 : 1;
    at = isGroup && isObjectAt(bytes, value)
      ? readGroup(bytes, value, end, optional, reading)
      : skipValue(bytes, value, end);
    if (at < 0) return FAILED;
  }
}

function readGroup(
  bytes: Uint8Array,
  at: number,
  end: number,
  optional: boolean,
  reading: Reading,
): number {
  at++;
  for (let first = true;; first = false) {
    const start = nextMember(bytes, at, end, Close.object, first);
    if (isClosed(start)) return afterClose(start);
    const after = start < 0 ? FAILED : skipText(bytes, start, end);
    if (after < 0 || hasEscape(bytes, start, after)) return FAILED;
    const value = afterColon(bytes, after, end);
    at = value < 0 ? FAILED : skipValue(bytes, value, end);
    if (at < 0) return FAILED;
    if (reading.count === MAX_INPUTS) return FAILED;
    const slot = reading.count++ * Slot.size;
    reading.inputs[slot + Slot.nameStart] = start + 1;
    reading.inputs[slot + Slot.nameEnd] = after - 1;
    reading.inputs[slot + Slot.optional] = optional ? 1 : 0;
    if (!readType(bytes, value, end, reading.inputs, slot)) return FAILED;
  }
}

/** Reads the type of an input whose value has been walked over; false when it has an escape. */
function readType(
  bytes: Uint8Array,
  at: number,
  end: number,
  inputs: Inputs,
  slot: number,
): boolean {
  inputs[slot + Slot.typeStart] = NO_TYPE;
  if (isListAt(bytes, at)) {
    at = skipSpace(bytes, at + 1, end);
    if (isListAt(bytes, at)) inputs[slot + Slot.typeStart] = COMBO_TYPE;
  }
  if (!isTextAt(bytes, at)) return true;
  const after = skipText(bytes, at, end);
  inputs[slot + Slot.typeStart] = at + 1;
  inputs[slot + Slot.typeEnd] = after - 1;
  return !hasEscape(bytes, at, after);
}
