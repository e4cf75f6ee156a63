import { type Inputs, Slot } from "./input_slots.ts";

/** Puts the input at `index` among those before it, by name and with the optional one last. */
export function insertSorted(
  bytes: Uint8Array,
  inputs: Inputs,
  order: Int32Array,
  index: number,
): void {
  const input = index * Slot.size;
  let place = index;
  for (; place > 0; place--) {
    const before = order[place - 1]!;
    const difference = compareNames(bytes, inputs, before, input) ||
      inputs[before + Slot.optional]! - inputs[input + Slot.optional]!;
    if (difference <= 0) break;
    order[place] = before;
  }
  order[place] = input;
}

/** The order of UTF-8 bytes is the order of code points. */
export function compareNames(bytes: Uint8Array, inputs: Inputs, a: number, b: number): number {
  const aStart = inputs[a]!;
  const bStart = inputs[b]!;
  const aLength = inputs[a + Slot.nameEnd]! - aStart;
  const bLength = inputs[b + Slot.nameEnd]! - bStart;
  const length = aLength < bLength ? aLength : bLength;
  for (let index = 0; index < length; index++) {
    const difference = bytes[aStart + index]! - bytes[bStart + index]!;
    if (difference !== 0) return difference;
  }
  return aLength - bLength;
}
