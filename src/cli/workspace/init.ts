import { resolve } from "node:path";
import type { Outcome } from "../../output/mod.ts";
import { initWorkspace } from "../../session/settings/mod.ts";
import { openWorkspace, planInit } from "../../workspace/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { initOptions } from "./options.ts";
import { renderChanges, type SetupChange, tokenChanges, writeTokens } from "./setup/changes.ts";
import type { InitAnswers } from "./setup/ask_init.ts";
import { givenSettings } from "./setup/settings.ts";

/** What `init` tells. */
export interface InitData {
  readonly dry_run: boolean;
  readonly workspace: string;
  /** False when the workspace existed; then only what was missing was added. */
  readonly created: boolean;
  /** Directories that were missing. */
  readonly directories: readonly string[];
  readonly models_dir: string;
  /** Whether commands find it without being told where it is. */
  readonly found_by_default: boolean;
  /** Further settings and tokens that were answered. */
  readonly changes: readonly SetupChange[];
}

/** Makes a workspace, or adds what is missing in one; alone on a terminal it asks first. */
export async function run(
  { options, args, dryRun }: InputOf<typeof initOptions>,
  context: CommandContext,
): Promise<Outcome<InitData>> {
  const given = args.length > 0 || Object.values(options).some((value) => value !== undefined);
  const asks = !given && context.options.interactive;
  const answers = asks
    ? await (await import("./setup/ask_init.ts")).askInit(context)
    : await givenAnswers(args[0], options, context);
  const { path, tokens, ...rest } = answers;
  const request = { path, ...rest, now: new Date(context.clock.now()).toISOString() };
  const plan = await planInit(request);
  if (!dryRun) {
    await initWorkspace(context, plan, request);
    await writeTokens(tokens, context);
  }
  const facts = plan.facts ?? (await openWorkspace(path)).facts;
  const { workspaceFile } = plan.layout;
  return {
    data: {
      dry_run: dryRun,
      workspace: path,
      created: plan.kind === "create",
      directories: plan.directories,
      models_dir: `${facts.settings.models_dir ?? plan.layout.defaultModels}`,
      found_by_default: path === resolve(context.options.workspace),
      changes: [
        ...Object.entries(rest.settings).map(([key, value]) => ({
          key,
          value,
          layer: "workspace" as const,
          path: workspaceFile,
        })),
        ...tokenChanges(tokens, context),
      ],
    },
  };
}

async function givenAnswers(
  path: string | undefined,
  { modelsDir, ...given }: InputOf<typeof initOptions>["options"],
  context: CommandContext,
): Promise<InitAnswers> {
  const hasTokens = given.huggingfaceTokenFile !== undefined ||
    given.civitaiTokenFile !== undefined;
  return {
    path: resolve(path ?? context.options.workspace),
    modelsDir,
    settings: givenSettings(given),
    tokens: hasTokens ? await (await import("./setup/tokens.ts")).givenTokens(given, context) : [],
  };
}

/** Where it is, and what to do next. */
export function view(data: InitData): string[] {
  const { dry_run, workspace, created, directories, models_dir, found_by_default, changes } = data;
  const did = created
    ? `${dry_run ? "Would make" : "Made"} the workspace ${workspace}`
    : directories.length > 0
    ? `${dry_run ? "Would add" : "Added"} ${directories.length} missing directories to ${workspace}`
    : `The workspace ${workspace} is complete`;
  return [
    did,
    `  models: ${models_dir}`,
    ...renderChanges(changes, dry_run).map((line) => `  ${line}`),
    ...(found_by_default
      ? []
      : [`  Name it with --workspace, or set COMFYDOCK_HOME="${workspace}"`]),
    ...(dry_run ? [] : ["Next: comfydock create my-env --use"]),
  ];
}
