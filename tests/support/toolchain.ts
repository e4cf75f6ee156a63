import { join } from "node:path";
import { fetchWheel, type Wheel } from "./fetched_wheel.ts";

/** A Deno and a runtime base of the same version. */
export interface Toolchain {
  readonly program: string;
  readonly base: string;
}

interface ProgramWheel extends Wheel {
  /** The program inside, below the unpacked wheel. */
  readonly program: string;
}

const purpose = "the binary is tested with it";

const compiler: ProgramWheel = {
  purpose,
  requirement: "deno==2.6.10",
  sha256: "d1600f4ee7b4a9699b7057841bdb5d7b7eac3fb073df072540064166841c2f4c",
  program: "deno-2.6.10.data/scripts/deno",
};

// Any program that Deno compiled serves as a base for the same version of Deno.
const donor: ProgramWheel = {
  purpose,
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

async function fetchProgram(wheel: ProgramWheel, directory: string): Promise<string> {
  const program = join(await fetchWheel(wheel, directory), wheel.program);
  await Deno.chmod(program, 0o755);
  return program;
}
