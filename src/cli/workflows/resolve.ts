import { resolve as absolute } from "node:path";
import { resolveWorkflow } from "../../environment/workflows/mod.ts";
import { withNodeIndex } from "../../nodes/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { nodeIndexOptions } from "../../session/node_index/mod.ts";
import { withNodeResolver } from "../../session/nodes/mod.ts";
import { rememberLookups } from "../../workflows/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { readAnswers } from "./answers.ts";
import { findModels } from "./find_models.ts";
import { askAbout } from "./questions.ts";
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
        const answers = await readAnswers(options);
        const questions = {
          ask: context.ask,
          index,
          findModels: (words: string) => findModels(world.workspace, words),
        };
        const { install, download, writeHashes, dryRun } = options;
        const report = await resolveWorkflow(world, {
          path,
          answers,
          ask: context.options.interactive
            ? (found) => askAbout(questions, found, answers)
            : undefined,
          install,
          download,
          writeHashes,
          index,
          resolveNode,
          dryRun,
        });
        const data = resolveData(path, report, dryRun);
        return { data, exit: data.resolved ? 0 : 1 };
      }),
  );
}

export { view } from "./resolve_data.ts";
