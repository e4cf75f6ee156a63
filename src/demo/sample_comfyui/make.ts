import { fileError } from "../../base/mod.ts";
import { command, type CommandRunner } from "../../tools/mod.ts";
import { readSampleHistory } from "./history.ts";
import { renderImportStream } from "./import_stream.ts";

/** The sample as a git repository on this machine. */
export interface SampleComfyUI {
  /** What `--comfyui-source` takes; the newest release is checked out in it. */
  readonly directory: string;
  /** Oldest first. */
  readonly releases: readonly string[];
  readonly branches: readonly string[];
}

/**
 * Makes a git repository of a small ComfyUI that starts and answers, with releases and a branch; its commits have the
 * same ids everywhere.
 *
 * @param directory Where to; made when missing.
 * @param runner Runs git.
 * @throws `TOOL_MISSING`, `TOOL_FAILED`, `FILE_UNWRITABLE`, `INTERRUPTED`
 */
export async function makeSampleComfyUI(
  directory: string,
  runner: CommandRunner,
  options: { readonly signal?: AbortSignal } = {},
): Promise<SampleComfyUI> {
  const commits = await readSampleHistory();
  const branches = [...new Set(commits.map(({ branch }) => branch))];
  try {
    await Deno.mkdir(directory, { recursive: true });
  } catch (error) {
    throw fileError("Cannot create", directory, error);
  }
  const git = (args: readonly string[], stdin?: string) =>
    runner.run(command({ program: "git", args, cwd: directory, stdin }), options);
  await git(["-c", "init.defaultObjectFormat=sha1", "init", "--quiet", "--template="]);
  await git(["symbolic-ref", "HEAD", `refs/heads/${branches[0]}`]);
  await git(["fast-import", "--quiet", "--done"], renderImportStream(commits));
  await git(["reset", "--quiet", "--hard"]);
  const releases = commits.flatMap(({ tag }) => tag ?? []);
  return { directory, releases, branches };
}
