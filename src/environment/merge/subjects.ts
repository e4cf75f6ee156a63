import {
  getAt,
  isArray,
  isTable,
  nodeGroupName,
  type TomlTable,
  type TomlValue,
  TORCH_GROUP,
} from "../../pyproject/mod.ts";
import { requiredPackage } from "../diff/manifests.ts";
import type { MergeKind, MergeSides, MergeSubject, Snapshot } from "./types.ts";

/** A subject, and where in a snapshot it is. */
export interface PlacedSubject extends MergeSubject {
  /** In the manifest; of a package, the list that names it. */
  readonly paths: readonly (readonly string[])[];
  readonly files: readonly string[];
  /** The package, where `paths` names a list of requirements. */
  readonly package?: string;
}

/** The lists whose items are merged package by package. */
export const PACKAGE_LISTS: readonly {
  readonly path: readonly string[];
  readonly kind: MergeKind;
}[] = [
  { path: ["project", "dependencies"], kind: "dependency" },
  { path: ["tool", "uv", "constraint-dependencies"], kind: "constraint" },
  { path: ["tool", "uv", "override-dependencies"], kind: "override" },
];

/** Finds all that a merge of three snapshots is about. */
export function findSubjects({ base, ours, theirs }: MergeSides): readonly PlacedSubject[] {
  const all = [ours, theirs, base];
  const found = new Collection(all);
  for (const snapshot of all) {
    walk(snapshot.tables, [], found);
    for (const path of snapshot.files.keys()) found.addFile(path);
  }
  return found.subjects();
}

function walk(table: TomlTable, path: readonly string[], found: Collection): void {
  for (const [key, value] of Object.entries(table)) {
    const here = [...path, key];
    if (value === undefined) continue;
    if (addPackages(here, value, found) || found.addNamed(here)) continue;
    if (isTable(value)) walk(value, here, found);
    else found.add({ kind: "setting", key: here.join("."), paths: [here] });
  }
}

function addPackages(path: readonly string[], value: TomlValue, found: Collection): boolean {
  const list = PACKAGE_LISTS.find((one) => samePath(one.path, path));
  if (!list || !isArray(value)) return false;
  for (const item of value) {
    const name = packageOf(item);
    found.add({ kind: list.kind, key: name, paths: [path], package: name });
  }
  return true;
}

/** The package that an item of a list of requirements is about. */
export function packageOf(item: TomlValue): string {
  return typeof item === "string" ? requiredPackage(item) : JSON.stringify(item);
}

function samePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, at) => part === b[at]);
}

class Collection {
  readonly #found = new Map<string, PlacedSubject>();
  /** The ids of nodes by the names of their groups. */
  readonly #groups: ReadonlyMap<string, string>;
  /** The keys of tracked workflows by their files. */
  readonly #workflows: ReadonlyMap<string, string>;

  constructor(snapshots: readonly Snapshot[]) {
    const keysAt = (...path: string[]) =>
      snapshots.flatMap(({ tables }) => Object.entries(getAt(tables, path) ?? {}));
    const nodes = keysAt("tool", "comfydock", "nodes");
    this.#groups = new Map(nodes.map(([id]) => [nodeGroupName(id), id]));
    const tracked = keysAt("tool", "comfydock", "workflows", "tracked");
    this.#workflows = new Map(tracked.flatMap(([key, entry]) => {
      const file = getAt(entry, ["file"]);
      return typeof file === "string" ? [[file, key]] : [];
    }));
  }

  /** Adds what has a name of its own in the manifest, and says whether this was such. */
  addNamed(path: readonly string[]): boolean {
    const named = this.#nameOf(path);
    if (named) this.add({ ...named, paths: [path] });
    return named !== undefined;
  }

  #nameOf(path: readonly string[]): Pick<MergeSubject, "kind" | "key"> | undefined {
    const [first, second, third, fourth, fifth] = path;
    const depth = path.length;
    if (first === "dependency-groups" && depth === 2) {
      const node = this.#groups.get(second!);
      if (second === TORCH_GROUP) return { kind: "torch", key: "torch" };
      return node === undefined ? { kind: "group", key: second! } : { kind: "node", key: node };
    }
    if (first !== "tool") return undefined;
    if (second === "uv" && depth === 3 && (third === "index" || third === "sources")) {
      return { kind: "torch", key: "torch" };
    }
    if (second !== "comfydock") return undefined;
    if (depth === 3 && third === "torch_backend") return { kind: "torch", key: "torch" };
    if (depth === 3 && third!.startsWith("comfyui_")) return { kind: "comfyui", key: "ComfyUI" };
    if (depth === 4 && third === "nodes") return { kind: "node", key: fourth! };
    if (depth === 4 && third === "models") return { kind: "model", key: fourth! };
    if (depth === 5 && third === "workflows" && fourth === "tracked") {
      return { kind: "workflow", key: fifth! };
    }
    return undefined;
  }

  /** Adds a file: of a tracked workflow to that, any other for itself. */
  addFile(path: string): void {
    const workflow = this.#workflows.get(path);
    if (workflow === undefined) this.add({ kind: "file", key: path, files: [path] });
    else this.add({ kind: "workflow", key: workflow, files: [path] });
  }

  add(
    { kind, key, paths = [], files = [], package: name }:
      & Pick<PlacedSubject, "kind" | "key" | "package">
      & Partial<PlacedSubject>,
  ): void {
    const id = `${kind} ${key}`;
    const old = this.#found.get(id);
    const more = paths.filter((path) => !old?.paths.some((other) => samePath(other, path)));
    this.#found.set(id, {
      id,
      kind,
      key,
      paths: [...old?.paths ?? [], ...more],
      files: [...new Set([...old?.files ?? [], ...files])],
      ...(name !== undefined && { package: name }),
    });
  }

  /** All of them; a field below another that one side made a plain value is part of that. */
  subjects(): readonly PlacedSubject[] {
    const settings = [...this.#found.values()].filter(({ kind }) => kind === "setting");
    const roots = new Set(settings.flatMap(({ paths }) => paths.map((path) => nameOf(path))));
    return [...this.#found.values()].filter(({ paths }) =>
      paths.length === 0 ||
      paths.some((path) => !path.some((_, at) => at > 0 && roots.has(nameOf(path.slice(0, at)))))
    );
  }
}

function nameOf(path: readonly string[]): string {
  return JSON.stringify(path);
}
