import type { ClassPlace, ClassReader } from "./class_reader.ts";
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
  skipText,
  skipValue,
} from "./json_walk.ts";
import { RecordMemory } from "./record_memory.ts";

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
  readonly #reader: ClassReader;
  readonly #memory = new RecordMemory<string | undefined>();
  #bytes: Uint8Array = new Uint8Array(0);
  #end = 0;
  #rest = new Uint8Array(1 << 16);
  #restLength = 0;
  #copied = 0;
  #lists: string[][] = [];
  #key: string | undefined;

  /**
   * Makes a scanner.
   *
   * @param reader Makes the keys of the classes.
   */
  constructor(reader: ClassReader) {
    this.#reader = reader;
  }

  /**
   * Scans the package that begins at `start`.
   *
   * @returns Nothing when the package is not of the usual shape, or not all there, and has to be parsed as a whole.
   */
  scan(bytes: Uint8Array, start: number, end: number): ScannedPackage | undefined {
    if (!isObjectAt(bytes, start)) return undefined;
    this.#bytes = bytes;
    this.#end = end;
    this.#memory.open(bytes);
    this.#restLength = 0;
    this.#copied = start;
    this.#lists = [];
    const after = this.#fields(start, VERSIONS_LIST, (at) => this.#versions(at));
    if (after === FAILED) return undefined;
    this.#copyRest(after);
    const rest = this.#rest.subarray(0, this.#restLength);
    return { rest, lists: this.#lists, end: after };
  }

  /** Walks over an object; the list under `key` is left to `list`, which answers with the offset after it. */
  #fields(at: number, key: Uint8Array, list: (at: number) => number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    at++;
    for (let first = true;; first = false) {
      const start = nextMember(bytes, at, end, Close.object, first);
      if (isClosed(start)) return afterClose(start);
      const after = start < 0 ? FAILED : skipText(bytes, start, end);
      // An escaped key could be the one that is looked for.
      if (after < 0 || hasEscape(bytes, start, after)) return FAILED;
      const value = afterColon(bytes, after, end);
      if (value < 0) return FAILED;
      const wanted = isSame(bytes, start + 1, after - 1, key) && isListAt(bytes, value);
      at = wanted ? list(value) : skipValue(bytes, value, end);
      if (at < 0) return FAILED;
    }
  }

  #versions(at: number): number {
    const classes = (list: number) => this.#classes(list);
    at++;
    for (let first = true;; first = false) {
      const start = nextMember(this.#bytes, at, this.#end, Close.list, first);
      if (isClosed(start)) return afterClose(start);
      if (start < 0 || !isObjectAt(this.#bytes, start)) return FAILED;
      at = this.#fields(start, COMFY_NODES, classes);
      if (at < 0) return FAILED;
    }
  }

  #classes(at: number): number {
    const keys: string[] = [];
    this.#memory.startList();
    this.#copyRest(at);
    at++;
    for (let first = true;; first = false) {
      const start = nextMember(this.#bytes, at, this.#end, Close.list, first);
      if (isClosed(start)) {
        this.#append(encoder.encode(String(this.#lists.push(keys) - 1)));
        return this.#copied = afterClose(start);
      }
      if (start < 0 || !isObjectAt(this.#bytes, start)) return FAILED;
      const known = this.#memory.find(start, this.#end);
      at = known ? known.end : this.#class(start);
      if (at < 0) return FAILED;
      const key = known ? known.value : this.#key;
      if (key !== undefined) keys.push(key);
    }
  }

  /** Reads a class into `#key`; the offset after it. */
  #class(begin: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    const place: ClassPlace = { nameStart: 0, nameEnd: 0, inputsStart: 0, inputsEnd: 0 };
    let at = begin + 1;
    for (let first = true;; first = false) {
      const start = nextMember(bytes, at, end, Close.object, first);
      if (isClosed(start)) {
        // A class without a name is left to the reader of whole packages, which says where it stands.
        if (place.nameEnd === 0) return FAILED;
        this.#key = this.#reader.keyOfBytes(bytes, place);
        this.#memory.add(begin, afterClose(start), this.#key);
        return afterClose(start);
      }
      const after = start < 0 ? FAILED : skipText(bytes, start, end);
      if (after < 0 || hasEscape(bytes, start, after)) return FAILED;
      const value = afterColon(bytes, after, end);
      at = value < 0 ? FAILED : skipValue(bytes, value, end);
      if (at < 0) return FAILED;
      if (isSame(bytes, start + 1, after - 1, COMFY_NODE_NAME)) {
        if (!isTextAt(bytes, value)) return FAILED;
        place.nameStart = value;
        place.nameEnd = at;
      } else if (isSame(bytes, start + 1, after - 1, INPUT_TYPES)) {
        place.inputsStart = value;
        place.inputsEnd = at;
      }
    }
  }

  #copyRest(end: number): void {
    this.#append(this.#bytes.subarray(this.#copied, end));
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
