import assert from "node:assert/strict";
import { join } from "node:path";
import { withTempDir } from "../../support/alone.ts";
import { startRegistry, type TestRegistry } from "../../support/registry/mod.ts";
import { crawlArguments, listing, sampleManager } from "../../support/registry_runs.ts";
import { environmentOf, programOf } from "../../support/run_cli.ts";
import { sixty, withDataDir } from "./data_dir.ts";

const isLinux = Deno.build.os === "linux";
const hasNamespaces = isLinux && await succeeds("unshare", ["-rm", "true"]);

async function succeeds(program: string, args: readonly string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args: [...args], stderr: "null" }).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Runs `registry update` through words that a shell puts before it as `"$@"`. */
async function updateThrough(
  wrapper: readonly [string, ...string[]],
  registry: TestRegistry,
  dir: string,
) {
  const [program, ...before] = wrapper;
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [
      ...before,
      ...programOf(),
      ...["registry", "update", "--data-dir", dir, "--manager-url", sampleManager, "--json"],
      ...crawlArguments(registry, 1),
    ],
    clearEnv: true,
    env: environmentOf(dir),
  }).output();
  const text = new TextDecoder().decode(stdout);
  assert.ok(text.startsWith("{"), new TextDecoder().decode(stderr));
  return { code, error: JSON.parse(text).error, left: new TextDecoder().decode(stderr) };
}

for (const kilobytes of [120, 300, 700]) {
  Deno.test({
    name:
      `registry update on a disk of ${kilobytes} KB ends with DISK_FULL and leaves no half file`,
    ignore: !hasNamespaces,
    async fn() {
      await using registry = startRegistry({ corpus: sixty });
      await withTempDir(async (dir) => {
        const line = `mount -t tmpfs -o size=${kilobytes}k tmpfs "$0" || exit 99
          "$@"; code=$?; find "$0" -name "*.tmp" -o -name "*.lock*" | sed "s/^/left /" >&2; exit $code`;
        const wrapper = ["unshare", "-rm", "bash", "-c", line, dir] as const;
        const { code, error, left } = await updateThrough([...wrapper], registry, dir);
        assert.deepEqual([code, error?.code], [1, "DISK_FULL"], JSON.stringify(error));
        assert.ok(error.hint);
        assert.doesNotMatch(left, /^left /m);
      });
    },
  });
}

Deno.test({
  name: "registry update that may write no large file fails clearly, and what is published stays",
  ignore: !isLinux,
  async fn() {
    await withDataDir(async (dir, registry) => {
      await Deno.remove(join(dir, "registry_cache.db"));
      const before = await listing(dir);
      const line = 'trap "" XFSZ; ulimit -f 200; exec "$@"';
      const wrapper = ["bash", "-c", line, "bash"] as const;
      const { code, error } = await updateThrough([...wrapper], registry, dir);
      assert.deepEqual([code, error?.code], [1, "FILE_UNWRITABLE"], JSON.stringify(error));
      assert.ok(error.hint);
      const after = (await listing(dir)).filter((one) => !one.startsWith("registry_cache.db"));
      assert.deepEqual(after, before);
    });
  },
});
