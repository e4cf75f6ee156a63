import {
  readPackageFacts,
  requiredPackage,
  requirementsIn,
} from "../../../environment/packages/mod.ts";
import { alignColumns, type Outcome, type Style } from "../../../output/mod.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { commandEnvironment } from "../world.ts";

/** What `constraint list` tells. */
export interface ConstraintListData {
  readonly environment: string;
  readonly constraints: readonly {
    readonly requirement: string;
    readonly name: string;
    /** Empty when nothing needs the package. */
    readonly locked: readonly string[];
    readonly installed?: string;
  }[];
}

/** Lists the constraints, and what they hold. */
export async function run(
  _input: CommandInput,
  context: CommandContext,
): Promise<Outcome<ConstraintListData>> {
  const { world, environment } = await commandEnvironment(context);
  const { manifest, locked, installed } = await readPackageFacts(world);
  const constraints = requirementsIn(manifest, { kind: "constraints" }).map((requirement) => {
    const name = requiredPackage(requirement);
    return { requirement, name, locked: locked.get(name) ?? [], installed: installed[name] };
  });
  return { data: { environment: environment.name, constraints } };
}

/** A line a constraint. */
export function view({ environment, constraints }: ConstraintListData, style: Style): string[] {
  if (constraints.length === 0) return [`${environment} has no constraints`];
  const head = ["constraint", "locked", "installed"].map(style.dim);
  return alignColumns([
    head,
    ...constraints.map(({ requirement, locked, installed }) => [
      requirement,
      locked.join(", ") || style.dim("not needed"),
      installed ?? "",
    ]),
  ]);
}
