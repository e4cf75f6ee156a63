import { join } from "node:path";
import { makeSampleComfyUI } from "../../src/demo/sample_comfyui/mod.ts";
import { createRunner } from "../../src/tools/mod.ts";
import { projectRoot } from "../run_deno.ts";
import { drawTerminal } from "./draw.ts";
import type { Story } from "./stories.ts";

const COLUMNS = 94;
const PROMPT = "\u001b[32m$\u001b[39m ";

/**
 * Runs the lines of a story for real and draws what they print.
 *
 * They run in an empty directory, which is shown as `~`, on the sample ComfyUI; nothing of this machine is told.
 *
 * @returns The picture as SVG.
 */
export async function record({ lines, steady }: Story): Promise<string> {
  const directory = await Deno.realPath(await Deno.makeTempDir());
  try {
    const env = await variablesIn(directory, steady);
    const shown: string[] = [];
    for (const line of lines) {
      if (shown.length > 0) shown.push("");
      shown.push(`${PROMPT}\u001b[1m${line}\u001b[22m`);
      const output = (await typeLine(line, directory, env)).replaceAll(directory, "~");
      shown.push(...output.trimEnd().split("\n"));
    }
    return drawTerminal(shown, COLUMNS);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function variablesIn(directory: string, offline: boolean): Promise<Record<string, string>> {
  const theirs = Object.entries(Deno.env.toObject())
    .filter(([name]) => !/^(COMFYDOCK_|GIT_|NO_COLOR$|FORCE_COLOR$)/.test(name));
  const source = join(directory, "source", "ComfyUI");
  const settings = join(directory, "source", "gitconfig");
  await Deno.mkdir(join(directory, "source"));
  await Deno.writeTextFile(settings, "[user]\n\tname = you\n\temail = you@localhost\n");
  const env = {
    ...Object.fromEntries(theirs),
    XDG_CONFIG_HOME: join(directory, "config"),
    APPDATA: join(directory, "config"),
    COMFYDOCK_HOME: join(directory, ".comfydock_workspace"),
    COMFYDOCK_COMFYUI_SOURCE: source,
    COMFYDOCK_TORCH_BACKEND: "none",
    COMFYDOCK_COLOR: "always",
    COMFYDOCK_NO_PROGRESS: "1",
    GIT_CONFIG_GLOBAL: settings,
    GIT_CONFIG_NOSYSTEM: "1",
    ...offline ? { COMFYDOCK_OFFLINE: "1" } : {},
  };
  if (!offline) await makeSampleComfyUI(source, createRunner({ env }));
  return env;
}

/** What a line prints, for people and for programs; one that fails says so in what it prints. */
async function typeLine(line: string, cwd: string, env: Record<string, string>): Promise<string> {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!);
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", "--no-check", join(projectRoot, "main.ts"), ...words.slice(1)],
    cwd,
    clearEnv: true,
    env,
    stdin: "null",
  }).output();
  return new TextDecoder().decode(stderr) + new TextDecoder().decode(stdout);
}
