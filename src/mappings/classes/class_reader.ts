import { parseJsonBytes, readRecord, readText } from "../../base/mod.ts";
import { nameFault, nodeKey } from "../node_key.ts";
import { InputScanner } from "./input_scan.ts";
import { NO_SIGNATURE, signatureOf } from "../signature.ts";

// Neighbouring versions repeat most inputs; distant packages hardly ever do.
const REMEMBERED = 2_048;

/** A node class by the places of its name and inputs. */
export interface ClassPlace {
  /** Offset of the name's first byte. */
  nameStart: number;
  /** Offset after the name. */
  nameEnd: number;
  /** Offset of the inputs' first byte. */
  inputsStart: number;
  /** Offset after the inputs; 0 when the class has none. */
  inputsEnd: number;
}

/** Makes `TYPE::SIGNATURE` keys of node classes and remembers the inputs that it has read. */
export class ClassReader {
  readonly #signatures = new Map<string, string>();
  readonly #lists = new Map<readonly unknown[], readonly string[]>();
  readonly #scanner = new InputScanner();
  #faults: string[] = [];

  /** Hands over what was wrong with names that could not be used since the last call. */
  takeFaults(): readonly string[] {
    const faults = this.#faults;
    if (faults.length > 0) this.#faults = [];
    return faults;
  }

  /**
   * The keys of the classes of one version; a list that is given again is not read again.
   *
   * @param classes Node classes as the registry describes them.
   * @param path Where the list stands, for error messages.
   * @throws `DATA_INVALID`
   */
  keysOf(classes: readonly unknown[], path: string): readonly string[] {
    return remembered(this.#lists, classes, () =>
      classes.flatMap((one, index) => {
        const { comfy_node_name, input_types } = readRecord(one, `${path}[${index}]`);
        const name = readText(comfy_node_name, `${path}[${index}].comfy_node_name`);
        const signature = typeof input_types === "string"
          ? remembered(this.#signatures, input_types, () => signatureOf(input_types))
          : signatureOf(input_types);
        return this.#key(name, signature) ?? [];
      }));
  }

  /** The key of a class whose name and inputs are still JSON in UTF-8; `inputsEnd` is 0 when it has no inputs. */
  keyOfBytes(
    bytes: Uint8Array,
    { nameStart, nameEnd, inputsStart, inputsEnd }: ClassPlace,
  ): string | undefined {
    const name = readText(parseSlice(bytes, nameStart, nameEnd), "a node class");
    if (inputsEnd === 0) return this.#key(name, NO_SIGNATURE);
    const signature = this.#scanner.signatureOf(bytes, inputsStart, inputsEnd) ??
      signatureOf(parseSlice(bytes, inputsStart, inputsEnd));
    return this.#key(name, signature);
  }

  #key(name: string, signature: string): string | undefined {
    const fault = nameFault(name);
    if (fault === undefined) return nodeKey(name, signature);
    this.#faults.push(`Left out the class ${JSON.stringify(name.slice(0, 60))}: ${fault}`);
    return undefined;
  }
}

function parseSlice(bytes: Uint8Array, start: number, end: number): unknown {
  return parseJsonBytes(bytes.subarray(start, end), "a node class");
}

function remembered<Key, Value>(memory: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = memory.get(key);
  if (value === undefined) {
    value = make();
    if (memory.size >= REMEMBERED) memory.clear();
    memory.set(key, value);
  }
  return value;
}
