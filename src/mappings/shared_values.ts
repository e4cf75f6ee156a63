const REMEMBERED = 4_096;
const LONGEST = 200;

/**
 * Hands out one value for all equal ones.
 *
 * Versions repeat status, requirements and class lists thousandfold; kept once, a whole registry takes half the memory.
 */
export class SharedValues {
  readonly #texts = new Map<string, string>();
  readonly #lists = new Map<string, readonly string[]>();

  /** The first text that was equal to this one. */
  text(value: string): string {
    return value.length > LONGEST ? value : remembered(this.#texts, value, value);
  }

  /** The first list that was equal to this one. */
  list(values: readonly string[]): readonly string[] {
    const key = values.join("\n");
    if (key.length > LONGEST) return values;
    const known = remembered(this.#lists, key, values);
    // Texts with line breaks can make one key of two lists.
    const isEqual = known.length === values.length &&
      known.every((text, at) => text === values[at]);
    return isEqual ? known : values;
  }
}

function remembered<Value>(memory: Map<string, Value>, key: string, value: Value): Value {
  const known = memory.get(key);
  if (known !== undefined) return known;
  if (memory.size >= REMEMBERED) memory.clear();
  memory.set(key, value);
  return value;
}
