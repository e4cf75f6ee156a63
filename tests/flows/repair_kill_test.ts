import assert from "node:assert/strict";
import { join } from "node:path";
import { readInstalled, readStatus, repairEnvironment } from "../../src/environment/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";

/** Damages an environment in several ways at once. */
async function damage({ environment }: EnvironmentFixture): Promise<void> {
  const { cec, comfyui, lockFile, venv } = environment;
  await Deno.writeTextFile(lockFile, "version = 1\n[[packa");
  await Deno.remove(venv, { recursive: true });
  await Deno.remove(join(comfyui, ".git"), { recursive: true });
  await Deno.remove(join(comfyui, "server.py"));
  await Deno.remove(join(comfyui, "models"));
  await Deno.remove(join(cec, ".git"), { recursive: true });
}

async function textsOf({ environment }: EnvironmentFixture): Promise<readonly unknown[]> {
  return [
    await Deno.readTextFile(environment.manifest),
    await Deno.readTextFile(environment.lockFile),
    await Deno.readTextFile(join(environment.comfyui, "server.py")),
    await Deno.readLink(join(environment.comfyui, "models")),
    await readInstalled(environment.venv),
  ];
}

Deno.test("repair that is killed anywhere is ended by the next one, and validate finds nothing", async () => {
  await withEnvironment(async (fixture) => {
    const { world, cli, workspace } = fixture;
    const whole = await textsOf(fixture);
    await damage(fixture);
    const points: string[] = [];
    const report = await repairEnvironment(
      world({ checkpoints: { reach: (name) => points.push(name) } }),
    );
    assert.deepEqual(report.findings.filter(({ outcome }) => outcome !== "fixed"), []);
    assert.deepEqual(await textsOf(fixture), whole);
    const chosen = new Map<string, number>();
    for (const name of points) {
      if (/^(environment:venv|journal:(made|record|saved|replaced|committed))/.test(name)) {
        chosen.set(name, (chosen.get(name) ?? 0) + 1);
      }
    }
    assert.ok(chosen.size >= 5, `${[...chosen.keys()]}`);
    for (const [name, count] of chosen) {
      // Each transaction of the repair passes the same points; the first and the last of them are tried.
      for (const at of new Set([1, count])) {
        const point = `${name}:${at}`;
        await damage(fixture);
        const { code, stderr } = await cli(["repair"], { COMFYDOCK_KILL_AT: point });
        assert.equal(code, 137, `${point}: ${stderr}`);
        const { ok, findings } = await repairEnvironment(world());
        assert.equal(ok, true, `${point}: ${JSON.stringify(findings)}`);
        assert.deepEqual(await textsOf(fixture), whole, point);
        assert.deepEqual((await readStatus(world())).differences, [], point);
        assert.deepEqual(await Array.fromAsync(Deno.readDir(workspace.journal)), [], point);
      }
    }
  });
});
