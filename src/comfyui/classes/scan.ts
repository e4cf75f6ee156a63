import { readLiteral, skipBlank } from "./python_text.ts";

// Packs put their parts together from dictionaries of such names.
const TABLE = "\\b(?:\\w*CLASS_MAPPINGS|NODE_CONFIG)";
const MAPPING = new RegExp(`${TABLE}\\s*(?::[^=\\n]+)?(?:=|\\|=|\\.update\\()\\s*\\{`, "g");
const ENTRY = new RegExp(`${TABLE}\\s*\\[\\s*(?=["'])`, "g");
const SCHEMA_ID = /\bnode_id\s*=\s*(?=["'])/g;
const CLASS_ID = /^\s+(?:NodeId|NODE_ID)\s*=\s*(?=["'])/gm;
const MAX_NAME_LENGTH = 200;

/**
 * Finds the names of the node classes that a Python source declares, without running it.
 *
 * Read are the keys of `NODE_CLASS_MAPPINGS` and its like, `node_id` in the schemas of classes derived from `ComfyNode`, and
 * `NodeId` or `NODE_ID` of classes; names that are put together while the program runs are not seen.
 */
export function classNamesIn(source: string): readonly string[] {
  const names = new Set<string>();
  for (const { index, 0: match } of source.matchAll(MAPPING)) {
    for (const name of keysOf(source, index + match.length)) names.add(name);
  }
  const literals = [
    ...source.matchAll(ENTRY),
    ...(source.includes("ComfyNode") ? source.matchAll(SCHEMA_ID) : []),
    ...(/NODE_CLASS_MAPPINGS|ComfyNode/.test(source) ? source.matchAll(CLASS_ID) : []),
  ];
  for (const { index, 0: match } of literals) {
    const name = readLiteral(source, index + match.length)?.text;
    if (name !== undefined) names.add(name);
  }
  return [...names].filter((name) => name !== "" && name.length <= MAX_NAME_LENGTH);
}

/** The text keys of a dictionary, from behind its opening brace to its closing one. */
function* keysOf(source: string, start: number): Iterable<string> {
  let at = start;
  let depth = 0;
  let expectsKey = true;
  while (at < source.length) {
    at = skipBlank(source, at);
    const literal = readLiteral(source, at);
    if (literal) {
      const behind = skipBlank(source, literal.end);
      const isKey = depth === 0 && expectsKey && source[behind] === ":";
      if (isKey && literal.text !== undefined) yield literal.text;
      expectsKey = false;
      at = literal.end;
      continue;
    }
    const sign = source[at];
    if (sign === "}" && depth === 0) return;
    if (sign === "{" || sign === "(" || sign === "[") depth++;
    else if (sign === "}" || sign === ")" || sign === "]") depth--;
    else if (depth === 0 && (sign === "," || sign === ":")) expectsKey = sign === ",";
    at++;
  }
}
