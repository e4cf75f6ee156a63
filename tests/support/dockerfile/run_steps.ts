import { createHash } from "node:crypto";
import { join } from "node:path";
import type { ContainerPlan, ContainerStep, Mount } from "../../../src/bundles/container/mod.ts";
import { copyTree } from "../../../src/workspace/mod.ts";
import { parseDockerfile, script } from "./parse.ts";

/** What the steps of a container are carried out with, without Docker. */
export interface StepWorld {
  /** The directory of the Dockerfile. */
  readonly context: string;
  /** Stands for the file systems of further stages, one directory each. */
  readonly stages: string;
  /** Variables of this machine, and those that take the place of the image's. */
  readonly env: Readonly<Record<string, string>>;
}

/** What the image of the last stage is started with. */
export interface BuiltImage {
  readonly env: Readonly<Record<string, string>>;
  readonly workdir: string;
  readonly start: readonly string[];
  readonly health: readonly string[];
}

/**
 * Carries out the steps of a plan whose `root` is a directory of this machine; what makes a machine is left out.
 *
 * What the shell gets is read from the Dockerfile that was written.
 */
export async function runSteps(
  { steps }: Pick<ContainerPlan, "steps">,
  world: StepWorld,
): Promise<BuiltImage> {
  let image: BuiltImage = { env: world.env, workdir: "/", start: [], health: [] };
  let stage: string | undefined;
  const scripts = parseDockerfile(await Deno.readTextFile(join(world.context, "Dockerfile")))
    .filter(({ name }) => name === "RUN").map(({ text }) => script(text));
  for (const step of steps) {
    if (step.kind === "from") stage = step.name;
    else if (step.kind === "run") {
      const text = scripts.shift() ?? "";
      if (step.on === "environment") await run(text, step.mounts ?? [], image, world);
    } else image = await runStep(step, image, stage, world);
  }
  if (scripts.length > 0) throw new Error(`The Dockerfile runs more: ${scripts.join("\n")}`);
  return image;
}

async function runStep(
  step: ContainerStep,
  image: BuiltImage,
  stage: string | undefined,
  world: StepWorld,
): Promise<BuiltImage> {
  switch (step.kind) {
    case "env":
      return { ...image, env: { ...step.variables, ...world.env } };
    case "workdir":
      await Deno.mkdir(step.path, { recursive: true });
      return { ...image, workdir: step.path };
    case "entrypoint":
    case "cmd":
      return { ...image, start: [...image.start, ...step.command] };
    case "healthcheck":
      return { ...image, health: step.command };
    case "copy":
      if (step.stage === undefined) await copy(step.sources, step.target, world);
      return image;
    case "add":
      await add(step.url, step.sha256, join(world.stages, stage ?? "", step.target));
      return image;
    default:
      return image;
  }
}

async function copy(
  sources: readonly string[],
  target: string,
  { context }: StepWorld,
): Promise<void> {
  for (const source of sources) {
    const from = join(context, source);
    if ((await Deno.stat(from)).isDirectory) await merge(from, target);
    else {
      await Deno.mkdir(target, { recursive: true });
      await Deno.copyFile(from, join(target, source));
    }
  }
}

async function merge(from: string, target: string): Promise<void> {
  await Deno.mkdir(target, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyTree(join(from, name), join(target, name));
    else await Deno.copyFile(join(from, name), join(target, name));
  }
}

async function add(url: string, sha256: string, target: string): Promise<void> {
  const bytes = await (await fetch(url)).bytes();
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) throw new Error(`${url} has another SHA-256: ${found}`);
  await Deno.mkdir(join(target, ".."), { recursive: true });
  await Deno.writeFile(target, bytes);
}

async function run(
  text: string,
  mounts: readonly Mount[],
  { env, workdir }: BuiltImage,
  { stages }: StepWorld,
): Promise<void> {
  const bound = mounts.filter((mount) => mount.kind === "bind");
  for (const { stage, source, target } of bound) {
    await Deno.mkdir(join(target, ".."), { recursive: true });
    await Deno.copyFile(join(stages, stage, source), target);
  }
  const { success, stderr } = await new Deno.Command("/bin/sh", {
    args: ["-c", text],
    cwd: workdir,
    env,
    clearEnv: true,
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`${text}\n${new TextDecoder().decode(stderr)}`);
  for (const { target } of bound) await Deno.remove(target);
}
