import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createHttpClient, downloadFile } from "../../../src/http/mod.ts";
import { answerFile, seededBytes } from "../../support/file_server.ts";
import { serve } from "../../support/http_server.ts";
import { sha256 } from "./scene.ts";

const CHILD = fileURLToPath(new URL("download_child.ts", import.meta.url));
const SEED = crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
const BYTES = seededBytes(3_000_000, 21);

Deno.test(`a download killed at random bytes ends with the right bytes (seed ${SEED})`, async () => {
  const cuts = [...new Uint32Array(seededBytes(16, SEED).buffer)].map((each) =>
    each % BYTES.length
  );
  const directory = await Deno.makeTempDir();
  const target = join(directory, "model.safetensors");
  let stallAt: number | undefined;
  const offer = () => ({ bytes: BYTES, etag: '"1"', stallAt });
  await using server = serve((request) => answerFile(request, offer()));
  let kept = 0;
  for (const cut of cuts.sort((one, other) => one - other)) {
    stallAt = cut;
    await killWhen(server.url, target, () => sizeOf(`${target}.part`) >= cut);
    kept = sizeOf(`${target}.part`);
    assert.ok(kept >= cut);
  }
  stallAt = undefined;
  const expected = { sha256: sha256(BYTES) };
  const file = await downloadFile(createHttpClient(), {
    ...{ url: server.url, target, maxBytes: 1e9, expected },
  });
  assert.equal(file.resumedFrom, kept);
  assert.deepEqual(await Deno.readFile(target), BYTES);
  const left = (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name);
  assert.deepEqual(left, ["model.safetensors"]);
  await Deno.remove(directory, { recursive: true });
});

async function killWhen(url: string, target: string, reached: () => boolean): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", CHILD, url, target],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  let ended = false;
  const status = child.status.then(() => ended = true);
  while (!reached() && !ended) await new Promise((resolve) => setTimeout(resolve, 5));
  if (!ended) child.kill("SIGKILL");
  await status;
}

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch {
    // Not begun yet.
    return -1;
  }
}
