import {
  type Manifest,
  nodeGroupName,
  normalizePackageName,
  TORCH_GROUP,
} from "../../pyproject/mod.ts";
import { requiredPackage } from "../diff/manifests.ts";
import type { LockPackages, PackageVersions } from "../venv/mod.ts";

/** Who asks for a package: ComfyUI, the user (`environment`), the torch backend, or `node:<id>`. */
export type PackageOwner = "comfyui" | "environment" | "torch" | `node:${string}`;

/** One requirement of the manifest. */
export interface DeclaredRequirement {
  readonly requirement: string;
  /** The dependency group; absent for the project's own. */
  readonly group?: string;
  readonly owner: PackageOwner;
}

/** A package as the manifest, the lock and the disk have it. */
export interface ListedPackage {
  /** Normalised. */
  readonly name: string;
  readonly declared: readonly DeclaredRequirement[];
  /** Constraints on it. */
  readonly constraints: readonly string[];
  /** Several where platforms differ. */
  readonly locked: readonly string[];
  readonly installed?: string;
}

/** What is compared. */
export interface PackageFacts {
  readonly manifest: Manifest;
  readonly locked: LockPackages;
  readonly installed: PackageVersions;
  /** ComfyUI's own requirements. */
  readonly comfyui: readonly string[];
}

/** Lists the packages that the manifest asks for, and with `all` those too that only the lock or `.venv` have. */
export function listPackages(
  facts: PackageFacts,
  options: { readonly all?: boolean } = {},
): readonly ListedPackage[] {
  const { manifest, locked, installed } = facts;
  const declared = Map.groupBy(
    declaredIn(facts),
    ({ requirement }) => requiredPackage(requirement),
  );
  const constraints = Map.groupBy(manifest.uv.constraints, requiredPackage);
  const names = options.all
    ? [...declared.keys(), ...locked.keys(), ...Object.keys(installed)]
    : [...declared.keys()];
  return [...new Set(names)].sort().map((name) => ({
    name,
    declared: declared.get(name) ?? [],
    constraints: constraints.get(name) ?? [],
    locked: locked.get(name) ?? [],
    installed: Object.hasOwn(installed, name) ? installed[name] : undefined,
  }));
}

function declaredIn({ manifest, comfyui }: PackageFacts): readonly DeclaredRequirement[] {
  const asked = new Set(comfyui);
  const owners = new Map<string, PackageOwner>([
    [TORCH_GROUP, "torch"],
    ...Object.values(manifest.nodes).map(({ id }) =>
      [nodeGroupName(id), `node:${id}` as const] as const
    ),
  ]);
  const own = manifest.project.dependencies.map((requirement): DeclaredRequirement => ({
    requirement,
    owner: asked.has(requirement) ? "comfyui" : "environment",
  }));
  const grouped = Object.entries(manifest.groups).flatMap(([group, items]) =>
    items.filter((item) => typeof item === "string").map((requirement): DeclaredRequirement => ({
      requirement,
      group,
      owner: owners.get(normalizePackageName(group)) ?? "environment",
    }))
  );
  return [...own, ...grouped];
}
