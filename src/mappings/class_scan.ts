import { ClassMemory, type ClassPlace } from "./class_memory.ts";
import type { ClassReader } from "./class_reader.ts";
import { JsonCursor } from "./json_cursor.ts";

const encoder = new TextEncoder();
const VERSIONS_LIST = encoder.encode("versions_list");
const COMFY_NODES = encoder.encode("comfy_nodes");
const COMFY_NODE_NAME = encoder.encode("comfy_node_name");
const INPUT_TYPES = encoder.encode("input_types");

/** A package of a cache file, its node classes apart from the rest. */
export interface ScannedPackage {
  /** The package as JSON in which each `comfy_nodes` list is replaced by its index in `lists`; valid until the next scan. */
  readonly rest: Uint8Array;
  /** The keys (`TYPE::SIGNATURE`) of every `comfy_nodes` list. */
  readonly lists: readonly (readonly string[])[];
  /** Offset after the package. */
  readonly end: number;
}

/**
 * Takes the node classes out of packages without parsing what no reader of the mappings needs.
 *
 * Node classes are nine tenths of a cache. Of each only the name and the inputs matter, so they are walked over as
 * bytes, and equal inputs are read once.
 */
export class ClassScanner {
  readonly #cursor = new JsonCursor();
  readonly #memory = new ClassMemory();
  readonly #makeKey: (place: ClassPlace) => string | undefined;
  #rest = new Uint8Array(1 << 16);
  #restLength = 0;
  #copied = 0;
  #lists: string[][] = [];

  constructor(reader: ClassReader) {
    this.#makeKey = (place) => reader.keyOfBytes(this.#cursor.bytes, place);
  }

  /**
   * Scans the package that begins at `start`.
   *
   * @returns Nothing when the package is not of the usual shape, or not all there, and has to be parsed as a whole.
   */
  scan(bytes: Uint8Array, start: number, end: number): ScannedPackage | undefined {
    const cursor = this.#cursor;
    cursor.open(bytes, start, end);
    this.#memory.open(bytes);
    this.#restLength = 0;
    this.#copied = start;
    this.#lists = [];
    if (!cursor.enterObject()) return undefined;
    for (let first = true; cursor.nextField(first); first = false) {
      if (cursor.isEscapedKey()) return undefined;
      if (cursor.isKey(VERSIONS_LIST) && cursor.isList()) this.#versions();
      else cursor.skip();
    }
    if (cursor.failed) return undefined;
    this.#copyRest();
    const rest = this.#rest.subarray(0, this.#restLength);
    return { rest, lists: this.#lists, end: cursor.at };
  }

  #versions(): void {
    const cursor = this.#cursor;
    cursor.enterList();
    for (let first = true; cursor.nextElement(first); first = false) {
      if (!cursor.enterObject()) return;
      for (let start = true; cursor.nextField(start); start = false) {
        if (cursor.isEscapedKey()) cursor.failed = true;
        else if (cursor.isKey(COMFY_NODES) && cursor.isList()) this.#classes();
        else cursor.skip();
      }
    }
  }

  #classes(): void {
    const cursor = this.#cursor;
    const keys: string[] = [];
    this.#copyRest();
    cursor.enterList();
    for (let first = true; cursor.nextElement(first); first = false) this.#class(keys);
    this.#copied = cursor.at;
    this.#append(encoder.encode(String(this.#lists.push(keys) - 1)));
  }

  #class(keys: string[]): void {
    const cursor = this.#cursor;
    let nameStart = 0;
    let nameEnd = 0;
    let inputsStart = 0;
    let inputsEnd = 0;
    if (!cursor.enterObject()) return;
    for (let first = true; cursor.nextField(first); first = false) {
      const start = cursor.at;
      const isName = cursor.isKey(COMFY_NODE_NAME) && cursor.isText();
      const isInputs = cursor.isKey(INPUT_TYPES);
      if (cursor.isEscapedKey() || !cursor.skip()) {
        cursor.failed = true;
      } else if (isName) {
        nameStart = start;
        nameEnd = cursor.at;
      } else if (isInputs) {
        inputsStart = start;
        inputsEnd = cursor.at;
      }
    }
    // A class without a name is left to the reader of whole packages, which says where it stands.
    if (nameEnd === 0) cursor.failed = true;
    if (cursor.failed) return;
    const place = { nameStart, nameEnd, inputsStart, inputsEnd };
    const key = this.#memory.keyOf(place, this.#makeKey);
    if (key !== undefined) keys.push(key);
  }

  #copyRest(): void {
    this.#append(this.#cursor.bytes.subarray(this.#copied, this.#cursor.at));
  }

  #append(part: Uint8Array): void {
    const needed = this.#restLength + part.length;
    if (needed > this.#rest.length) {
      const larger = new Uint8Array(needed * 2);
      larger.set(this.#rest.subarray(0, this.#restLength));
      this.#rest = larger;
    }
    this.#rest.set(part, this.#restLength);
    this.#restLength = needed;
  }
}
