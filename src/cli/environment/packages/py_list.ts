import {
  type ListedPackage,
  listPackages,
  readPackageFacts,
} from "../../../environment/packages/mod.ts";
import { alignColumns, type Outcome, type Style } from "../../../output/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { commandEnvironment } from "../world.ts";
import type { pyListOptions } from "./options.ts";

/** What `py list` tells. */
export interface PyListData {
  readonly environment: string;
  readonly packages: readonly ListedPackage[];
}

/** Lists packages as manifest, lock and `.venv` have them. */
export async function run(
  { options }: InputOf<typeof pyListOptions>,
  context: CommandContext,
): Promise<Outcome<PyListData>> {
  const { world, environment } = await commandEnvironment(context);
  const packages = listPackages(await readPackageFacts(world), options);
  return { data: { environment: environment.name, packages } };
}

/** A line a package: what is asked for, what is locked, what is installed, and who asks. */
export function view({ environment, packages }: PyListData, style: Style): string[] {
  if (packages.length === 0) return [`${environment} asks for no packages`];
  const rows = packages.map((one) => {
    const { name, declared, locked, installed } = one;
    const owners = [...new Set(declared.map(({ owner }) => owner))].join(", ");
    return [
      name,
      declared.map(({ requirement }) => conditionOf(requirement, name)).join(" | "),
      locked.join(", ") || style.yellow("not locked"),
      installedOf(one, style),
      style.dim(owners || (installed && locked.length === 0 ? "nobody" : "other packages")),
    ];
  });
  const head = ["package", "asked for", "locked", "installed", "by"].map(style.dim);
  return alignColumns([head, ...rows]);
}

function installedOf({ installed, locked }: ListedPackage, style: Style): string {
  if (installed === undefined) return style.yellow("no");
  return locked.includes(installed) ? installed : style.yellow(installed);
}

function conditionOf(requirement: string, name: string): string {
  const rest = requirement.slice(name.length).trim();
  return rest === "" ? "any" : rest;
}
