import { Buffer } from "node:buffer";
import { readRecord, readText } from "../base/mod.ts";
import type { Claim, MappingIndex, SignedEntries } from "./lookup_types.ts";
import { splitNodeKey } from "./node_key.ts";
import { readEntries, readPackage } from "./read.ts";
import { SCHEMA_VERSION } from "./stats.ts";
import type { MappedPackage } from "./types.ts";

/** How `writeMappings` begins. No line break stands inside a JSON text, so such marks cannot be met anywhere else. */
export const HEAD: string = `{\n"schema_version":${SCHEMA_VERSION},\n`;
/** Where the keys begin. */
export const MAPPINGS = '\n"mappings":{\n';
/** Where the packages begin. */
export const PACKAGES = '\n},\n"packages":{\n';
/** What stands in the line of a package that claims classes. */
export const CLAIMS: readonly string[] = ['"preemptions":[', '"nodename_pattern":"'];

/**
 * Opens the text of a file that `writeMappings` wrote without parsing it.
 *
 * @returns Nothing when the text is laid out in another way.
 */
export function openLineIndex(bytes: Uint8Array, name: string): MappingIndex | undefined {
  // Taken as Latin-1 a text is half as large, made at once, and searched faster; what is sought is taken so too.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const mappings = text.indexOf(MAPPINGS);
  const packages = text.indexOf(PACKAGES, mappings);
  if (!text.startsWith(HEAD) || mappings < 0 || packages < 0) return undefined;
  const head = readRecord(
    JSON.parse(`${fromBytes(text.slice(0, mappings)).replace(/,\s*$/, "")}}`),
    "$",
  );
  return new LineIndex(
    text,
    mappings,
    packages,
    name,
    readText(head.generated_at, "$.generated_at"),
  );
}

class LineIndex implements MappingIndex {
  readonly name: string;
  readonly generatedAt: string;
  readonly #text: string;
  readonly #mappings: number;
  readonly #packages: number;
  readonly #known = new Map<string, MappedPackage | undefined>();
  #claims: readonly Claim[] | undefined;

  constructor(
    text: string,
    mappings: number,
    packages: number,
    name: string,
    generatedAt: string,
  ) {
    this.#text = text;
    this.#mappings = mappings;
    this.#packages = packages;
    this.name = name;
    this.generatedAt = generatedAt;
  }

  entriesOf(nodeType: string): readonly SignedEntries[] {
    const start = toBytes(`\n${JSON.stringify(nodeType).slice(0, -1)}::`);
    const found: SignedEntries[] = [];
    let at = this.#text.indexOf(start, this.#mappings);
    while (at >= 0 && at < this.#packages) {
      const { key, value } = this.#lineAt(at + 1);
      const parts = splitNodeKey(key);
      // A longer name may begin like this one: `A::B` like `A`.
      if (parts?.nodeType === nodeType) {
        const path = `$.mappings[${JSON.stringify(key)}]`;
        found.push({ signature: parts.signature, entries: readEntries(value, path) });
      }
      at = this.#text.indexOf(start, at + 1);
    }
    return found;
  }

  packageOf(id: string): MappedPackage | undefined {
    if (!this.#known.has(id)) {
      const at = this.#text.indexOf(toBytes(`\n${JSON.stringify(id)}:{`), this.#packages);
      this.#known.set(id, at < 0 ? undefined : this.#packageAt(at + 1).package);
    }
    return this.#known.get(id);
  }

  claims(): readonly Claim[] {
    return this.#claims ??= this.#readClaims();
  }

  #readClaims(): readonly Claim[] {
    const lines = new Set<number>();
    for (const mark of CLAIMS) {
      let at = this.#text.indexOf(mark, this.#packages);
      while (at >= 0) {
        lines.add(this.#text.lastIndexOf("\n", at) + 1);
        at = this.#text.indexOf(mark, at + mark.length);
      }
    }
    return [...lines].sort((a, b) => a - b).map((line) => this.#packageAt(line))
      .filter(({ package: pack }) => pack.preemptions || pack.nodename_pattern);
  }

  #packageAt(line: number): Claim {
    const { key, value } = this.#lineAt(line);
    return { id: key, package: readPackage(value, `$.packages[${JSON.stringify(key)}]`) };
  }

  /** The key and the value on the line that begins at an offset. */
  #lineAt(start: number): { readonly key: string; readonly value: unknown } {
    const end = this.#text.indexOf("\n", start);
    const line = fromBytes(this.#text.slice(start, end)).replace(/,$/, "");
    const [[key, value] = ["", undefined]] = Object.entries(
      readRecord(JSON.parse(`{${line}}`), "$"),
    );
    return { key, value };
  }
}

/** The UTF-8 bytes of a text, each as one character. */
function toBytes(text: string): string {
  return Buffer.from(text).toString("latin1");
}

function fromBytes(text: string): string {
  return Buffer.from(text, "latin1").toString();
}
