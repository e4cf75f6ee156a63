import { editEnvironment } from "../../../environment/manifest_change/mod.ts";
import { planTorch, type TorchChoice } from "../../../environment/torch/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import { readTorchBackends } from "../../../pyproject/mod.ts";
import { detectTorchBackend, type TorchEvidence } from "../../../torch/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { readTorchIndex } from "../torch_index.ts";
import { commandEnvironment } from "../world.ts";
import { type EditData, editData, packageLines } from "./edit_data.ts";
import type { torchSetOptions } from "./options.ts";

/** What `torch set` tells. */
export interface TorchSetData extends EditData {
  readonly before: TorchChoice;
  readonly after: TorchChoice;
  /** What the backend was concluded from; empty when it was named. */
  readonly evidence: readonly TorchEvidence[];
}

/** Gives the environment another build of PyTorch. */
export async function run(
  { args, options, dryRun }: InputOf<typeof torchSetOptions>,
  context: CommandContext,
): Promise<Outcome<TorchSetData>> {
  const { world, environment } = await commandEnvironment(context);
  const { env, signal } = context;
  const { backend, evidence } = args[0] === "auto"
    ? await detectTorchBackend(world.runner, { env, signal })
    : { backend: args[0]!, evidence: [] };
  const backends = await readTorchBackends();
  const request = { backend, index: readTorchIndex(options.torchIndex) };
  const report = await editEnvironment(world, {
    command: "torch set",
    plan: (state) => planTorch(state, request, backends, environment.manifest),
    dryRun,
    sync: !options.noSync,
  });
  const { before, after } = report.plan;
  return { data: { ...editData(environment.name, dryRun, report), before, after, evidence } };
}

/** From what to what, and the packages that follow. */
export function view(data: TorchSetData, style: Style): string[] {
  const { dry_run, environment, changed, before, after, evidence, packages } = data;
  const why = evidence.map(({ source, finding }) => style.dim(`  ${source}: ${finding}`));
  if (!changed && packages.length === 0) {
    return [`Nothing to do: ${environment} uses ${after.backend} already`, ...why];
  }
  const verb = dry_run ? "Would change" : "Changed";
  return [
    `${verb} ${environment} from ${before.backend ?? "no chosen backend"} to ${after.backend}`,
    `  from ${after.index ?? "the default index"}`,
    ...why,
    ...packageLines(data, style),
  ];
}
