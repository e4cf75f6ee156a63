import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readStatus } from "../../src/environment/mod.ts";
import { rawZip } from "../support/archives.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";
import { endInterrupted, lookAtEnvironment } from "../support/kill_story.ts";
import { uvProgram } from "../support/uv_program.ts";

const FILES = 6_000;
const ATTEMPTS = 10;

/** Writes a wheel whose files take uv a while to install. */
async function writeLargeWheel(directory: string): Promise<string> {
  const info = "many-1.0.dist-info";
  const files = [
    ...Array.from({ length: FILES }, (_, at) => ({ name: `many/m${at}.py`, data: "" })),
    { name: `${info}/METADATA`, data: "Metadata-Version: 2.1\nName: many\nVersion: 1.0\n" },
    {
      name: `${info}/WHEEL`,
      data: "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    },
  ];
  const record = [...files.map(({ name }) => `${name},,`), `${info}/RECORD,,`, ""].join("\n");
  const path = join(directory, "many-1.0-py3-none-any.whl");
  await Deno.writeFile(path, rawZip([...files, { name: `${info}/RECORD`, data: record }]));
  return path;
}

/** The directory of packages in the fixture's `.venv`. */
async function sitePackages({ environment: { venv } }: EnvironmentFixture): Promise<string> {
  const [python] = await Array.fromAsync(Deno.readDir(join(venv, "lib")));
  return join(venv, "lib", python!.name, "site-packages");
}

async function countFiles(directory: string): Promise<number> {
  try {
    return (await Array.fromAsync(Deno.readDir(directory))).length;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

/**
 * A uv that is killed while it writes its first package, once for each time that the marker is made.
 *
 * @param also What is killed with it.
 */
async function writeKilledUv(fixture: EnvironmentFixture, also: string): Promise<void> {
  const [real, marker] = [await uvProgram(), join(fixture.root, "kill")];
  const count = join(fixture.root, "count");
  const site = await sitePackages(fixture);
  const script = `#!/bin/sh
case " $* " in *" sync "*) if [ -e "${marker}" ]; then
  rm "${marker}"
  nice -n 19 "${real}" "$@" & uv=$!
  until [ -e "${site}/many/m0.py" ] || [ -e "${site}/many/m1.py" ] || ! kill -0 $uv 2>/dev/null
  do :; done
  kill -9 $uv
  wait $uv
  ls "${site}/many" 2>/dev/null | wc -l >"${count}"
  ${also}
  exit 137
fi;; esac
exec "${real}" "$@"
`;
  await Deno.writeTextFile(join(fixture.root, "uv"), script, { mode: 0o755 });
}

for (
  const { name, also, code } of [
    { name: "uv and comfydock", also: "kill -9 $PPID", code: 137 },
    { name: "uv alone", also: ":", code: 7 },
  ]
) {
  Deno.test({
    name: `${name} killed while packages are written: the next command finds nothing half-done`,
    ignore: Deno.build.os === "windows",
    fn: () =>
      withEnvironment(async (fixture) => {
        const { cli, world, root } = fixture;
        const wheel = await writeLargeWheel(root);
        await writeKilledUv(fixture, also);
        const argv = ["py", "add", `many @ ${pathToFileURL(wheel)}`];
        const before = await lookAtEnvironment(fixture);
        let caught = 0;
        // uv may be done before it is caught; then nothing was tried.
        for (let attempt = 0; attempt < ATTEMPTS && caught === 0; attempt++) {
          await Deno.writeTextFile(join(root, "kill"), "");
          const run = await cli(argv, { COMFYDOCK_UV: join(root, "uv") });
          assert.equal(run.code, code, run.stderr);
          const count = Number(await Deno.readTextFile(join(root, "count")));
          if (count > 0 && count < FILES) caught = count;
          await endInterrupted(world());
          assert.equal(await lookAtEnvironment(fixture), before);
          assert.deepEqual((await readStatus(world())).differences, []);
          assert.equal(await countFiles(join(await sitePackages(fixture), "many")), 0);
        }
        assert.ok(caught > 0, "uv was never caught while it wrote");
        assert.equal((await cli(argv)).code, 0);
        assert.equal(await countFiles(join(await sitePackages(fixture), "many")), FILES);
        assert.equal((await cli(["validate"])).code, 0);
      }),
  });
}
