import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { sampleModel } from "../../../support/model_files.ts";
import { assertPublishedShape } from "../../../support/schemas.ts";
import { dataOf, type WorkspaceFixture } from "../../workspace/support/workspace.ts";

/** Writes a model below the workspace's directory of models, and gives its path. */
export async function put(
  { layout }: WorkspaceFixture,
  path: string,
  content: string,
): Promise<string> {
  const whole = join(layout.defaultModels, path);
  await Deno.mkdir(dirname(whole), { recursive: true });
  await Deno.writeFile(whole, sampleModel(content));
  return whole;
}

/** Runs a command with `--json`, whose shape must be the published one. */
export async function ask<Data>(
  { run }: WorkspaceFixture,
  argv: readonly string[],
  code = 0,
): Promise<Data> {
  const done = await run([...argv, "--json"]);
  assert.equal(done.code, code, done.stderr);
  await assertPublishedShape(done.json);
  return dataOf<Data>(done);
}

/** Runs a command that fails, and gives its exit code and the code of its error. */
export async function failure(
  { run }: WorkspaceFixture,
  argv: readonly string[],
): Promise<readonly [code: number, error: string | undefined]> {
  const { code, json } = await run([...argv, "--json"]);
  return [code, json?.error?.code];
}
