import { splitNodeKey } from "../mappings/mod.ts";

/** The class name of a key of `mappings`; a text that is no key stands for itself. */
export function classNameOf(key: string): string {
  return splitNodeKey(key)?.nodeType ?? key;
}
