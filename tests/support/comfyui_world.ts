import assert from "node:assert/strict";
import { join } from "node:path";
import type { WorkEvent } from "../../src/base/mod.ts";
import { ComfydockError } from "../../src/base/mod.ts";
import { type ComfyUISource, type ComfyUIWorld, readComfyUISource } from "../../src/comfyui/mod.ts";
import { makeSampleComfyUI } from "../../src/demo/sample_comfyui/mod.ts";
import {
  command,
  type CommandRunner,
  createGit,
  createRunner,
  type Git,
} from "../../src/tools/mod.ts";

/** A sample ComfyUI as a source, and a place for mirrors and working copies. */
export interface ComfyUITestWorld {
  /** Holds everything and is removed in the end. */
  readonly root: string;
  /** The repository that the source names. */
  readonly repository: string;
  readonly source: ComfyUISource;
  readonly git: Git;
  readonly runner: CommandRunner;
  /** What the work told so far. */
  readonly events: readonly WorkEvent[];
  /** How often the mirror was fetched so far. */
  fetches(): number;
  /** What rooms are given; `offline` is off unless named. */
  world(options?: Partial<ComfyUIWorld>): ComfyUIWorld;
  /** Runs git in the source's repository, and returns what it wrote. */
  gitThere(...args: string[]): Promise<string>;
}

/** Runs a test with a fresh sample and no settings of the user's. */
export async function withComfyUI(run: (world: ComfyUITestWorld) => Promise<void>): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir());
  const home = join(root, "home");
  await Deno.mkdir(home);
  const identity = "[user]\nname = test\nemail = test@localhost\n";
  await Deno.writeTextFile(join(home, ".gitconfig"), identity);
  const env = { ...Deno.env.toObject(), HOME: home, USERPROFILE: home };
  const runner = createRunner({ env });
  const git = createGit(runner);
  const repository = join(root, "source", "ComfyUI");
  const events: WorkEvent[] = [];
  try {
    await makeSampleComfyUI(repository, runner);
    await run({
      root,
      repository,
      source: await readComfyUISource(repository, root),
      git,
      runner,
      events,
      fetches: () => events.filter(({ kind }) => kind === "started").length,
      world: (options = {}) => ({
        git,
        mirrors: join(root, "mirrors"),
        exclusively: (_name, work) => work(),
        offline: false,
        report: { emit: (event) => events.push(event) },
        ...options,
      }),
      gitThere: async (...args) =>
        (await runner.run(command({ program: "git", args, cwd: repository }))).stdout.trim(),
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** The error that work ends with; it must be one of ours and carry a hint. */
export async function failureOf(work: Promise<unknown>): Promise<ComfydockError> {
  const error = await work.then(() => undefined, (reason) => reason);
  assert.ok(error instanceof ComfydockError, `expected a failure, got ${error}`);
  assert.ok(error.hint, `${error.message} needs a hint`);
  return error;
}
