/** Longest class name, package id or version that is taken; the longest real class name has 67 characters. */
export const MAX_NAME = 200;

const CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
const KEY = /^([^]+?)(?:::|\|)(_|[0-9a-f]{8})$/;

/** The key of a node class in `mappings`. */
export function nodeKey(nodeType: string, signature: string): string {
  return `${nodeType}::${signature}`;
}

/**
 * Takes a key of `mappings` apart; the seed's `TYPE|SIGNATURE` is read too.
 *
 * @returns Nothing for a text that is no key.
 */
export function splitNodeKey(
  key: string,
): { readonly nodeType: string; readonly signature: string } | undefined {
  const found = KEY.exec(key);
  return found ? { nodeType: found[1]!, signature: found[2]! } : undefined;
}

/** Why a text cannot be the name of a node class, a package id or a version; nothing when it can. */
export function nameFault(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name.length > MAX_NAME) return `it has more than ${MAX_NAME} characters`;
  return CONTROL.test(name) ? "it has control characters" : undefined;
}
