import { join } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import type { PackageFile } from "../contents/mod.ts";
import { type Digests, openDigests } from "../digests/mod.ts";
import { templateErrors } from "../errors.ts";
import type { Finding } from "../findings/mod.ts";
import { dataFaults, type RepositorySide, shippedFiles, versionFaults } from "../packages/mod.ts";
import { copyPlanner } from "../sync/mod.ts";
import type { TemplatePackage } from "../types.ts";
import type { Distribution } from "../wheels/mod.ts";
import { buildLevels } from "./order.ts";
import type { BuildPlan, CopyFault, PlannedPackage } from "./types.ts";

/** What is built. */
export interface BuildChoice {
  /** Ids; default all. */
  readonly packages?: readonly string[];
  /** Whether pre-releases may be built: all, or those of a label such as `rc1`. */
  readonly pre?: string | true;
  /** Of the working copy; default some that keep nothing. */
  readonly digests?: Digests;
}

/**
 * Decides what is built in which order, and checks that every file that a package ships lies in its directory.
 *
 * @param root Absolute path of the repository.
 * @returns The plan, and the copies that are not as they should be.
 * @throws `E_CYCLE`, `E_NO_PACKAGE`
 */
export async function planBuild(
  root: string,
  side: RepositorySide,
  { packages: chosen, pre, digests }: BuildChoice = {},
): Promise<BuildPlan & { readonly faults: readonly CopyFault[] }> {
  const { repository, contents } = side;
  const all = [...repository.packages, ...repository.meta ? [repository.meta] : []];
  for (const id of chosen ?? []) requirePackage(id, all);
  const packages: PlannedPackage[] = [];
  const findings: Finding[] = repository.findings.filter(({ area }) => area === "pyproject");
  const faults: CopyFault[] = [];
  const unplanned: string[] = [];
  const known = digests ?? await openDigests(root, { cache: false });
  const planCopies = copyPlanner(repository, side, known);
  for (const [level, members] of buildLevels(all).entries()) {
    for (const one of members) {
      if (chosen && !chosen.includes(one.id)) continue;
      const files = contents.get(one.id) ?? [];
      findings.push(...versionFaults(one, { pre }));
      const errors = dataFaults(one, files.filter(({ kind }) => kind !== "own"))
        .filter(({ severity }) => severity === "error");
      findings.push(...errors);
      const planned = await planCopies(one, files);
      faults.push(...planned.copies.map(({ content: _, ...fault }) => fault));
      unplanned.push(...planned.unplanned);
      const { version } = one;
      if (version === undefined) continue;
      packages.push({
        ...{ package: one, version, level, files },
        distribution: distributionOf(root, one, version, files),
      });
    }
  }
  return { packages, findings, faults, unplanned };
}

function distributionOf(
  root: string,
  one: TemplatePackage,
  version: string,
  files: readonly PackageFile[],
): Distribution {
  const { shipped, beside } = shippedFiles(one, files);
  const start = one.directory === "." ? 0 : one.directory.length + 1;
  const below = (path: string) => path.slice(start);
  const place = ({ target }: PackageFile) => ({ path: below(target), place: join(root, target) });
  return {
    ...{ name: one.name, version, table: one.table, module: one.module },
    source: below(one.moduleDirectory).split("/").slice(0, -1).join("/"),
    moduleFiles: shipped.map(place),
    besideFiles: beside.filter(({ kind }) => kind === "own").map(place),
  };
}

function requirePackage(id: string, packages: readonly TemplatePackage[]): void {
  if (packages.some((one) => one.id === id)) return;
  throw new ComfydockError(
    templateErrors.E_NO_PACKAGE,
    `Cannot build "${id}": there is no such package`,
    { hint: "Run `comfydock templates packages list`; the package of the root is called meta" },
  );
}
