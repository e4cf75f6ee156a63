import assert from "node:assert/strict";
import { lockLayer, packagesToBuild } from "../../../src/bundles/container/lock_layer.ts";
import { parseToml } from "../../../src/base/mod.ts";
import { containerFacts, LOCK } from "../../support/container_facts.ts";

const { project } = containerFacts().manifest;

function namesIn(lockText: string): readonly string[] {
  const { package: packages } = parseToml(lockText, "uv.lock");
  return (packages as { name: string; version: string }[])
    .map(({ name, version }) => `${name} ${version}`);
}

Deno.test("a layer of a lock holds what it asks for, and all that this needs, word for word", () => {
  const torch = lockLayer(LOCK, project, (name) => name === "torch")!;
  assert.deepEqual(namesIn(torch.lockText), [
    "demo 0.1.0",
    "setuptools 80.0",
    "torch 2.7.0",
    "torch 2.7.0+cpu",
  ]);
  assert.match(torch.lockText, /marker = "sys_platform != 'darwin'"/);
  assert.equal(
    torch.manifestText,
    '[project]\nname = "demo"\nversion = "0.1.0"\nrequires-python = "==3.12.*"\n' +
      'dependencies = ["torch"]\n',
  );
  const all = lockLayer(LOCK, project, () => true)!;
  assert.deepEqual(namesIn(all.lockText).includes("opencv 4.0"), false);
  assert.deepEqual(namesIn(all.lockText).includes("yarl 1.0"), true);
  assert.equal(lockLayer(LOCK, project, () => false), undefined);
});

Deno.test("a layer stays as it is when something changes that it does not hold", () => {
  const other = LOCK.replace('name = "opencv"\nversion = "4.0"', 'name = "opencv"\nversion = "5.0"')
    .replace("alpha = [\n", 'alpha = [\n    { name = "yarl" },\n');
  assert.notEqual(other, LOCK);
  assert.deepEqual(lockLayer(other, project, () => true), lockLayer(LOCK, project, () => true));
});

Deno.test("packages without wheels are named", () => {
  assert.deepEqual([...new Set(packagesToBuild(LOCK))], ["opencv", "setuptools", "torch", "yarl"]);
});
