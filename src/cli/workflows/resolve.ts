import { resolve as absolute } from "node:path";
import { readResolution, resolveWorkflow } from "../../environment/workflows/mod.ts";
import { readEnvironmentState } from "../../environment/world/mod.ts";
import { withNodeIndex } from "../../nodes/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { rememberLookups } from "../../workflows/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import { nodeIndexOptions } from "../nodes/index_access.ts";
import { withNodeResolver } from "../nodes/resolve_access.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { askAbout, readAnswers } from "./answers.ts";
import type { resolveOptions } from "./options.ts";
import { type ResolveData, resolveData } from "./resolve_data.ts";
import { findWorkflowFile } from "./workflow_file.ts";

/** Finds what a workflow needs, and gets it where that is asked for; what stays open ends with exit code 1. */
export async function run(
  { args: [name = ""], options, dryRun }: InputOf<typeof resolveOptions>,
  context: CommandContext,
): Promise<Outcome<ResolveData>> {
  const path = absolute(await findWorkflowFile(context, name));
  return await resolveFile(context, path, { ...options, dryRun });
}

/** What resolving a file may do. */
export interface ResolveFileOptions {
  readonly pack: readonly string[];
  readonly without: readonly string[];
  readonly model: readonly string[];
  readonly withoutModel: readonly string[];
  readonly install: boolean;
  readonly download: boolean;
  readonly writeHashes: boolean;
  readonly dryRun: boolean;
}

/** Resolves a workflow by its file, asking about what nothing tells. */
export async function resolveFile(
  context: CommandContext,
  path: string,
  options: ResolveFileOptions,
): Promise<Outcome<ResolveData>> {
  const place = await commandEnvironment(context);
  const { world, workspace, config } = place;
  const indexOptions = await nodeIndexOptions(context, workspace, config);
  return await withNodeIndex(
    indexOptions,
    async (opened) =>
      await withNodeResolver(context, place, async ({ resolve: resolveNode }) => {
        const index = rememberLookups(opened);
        const { manifest } = await readEnvironmentState(world);
        const given = readAnswers(options);
        // Where nobody can be asked, nothing is looked up for questions.
        const answers = context.options.interactive
          ? await askAbout(
            context,
            await readResolution(world, manifest, { path, answers: given, index }),
            given,
            index,
          )
          : given;
        const { install, download, writeHashes, dryRun } = options;
        const request = {
          path,
          answers,
          install,
          download,
          writeHashes,
          index,
          resolveNode,
          dryRun,
        };
        const report = await resolveWorkflow(world, request);
        const data = resolveData(path, report, dryRun);
        return { data, exit: data.resolved ? 0 : 1 };
      }),
  );
}

export { view } from "./resolve_data.ts";
