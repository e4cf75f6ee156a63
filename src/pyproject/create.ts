import { editManifest, type ManifestEdit } from "./edit_manifest.ts";
import { addConstraint, setDependencies } from "./dependencies.ts";
import { setEnvironmentFacts, setModel, setNode, setTrackedWorkflow } from "./entries.ts";
import { type EnvironmentFacts, type Manifest, MANIFEST_SCHEMA } from "./manifest.ts";
import { withAt, withoutAt } from "./tables.ts";

/** What a new manifest says. */
export interface NewManifest {
  /** Name of the environment; `[project] name` is it in a form that Python packaging takes. */
  readonly name: string;
  /** A specifier, such as `>=3.12`. */
  readonly requiresPython: string;
  /** ComfyUI's own requirements. */
  readonly dependencies: readonly string[];
  readonly constraints?: readonly string[];
  readonly environment: EnvironmentFacts;
  /** Further changes, such as that of {@linkcode setTorchBackend}. */
  readonly edits?: readonly ManifestEdit[];
}

/**
 * Writes the text of a new manifest.
 *
 * @throws `REQUIREMENT_INVALID`, and what the further edits throw
 */
export function newManifest(manifest: NewManifest): string {
  const { name, requiresPython, dependencies, constraints = [], environment, edits = [] } =
    manifest;
  const project = (tables: Parameters<ManifestEdit>[0]) =>
    withAt(tables, ["project"], {
      name: projectName(name),
      version: "0.1.0",
      "requires-python": requiresPython,
      dependencies: [],
    });
  return editManifest("", [
    project,
    setDependencies(dependencies),
    // Nodes have groups, and a plain "uv sync" shall install them too.
    (tables) => withAt(tables, ["tool", "uv", "default-groups"], "all"),
    ...constraints.map(addConstraint),
    (tables) => withAt(tables, ["tool", "comfydock", "version"], MANIFEST_SCHEMA),
    setEnvironmentFacts(environment),
    ...edits,
  ], "pyproject.toml");
}

function projectName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(
    /^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g,
    "",
  );
  return plain === "" ? "environment" : plain;
}

/**
 * Turns the predecessor's manifest into ours, and keeps all that lies outside of its own table.
 *
 * @param text The predecessor's file.
 * @param manifest The same file as {@linkcode readManifest} gives it.
 */
export function convertLegacyManifest(text: string, manifest: Manifest, path: string): string {
  if (manifest.legacy === undefined) return text;
  return editManifest(text, [
    (tables) => withoutAt(tables, ["tool", manifest.legacy!]),
    (tables) => withAt(tables, ["tool", "comfydock", "version"], MANIFEST_SCHEMA),
    setEnvironmentFacts(manifest.environment),
    ...Object.values(manifest.nodes).map(setNode),
    ...Object.values(manifest.models).map(setModel),
    ...Object.values(manifest.workflows).map(setTrackedWorkflow),
    (tables) => withAt(tables, ["tool", "uv", "default-groups"], "all"),
  ], path);
}
