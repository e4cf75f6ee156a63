import {
  type ListedPackage,
  listPackages,
  readPackageFacts,
} from "../../../environment/packages/mod.ts";
import { torchChoice } from "../../../environment/torch/mod.ts";
import { alignColumns, type Outcome, type Style } from "../../../output/mod.ts";
import { readTorchBackends } from "../../../pyproject/mod.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { commandEnvironment } from "../world.ts";

/** What `torch show` tells. */
export interface TorchShowData {
  readonly environment: string;
  /** `null` where nobody has chosen. */
  readonly backend: string | null;
  /** `null` for the default index of packages. */
  readonly index: string | null;
  /** torch and its sisters, as far as anything needs them. */
  readonly packages: readonly Pick<ListedPackage, "name" | "locked" | "installed">[];
}

/** Tells which builds of PyTorch the environment has, and from where. */
export async function run(
  _input: CommandInput,
  context: CommandContext,
): Promise<Outcome<TorchShowData>> {
  const { world, environment } = await commandEnvironment(context);
  const facts = await readPackageFacts(world);
  const { packages } = await readTorchBackends();
  const { backend, index } = torchChoice(facts.manifest);
  const found = listPackages(facts, { all: true }).filter(({ name }) => packages.includes(name));
  return {
    data: {
      environment: environment.name,
      backend: backend ?? null,
      index: index ?? null,
      packages: found.map(({ name, locked, installed }) => ({ name, locked, installed })),
    },
  };
}

/** The backend, its index, and a line a package. */
export function view(
  { environment, backend, index, packages }: TorchShowData,
  style: Style,
): string[] {
  const rows = packages.map(({ name, locked, installed }) => [
    name,
    locked.join(", ") || "not locked",
    installed === undefined ? "not installed" : `${installed} installed`,
  ]);
  return [
    `${environment} uses ${style.bold(backend ?? "no chosen backend")}`,
    `  from ${index ?? "the default index"}`,
    ...alignColumns(rows).map((line) => `  ${line}`),
  ];
}
