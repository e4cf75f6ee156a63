/**
 * Writes `config/uv.json`: the uv that comfydock fetches where none is installed, with the digests of its wheels.
 *
 * Every wheel is downloaded with pip, from the index that pip is set to, and its digest is taken here.
 *
 * @example
 * ```sh
 * deno run -A tasks/uv_wheels.ts          # the newest version
 * deno run -A tasks/uv_wheels.ts 0.13.8
 * ```
 *
 * @module
 */
import { join } from "node:path";
import { command, createRunner } from "../src/tools/mod.ts";
import { say } from "./terminal.ts";

const PLATFORMS = [
  "linux_armv6l",
  "macosx_10_12_x86_64",
  "macosx_11_0_arm64",
  "manylinux_2_17_aarch64",
  "manylinux_2_17_armv7l",
  "manylinux_2_17_i686",
  "manylinux_2_17_ppc64le",
  "manylinux_2_17_s390x",
  "manylinux_2_17_x86_64",
  "manylinux_2_28_aarch64",
  "manylinux_2_31_riscv64",
  "musllinux_1_1_aarch64",
  "musllinux_1_1_armv7l",
  "musllinux_1_1_i686",
  "musllinux_1_1_riscv64",
  "musllinux_1_1_x86_64",
  "win32",
  "win_amd64",
  "win_arm64",
];

// The oldest version that the tests were run with.
const MINIMUM = "0.8.24";

if (import.meta.main) {
  const directory = await Deno.makeTempDir();
  try {
    const version = await downloadWheels(directory, Deno.args[0]);
    const wheels = [];
    const names = (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name).sort();
    for (const file of names) {
      const bytes = await Deno.readFile(join(directory, file));
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      wheels.push({ file, size: bytes.length, sha256: toHex(digest) });
    }
    const content = `${JSON.stringify({ version, minimum: MINIMUM, wheels }, null, 2)}\n`;
    await Deno.writeTextFile(new URL("../config/uv.json", import.meta.url), content);
    say(`uv ${version}: ${wheels.length} wheels`);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function downloadWheels(directory: string, wanted: string | undefined): Promise<string> {
  const runner = createRunner({ env: Deno.env.toObject() });
  let version = wanted;
  for (const platform of PLATFORMS) {
    const requirement = version === undefined ? "uv" : `uv==${version}`;
    const args = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"];
    await runner.run(command({
      program: "python3",
      args: [...args, "--platform", platform, "--dest", directory, requirement],
    }));
    const [first] = await Array.fromAsync(Deno.readDir(directory));
    version ??= first?.name.split("-")[1];
  }
  if (version === undefined) throw new Error("Cannot find any wheel of uv");
  return version;
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
