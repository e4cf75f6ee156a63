import { alignColumns, type Outcome, type Style } from "../../../output/mod.ts";
import {
  type Finding,
  type PackageKind,
  placeOf,
  type TemplatePackage,
} from "../../../templates/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { openNamedRepository } from "../access.ts";
import type { listOptions } from "./options.ts";

/** A package as `templates packages list` tells it. */
export interface ListedPackage {
  readonly id: string;
  readonly kind: PackageKind;
  readonly directory: string;
  /** Of the distribution. */
  readonly name: string;
  readonly module: string;
  readonly version: string | null;
  readonly build_backend: string | null;
  /** As written. */
  readonly dependencies: readonly string[];
  readonly bundles: readonly string[];
  readonly frozen: boolean;
}

/** What `templates packages list` tells. */
export interface PackageListData {
  readonly root: string;
  /** Whether JSON has a package of its own, or lies in the packages of the bundles. */
  readonly layout: "split" | "bundled";
  /** By id; the meta package last. */
  readonly packages: readonly ListedPackage[];
  /** What keeps parts of the repository from being read. */
  readonly findings: readonly Finding[];
}

/** Lists the packages of a repository. */
export async function run(
  { options }: InputOf<typeof listOptions>,
  context: CommandContext,
): Promise<Outcome<PackageListData>> {
  const { root, repository } = await openNamedRepository(options, context);
  const { packages, meta, jsonPackage, findings } = repository;
  for (const one of findings) context.warn(one.code, `${placeOf(one)}: ${one.message}`);
  return {
    data: {
      root,
      layout: jsonPackage ? "split" : "bundled",
      packages: [...packages, ...meta ? [meta] : []].map(listed),
      findings,
    },
  };
}

function listed(one: TemplatePackage): ListedPackage {
  const { id, kind, directory, name, module, bundles, frozen } = one;
  return {
    ...{ id, kind, directory, name, module },
    version: one.version ?? null,
    build_backend: one.buildBackend ?? null,
    dependencies: one.dependencies.map(({ text }) => text),
    ...{ bundles, frozen },
  };
}

/** A line for each package. */
export function view({ packages }: PackageListData, style: Style): readonly string[] {
  return alignColumns(
    packages.map((one) => [
      one.id,
      style.green(one.version ?? "?"),
      one.name,
      style.dim(one.directory),
      one.bundles.join(", "),
      one.frozen ? style.yellow("frozen") : "",
    ]),
  );
}
