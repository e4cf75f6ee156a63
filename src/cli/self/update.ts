import { ComfydockError, VERSION } from "../../base/mod.ts";
import {
  type Distribution,
  distributionErrors,
  parseDistribution,
  requireDistribution,
} from "../../distribution/mod.ts";
import { applyUpdate, keptPath, planUpdate, undoUpdate } from "../../distribution/program/mod.ts";
import { formatBytes, type Outcome, type Style } from "../../output/mod.ts";
import { createRunner } from "../../tools/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { selfUpdateOptions } from "./options.ts";

/** What `self update` tells. */
export interface SelfUpdateData {
  readonly program: string;
  readonly from_version: string;
  /** Absent where the kept program was put back, which is not asked for its version. */
  readonly to_version: string | null;
  readonly changed: boolean;
  /** What is fetched; absent where nothing is. */
  readonly url: string | null;
  readonly size: number | null;
  readonly sha256: string | null;
  /** Where the program of before stays. */
  readonly kept: string | null;
  readonly dry_run: boolean;
}

/** Replaces the running program by another release of it. */
export async function run(
  { options, dryRun }: InputOf<typeof selfUpdateOptions>,
  context: CommandContext,
): Promise<Outcome<SelfUpdateData>> {
  const path = await programPath();
  if (options.undo) return await goBack(path, dryRun);
  const { signal, report, env } = context;
  const http = await context.http();
  const plan = await planUpdate(http, {
    program: { path, version: VERSION, target: Deno.build.target },
    distribution: await distributionOf(options.from),
    version: options.version?.replace(/^v/, ""),
    signal,
  });
  if (plan.change && !dryRun) {
    await applyUpdate(plan, { http, runner: createRunner({ env }), report, signal });
  }
  const { file, url, version, kept, change } = plan;
  return {
    data: {
      program: path,
      from_version: VERSION,
      to_version: version,
      changed: change && !dryRun,
      url: change ? url : null,
      size: change ? file.size : null,
      sha256: change ? file.sha256 : null,
      kept: change ? kept : null,
      dry_run: dryRun,
    },
  };
}

async function goBack(path: string, dryRun: boolean): Promise<Outcome<SelfUpdateData>> {
  if (!dryRun) await undoUpdate(path);
  return {
    data: {
      program: path,
      from_version: VERSION,
      to_version: null,
      changed: !dryRun,
      url: null,
      size: null,
      sha256: null,
      kept: keptPath(path),
      dry_run: dryRun,
    },
  };
}

async function distributionOf(from: string | undefined): Promise<Distribution> {
  return from === undefined ? await requireDistribution("self update") : parseDistribution(from);
}

/** The file of the program with links followed, so that a link to it stays one. */
async function programPath(): Promise<string> {
  if (Deno.build.standalone) return await Deno.realPath(Deno.execPath());
  throw new ComfydockError(
    distributionErrors.PROGRAM_NOT_COMPILED,
    "Cannot update comfydock: it does not run from its compiled program",
    {
      hint: "git pull updates sources, deno run --reload a URL, npm install a package",
    },
  );
}

/** What changed, or would. */
export function view(data: SelfUpdateData, style: Style): readonly string[] {
  const { from_version: from, to_version: to, changed, dry_run: dryRun, kept, size, program } =
    data;
  if (to === null) {
    const verb = dryRun ? "Would put" : "Put";
    return [`${verb} the program that was kept back in the place of comfydock ${from}`];
  }
  if (to === from) return [`comfydock ${from} is ${style.green("up to date")}`];
  if (data.url === null) {
    return [`comfydock ${from} is newer than the newest release, ${to}, which --version names`];
  }
  const amount = size === null ? "" : ` (${formatBytes(size)})`;
  if (!changed) {
    return [`Would replace comfydock ${from} by ${style.bold(to)}${amount} in ${program}`];
  }
  return [
    `Replaced comfydock ${from} by ${style.bold(to)} in ${program}`,
    style.dim(`The one before is kept in ${kept}; comfydock self update --undo brings it back`),
  ];
}
