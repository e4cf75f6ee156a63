import assert from "node:assert/strict";
import { join } from "node:path";
import { validateFiles } from "../../../src/pipeline/mod.ts";
import { readCachedPackages, RegistryCache } from "../../../src/registry/mod.ts";
import { withTempDir } from "../../support/alone.ts";

const now = Date.parse("2026-08-21T12:00:00Z");

Deno.test("a working cache that is damaged somewhere is a finding, and reading it names the file", async () => {
  await withTempDir(async (directory) => {
    const cache = join(directory, "registry_cache.db");
    new RegistryCache(cache).close();
    assert.deepEqual((await validateFiles({ cache, now })).findings, []);
    using file = await Deno.open(cache, { write: true });
    // All pages but the first, which is read when the cache is opened.
    await file.seek(4096, Deno.SeekMode.Start);
    await file.write(new Uint8Array((await file.stat()).size - 4096).fill(0xa5));

    const { ok, findings } = await validateFiles({ cache, now });
    assert.equal(ok, false);
    assert.deepEqual(findings.map(({ code, path, file }) => [code, path, file]), [
      ["STRUCTURE", "$", cache],
    ]);
    using open = new RegistryCache(cache, { readOnly: true });
    assert.throws(() => [...readCachedPackages(open)], (error) => {
      const { code, message } = error as { code?: string; message: string };
      assert.equal(code, "REGISTRY_CACHE_UNREADABLE");
      assert.ok(message.includes(cache), message);
      return true;
    });
  });
});
