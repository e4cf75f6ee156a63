import { registerSecret } from "../../src/base/mod.ts";
import { command, type CommandRunner } from "../../src/tools/mod.ts";

const IDENTITY = {
  GIT_AUTHOR_NAME: "GitHub Actions",
  GIT_AUTHOR_EMAIL: "actions@github.com",
  GIT_COMMITTER_NAME: "GitHub Actions",
  GIT_COMMITTER_EMAIL: "actions@github.com",
};
const SILENCE_MS = 180_000;

/** Which repository is checked out, and with whose rights. */
export interface WorkingCopySource {
  readonly remote: string;
  readonly branch: string;
  /** Empty for a repository that asks for none. */
  readonly token: string;
  readonly serverUrl: string;
}

/** The newest commit of one branch, checked out without its history. */
export class WorkingCopy {
  readonly directory: string;
  readonly #source: WorkingCopySource;
  readonly #runner: CommandRunner;

  constructor(directory: string, source: WorkingCopySource, runner: CommandRunner) {
    this.directory = directory;
    this.#source = source;
    this.#runner = runner;
  }

  /** Fetches the branch, or begins it where the repository does not have it yet. */
  async open(): Promise<void> {
    const { remote, branch } = this.#source;
    await Deno.mkdir(this.directory, { recursive: true });
    await this.#git(["init", "--quiet", "--template=", "."]);
    const heads = await this.#git(["ls-remote", "--heads", "--", remote, `refs/heads/${branch}`]);
    if (heads.trim() === "") {
      await this.#git(["symbolic-ref", "HEAD", `refs/heads/${branch}`]);
      return;
    }
    const refs = `+refs/heads/${branch}:refs/remotes/origin/${branch}`;
    await this.#git(["fetch", "--quiet", "--depth=1", "--no-tags", "--", remote, refs]);
    await this.#git(["checkout", "--quiet", "-B", branch, `refs/remotes/origin/${branch}`]);
  }

  /**
   * Commits what has changed at some paths and pushes it.
   *
   * @returns The commit; nothing when there is nothing to commit.
   */
  async commit(paths: readonly string[], message: string): Promise<string | undefined> {
    await this.#git(["add", "--all", "--force", "--", ...paths]);
    const staged = await this.#git(["diff", "--cached", "--name-only"]);
    if (staged.trim() === "") return undefined;
    await this.#git(["commit", "--quiet", "--no-verify", "--file=-"], message);
    const { remote, branch } = this.#source;
    await this.#git(["push", "--quiet", "--", remote, `HEAD:refs/heads/${branch}`]);
    return (await this.#git(["rev-parse", "HEAD"])).trim();
  }

  async #git(args: readonly string[], stdin?: string): Promise<string> {
    const spec = command({
      program: "git",
      args,
      cwd: this.directory,
      env: { ...IDENTITY, ...this.#credentials() },
      ...(stdin === undefined ? {} : { stdin }),
    });
    return (await this.#runner.run(spec, { inactivityMs: SILENCE_MS })).stdout;
  }

  // The token goes through the environment of one process: neither its arguments nor a file of git's shows it.
  #credentials(): Record<string, string> {
    const { token, serverUrl } = this.#source;
    if (token === "") return {};
    const basic = btoa(`x-access-token:${token}`);
    registerSecret(token);
    registerSecret(basic);
    return {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `http.${serverUrl}/.extraheader`,
      GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
    };
  }
}
