import assert from "node:assert/strict";
import { join } from "node:path";
import type { CheckData } from "../../../src/cli/nodes/check_data.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

Deno.test("node check tells what a pack would change, whom it excludes and what helps; node add refuses it likewise", async () => {
  await withEnvironment(async (fixture) => {
    const { environment } = fixture;
    const [old, fresh] = await Promise.all([
      makePack(fixture, "old-pack", "# pinned\nidna==3.4\n"),
      makePack(fixture, "new-pack", "iniconfig\nidna>=3.7 # newer\n-e ./inner\n"),
    ]);

    const alone = await check(fixture, [old]);
    assert.equal(alone.code, 0);
    assert.deepEqual(alone.data.changes.map(({ name, after }) => [name, after]), [["idna", [
      "3.4",
    ]]]);
    assert.equal(alone.data.packs[0]?.candidate, true);

    const added = await fixture.cli(["node", "add", old, "--no-sync"]);
    assert.equal(added.code, 0, added.stderr);
    const before = await snapshot(environment.cec);

    const { code, data } = await check(fixture, [fresh]);
    assert.equal(code, 1);
    assert.equal(data.fits, false);
    const [conflict] = data.conflicts;
    assert.deepEqual([...conflict!.packs].sort(), ["new-pack", "old-pack"]);
    const places = conflict!.sides.map(({ pack, file, line, asked }) => [pack, file, line, asked]);
    assert.deepEqual(places.sort(), [
      ["new-pack", "requirements.txt", 2, "idna>=3.7"],
      ["old-pack", "requirements.txt", 2, "idna==3.4"],
    ]);
    assert.deepEqual(conflict!.remedies.map(({ command }) => command), [
      "comfydock node disable old-pack",
    ]);
    const [finding] = data.packs.find(({ id }) => id === "new-pack")!.findings;
    assert.deepEqual([finding?.code, finding?.line], ["REQUIREMENT_LOCAL_PATH", 3]);
    assert.deepEqual(data.packs.map(({ id, fits }) => [id, fits]), [
      ["old-pack", true],
      ["new-pack", false],
    ]);

    const refused = await fixture.cli(["node", "add", fresh]);
    assert.equal(refused.code, 5);
    assert.match(refused.stderr, /idna>=3\.7 \("idna>=3\.7" in line 2 of its requirements\.txt\)/);
    assert.match(refused.stderr, /hint: Run "comfydock node disable old-pack"/);
    assert.deepEqual(await snapshot(environment.cec), before);

    const present = await fixture.cli(["node", "check"]);
    assert.equal(present.code, 0);
    assert.match(present.stdout, /1 node pack, all fit together/);
    assert.match(present.stdout, /idna 3\.4 .*old-pack \(idna==3\.4\)/);
  });
});

async function check(
  { cli }: EnvironmentFixture,
  named: readonly string[],
): Promise<{ code: number; data: CheckData }> {
  const { code, json } = await cli(["node", "check", "--json", ...named]);
  await assertPublishedShape(json);
  return { code, data: json?.data as CheckData };
}

async function makePack(
  { root }: EnvironmentFixture,
  name: string,
  requirements: string,
): Promise<string> {
  const path = join(root, name);
  await Deno.mkdir(path);
  await Deno.writeTextFile(join(path, "__init__.py"), "NODE_CLASS_MAPPINGS = {}\n");
  await Deno.writeTextFile(join(path, "requirements.txt"), requirements);
  return path;
}

async function snapshot(cec: string): Promise<readonly string[]> {
  const read = (name: string) => Deno.readTextFile(join(cec, name));
  return await Promise.all(["pyproject.toml", "uv.lock"].map(read));
}
