import { baseName, type ModelReference } from "../../../workflows/mod.ts";
import { isRecord } from "../../repository/mod.ts";
import type { OpenWorkflow, UsedModel } from "./types.ts";
import { valueAt } from "./value_at.ts";

/** Finds models whose addresses are missing, left over or wrong. */
export function checkModels(open: OpenWorkflow): void {
  const { needs: { models }, document, ignored } = open;
  if (isRecord(document.value) && document.value.models !== undefined) {
    open.fault("E_TOP_LEVEL_MODELS", ["models"], "The workflow lists models at its top");
  }
  const inner = carriedInside(models);
  for (const reference of models) {
    const { value, evidence, path, embedded, place } = reference;
    if (embedded) checkAddress(open, reference);
    if (embedded && evidence === "embedded" && path === undefined) {
      if (!isNamedOutside(models, reference)) {
        open.fault(
          "E_MODEL_UNUSED",
          embedded.path,
          `No widget of node ${place.id} (${place.type}) names "${embedded.name}"`,
          { hint: `Choose "${embedded.name}" in the node, or take it out of properties.models` },
        );
      }
      continue;
    }
    if (embedded || path === undefined || ignored.has(place.type)) continue;
    if (!/\.safetensors$/i.test(value) || inner.get(place.type)?.has(baseName(value))) continue;
    open.fault(
      "E_MODEL_MISSING",
      path,
      `Node ${place.id} (${place.type}) loads "${value}" without an address in properties.models`,
      { hint: `Add name, url and directory of "${baseName(value)}" to properties.models` },
    );
  }
}

function checkAddress(open: OpenWorkflow, { embedded, place }: ModelReference): void {
  if (embedded?.url === undefined) return;
  const file = fileOfAddress(embedded.url);
  const path = [...embedded.path, "url"];
  if (file === undefined) {
    open.fault("E_BAD_ADDRESS", path, `"${embedded.url}" is no address of a file`, {
      hint: "Name an address that begins with https://",
    });
  } else if (!isNumbered(embedded.url) && file !== baseName(embedded.name)) {
    open.fault(
      "E_MODEL_URL",
      path,
      `The address of "${embedded.name}" at node ${place.id} leads to "${file}"`,
      { hint: `Correct the address, or name the model "${file}" in widget and properties` },
    );
  }
}

/** The name of the file that an address leads to, query left out; nothing where it is no address of the web. */
export function fileOfAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, pathname } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return undefined;
  try {
    return decodeURIComponent(pathname.slice(pathname.lastIndexOf("/") + 1));
  } catch {
    // An address with a broken escape names no file.
    return undefined;
  }
}

/** Whether an address ends with a number in place of a name, as those of Civitai do. */
export function isNumbered(url: string): boolean {
  return /^https?:\/\/(?:[\w-]+\.)?civitai\.(?:com|red)\//i.test(url);
}

// Widgets of a subgraph's node stand for those of nodes inside, which carry the addresses.
function carriedInside(
  models: readonly ModelReference[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const inside = new Map<string, Set<string>>();
  for (const { embedded, place: { scope } } of models) {
    if (!embedded) continue;
    for (const name of scope) {
      const names = inside.get(name) ?? new Set();
      inside.set(name, names.add(baseName(embedded.name)));
    }
  }
  return inside;
}

function isNamedOutside(
  models: readonly ModelReference[],
  { embedded, place: { scope } }: ModelReference,
): boolean {
  return models.some(({ path, value, place: { type } }) =>
    path !== undefined && scope.includes(type) && baseName(value) === embedded?.name
  );
}

/** The models whose addresses a workflow carries. */
export function readModels({ needs: { models }, place }: OpenWorkflow): readonly UsedModel[] {
  return models.flatMap(({ embedded }): UsedModel[] => {
    if (!embedded) return [];
    const { name, url, directory, path } = embedded;
    return [{ ...place(path), name, ...(url && { url }), ...(directory && { directory }) }];
  });
}

/** Finds widgets that have one value by position and another by name. */
export function checkNamedWidgets(open: OpenWorkflow): void {
  const { document, workflow: { nodes } } = open;
  for (const { path, id, type, widgets } of nodes) {
    const named = valueAt(document.value, [...path, "widgets_values_named"]);
    if (!isRecord(named)) continue;
    // Both begin with the same widget; further on, one of them may list some that the other does not.
    const count = Object.keys(named).length === widgets.length ? widgets.length : 1;
    for (const [at, [name, other]] of Object.entries(named).slice(0, count).entries()) {
      const { key, value } = widgets[at] ?? {};
      if (key !== at || !isScalar(value) || !isScalar(other) || value === other) continue;
      open.fault(
        "W_NAMED_WIDGET",
        [...path, "widgets_values_named", name],
        `Widget "${name}" of node ${id} (${type}) is ${JSON.stringify(value)} by position and ${
          JSON.stringify(other)
        } by name`,
      );
    }
  }
}

function isScalar(value: unknown): boolean {
  return value !== null && typeof value !== "object";
}
