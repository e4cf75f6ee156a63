import { isRecord } from "./shapes.ts";
import type { Bundle, Bundles } from "../types.ts";
import { type Finding, finding, type Reading } from "../findings/mod.ts";
import { type JsonDocument, placeIn, wrongShape } from "./json_document.ts";

// What file names on all systems, and the index, can have (`name` of index.schema.json).
const ID = /^[A-Za-z0-9._-]+$/;

/**
 * Reads `bundles.json`: lists of ids by the name of their bundle.
 *
 * @param packageOf Gives the id of the package that a bundle belongs to.
 */
export function readBundles(
  document: JsonDocument,
  packageOf: (bundle: string) => string | undefined,
): Reading<Bundles> {
  const findings: Finding[] = [];
  const list: Bundle[] = [];
  const bundleOf = new Map<string, string>();
  if (!isRecord(document.value)) {
    findings.push(wrongShape(document, [], "an object of lists of ids"));
    return { value: { document, list, bundleOf }, findings };
  }
  for (const [name, given] of Object.entries(document.value)) {
    const owner = packageOf(name);
    if (owner === undefined) {
      findings.push(
        finding("E_UNKNOWN_BUNDLE", placeIn(document, [name]), `No package for bundle "${name}"`),
      );
    }
    if (!Array.isArray(given)) {
      findings.push(
        finding("E_BAD_BUNDLE", placeIn(document, [name]), `Bundle "${name}" is no list of ids`),
      );
      continue;
    }
    const ids: string[] = [];
    for (const [at, id] of given.entries()) {
      const problem = checkId(document, [name, at], id, bundleOf);
      if (problem) findings.push(problem);
      if (typeof id !== "string") continue;
      ids.push(id);
      if (!bundleOf.has(id.trim())) bundleOf.set(id.trim(), name);
    }
    list.push({ name, ids, package: owner });
  }
  return { value: { document, list, bundleOf }, findings };
}

function checkId(
  document: JsonDocument,
  path: readonly [string, number],
  id: unknown,
  known: ReadonlyMap<string, string>,
): Finding | undefined {
  const place = () => placeIn(document, path);
  if (typeof id !== "string") {
    return finding("E_BAD_BUNDLE", place(), `An id of bundle "${path[0]}" is no text`);
  }
  const shown = JSON.stringify(id);
  if (!ID.test(id)) {
    return finding("E_BAD_ID", place(), `The id ${shown} holds what ids cannot have`, {
      hint: `Call it ${JSON.stringify(suggestId(id))}`,
    });
  }
  const other = known.get(id);
  return other === undefined
    ? undefined
    : finding("E_DUPLICATE_ID", place(), `The id ${shown} stands in bundle "${other}" already`);
}

/** Tells whether a text can be an id. */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** The nearest text that can be an id, such as `x_2` for `x (2)`. */
export function suggestId(text: string): string {
  const name = text.trim().replace(/[^A-Za-z0-9._-]+/g, "_").replace(/^_+|_+$/g, "");
  return name === "" ? "template" : name;
}
