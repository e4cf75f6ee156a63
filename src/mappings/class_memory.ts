/** A node class that was met, by the places of its name and inputs. */
export interface ClassPlace {
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly inputsStart: number;
  readonly inputsEnd: number;
}

interface Known extends ClassPlace {
  readonly key: string | undefined;
}

// Classes that only look alike are compared byte by byte; no file may make that the most of the work.
const MOST_ALIKE = 8;

/**
 * Remembers the keys of classes within one package, where versions repeat most of them.
 *
 * Bytes are compared where they lie, so that nothing is copied or decoded for a class that was met before.
 */
export class ClassMemory {
  readonly #known = new Map<number, Known[]>();
  #bytes: Uint8Array = new Uint8Array(0);

  /** Forgets all classes and starts with the bytes of the next package. */
  open(bytes: Uint8Array): void {
    this.#known.clear();
    this.#bytes = bytes;
  }

  /** The key of a class, made only when no equal class was met. */
  keyOf(place: ClassPlace, make: (place: ClassPlace) => string | undefined): string | undefined {
    const hash = this.#hash(place);
    const alike = this.#known.get(hash);
    if (alike) {
      for (const one of alike) if (this.#isEqual(one, place)) return one.key;
    }
    const key = make(place);
    if (!alike) this.#known.set(hash, [{ ...place, key }]);
    else if (alike.length < MOST_ALIKE) alike.push({ ...place, key });
    return key;
  }

  #hash({ nameStart, nameEnd, inputsStart, inputsEnd }: ClassPlace): number {
    const bytes = this.#bytes;
    let hash = inputsEnd - inputsStart;
    for (let at = nameStart; at < nameEnd; at++) hash = Math.imul(hash, 31) + bytes[at]! | 0;
    return hash;
  }

  #isEqual(a: ClassPlace, b: ClassPlace): boolean {
    return isSameSlice(this.#bytes, a.nameStart, a.nameEnd, b.nameStart, b.nameEnd) &&
      isSameSlice(this.#bytes, a.inputsStart, a.inputsEnd, b.inputsStart, b.inputsEnd);
  }
}

function isSameSlice(
  bytes: Uint8Array,
  start: number,
  end: number,
  otherStart: number,
  otherEnd: number,
): boolean {
  if (end - start !== otherEnd - otherStart) return false;
  for (let at = start, other = otherStart; at < end; at++, other++) {
    if (bytes[at]! !== bytes[other]!) return false;
  }
  return true;
}
