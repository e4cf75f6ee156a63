import process from "node:process";

type Crypto = typeof import("node:crypto");

let loaded: Crypto | undefined;

/** The SHA-1 of a text in hexadecimal, by which equal node lists are kept once. */
export function digestOf(text: string): string {
  // Not imported: loading it takes a third of a whole look-up, which comes through this room and needs no digest.
  loaded ??= process.getBuiltinModule("node:crypto") as Crypto;
  return loaded.createHash("sha1").update(text).digest("hex");
}
