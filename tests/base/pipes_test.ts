import { equal, match, rejects, throws } from "node:assert/strict";
import { join } from "node:path";
import { readArchive } from "../../src/archive/mod.ts";
import { readReference } from "../../src/bundles/mod.ts";
import { openByteSource, readBytesBounded, readTextBounded } from "../../src/base/mod.ts";
import { readLines } from "../../src/cli/templates/check/log_lines.ts";
import { readModelFormat } from "../../src/models/mod.ts";
import { digestFile } from "../../src/pipeline/snapshot/checksum.ts";
import { openWorkflow } from "../../src/workflows/mod.ts";
import { withTempDir } from "../support/alone.ts";
import { withFilledPipe } from "../support/pipes.ts";
import { runInProcess } from "../support/run_in_process.ts";

const ignore = Deno.build.os === "windows";
const refused = { code: "FILE_UNREADABLE", hint: /into a file/ };

Deno.test({
  name: "a named pipe is refused at once instead of waited for",
  ignore,
  async fn() {
    await withTempDir(async (directory) => {
      const pipe = join(directory, "f");
      equal((await new Deno.Command("mkfifo", { args: [pipe] }).output()).success, true);
      throws(() => openByteSource(pipe), refused);
      throws(() => openWorkflow(pipe), refused);
      throws(() => digestFile(pipe), refused);
      await rejects(() => readTextBounded(pipe, 100), refused);
      await rejects(() => readModelFormat(pipe), refused);
      await rejects(() => Array.fromAsync(readArchive(pipe)), refused);
      await rejects(() => Array.fromAsync(readLines(pipe)), refused);
      equal((await readReference(pipe, directory)).kind, "file");
      const run = await runInProcess(["bundle", "inspect", pipe], { env: { HOME: directory } });
      equal(run.code, 1, run.stderr);
      match(run.stderr, /is a pipe or a device/);
    });
  },
});

Deno.test({
  name: "a pipe that a shell made is read to its end, and no further than is accepted",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const text = "aiohttp>=3\n";
    await withFilledPipe(text, async (pipe) => equal(await readTextBounded(pipe, 100), text));
    await withFilledPipe(text, async (pipe) => {
      await rejects(() => readTextBounded(pipe, 5), { code: "FILE_TOO_LARGE" });
    });
    await rejects(() => readBytesBounded("/dev/zero", 1 << 20), { code: "FILE_TOO_LARGE" });
    equal((await readBytesBounded("/dev/null", 5)).length, 0);
  },
});

Deno.test("a directory where a file is read is told as one", async () => {
  await withTempDir(async (directory) => {
    const told = { code: "FILE_UNREADABLE", message: /it is a directory|cannot be read|denied/ };
    await rejects(() => readTextBounded(directory, 10_000_000), told);
    await rejects(() => Array.fromAsync(readArchive(directory)), told);
  });
});

Deno.test({
  name: "what is read at more than one place is no pipe",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await withFilledPipe("PK", async (pipe) => {
      throws(() => openByteSource(pipe), refused);
      await rejects(() => Array.fromAsync(readArchive(pipe)), refused);
    });
  },
});
