import { counted } from "../../base/mod.ts";
import { applyCreate, type CreatePlan, type CreateReport } from "../../environment/create/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import { prepareCreate } from "../../session/creation/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { openNamedWorkspace } from "../workspace/access.ts";
import type { createOptions } from "./create_options.ts";

/** What `create` tells: the plan of a dry run, or the environment that was made. */
export type CreateData =
  | {
    readonly dry_run: true;
    readonly name: string;
    readonly path: string;
    readonly comfyui: { readonly source: string; readonly version: string };
    readonly python: string | null;
    readonly torch: {
      readonly backend: string;
      readonly index: string | null;
      readonly evidence: readonly string[];
    };
    readonly active: boolean;
  }
  | {
    readonly dry_run: false;
    readonly name: string;
    readonly path: string;
    readonly comfyui: {
      readonly source: string;
      readonly version: string;
      readonly commit: string;
    };
    readonly python: string;
    readonly torch: { readonly backend: string };
    readonly packages: number;
    readonly commit: string;
    readonly models: "linked" | "listed";
    readonly active: boolean;
  };

/** Makes an environment. */
export async function run(
  { args, options, dryRun }: InputOf<typeof createOptions>,
  context: CommandContext,
): Promise<Outcome<CreateData>> {
  const workspace = await openNamedWorkspace(context);
  const { place: { world }, plan } = await prepareCreate(context, workspace, args[0]!, options);
  if (dryRun) return { data: planned(plan, world.environment.root) };
  return { data: made(plan, await applyCreate(world, plan)) };
}

function planned(plan: CreatePlan, path: string): CreateData {
  const { name, source, comfyui, python = null, torchBackend, torchIndex, torchEvidence } = plan;
  return {
    dry_run: true,
    name,
    path,
    comfyui: { source: source.publicUrl, version: comfyui },
    python,
    torch: {
      backend: torchBackend,
      index: torchIndex?.url ?? null,
      evidence: torchEvidence.map(({ source, finding }) => `${source}: ${finding}`),
    },
    active: plan.use,
  };
}

function made({ source }: CreatePlan, report: CreateReport): CreateData {
  const { name, path, comfyui, python, torchBackend, packages, commit, models, active } = report;
  return {
    dry_run: false,
    name,
    path,
    comfyui: { source: source.publicUrl, version: comfyui.name, commit: comfyui.commit },
    python,
    torch: { backend: torchBackend },
    packages,
    commit,
    models,
    active,
  };
}

/** What was made, or would be. */
export function view(data: CreateData, style: Style): string[] {
  const { name, path, comfyui, torch } = data;
  if (data.dry_run) {
    return [
      `Would create ${style.bold(name)} at ${path}`,
      `  ComfyUI ${comfyui.version} from ${comfyui.source}`,
      `  Python ${data.python ?? "the newest installed one that ComfyUI supports"}`,
      `  PyTorch ${torch.backend}`,
      ...data.torch.evidence.map((line) => style.dim(`    ${line}`)),
    ];
  }
  return [
    `${style.green("Created")} ${style.bold(name)} at ${path}`,
    `  ComfyUI ${comfyui.version} (${data.comfyui.commit.slice(0, 8)}), Python ${data.python}, ` +
    `PyTorch ${torch.backend}, ${counted(data.packages, "package")}`,
    data.active
      ? `  It is the active environment`
      : style.dim(`  comfydock use ${name} makes it the active one`),
  ];
}
