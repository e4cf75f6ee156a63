import assert from "node:assert/strict";
import { join } from "node:path";
import { redact } from "../../../src/base/mod.ts";
import {
  credentialOfKey,
  credentialsFile,
  maskSecret,
  readCredentials,
  writeCredential,
} from "../../../src/workspace/mod.ts";
import { withDirectory } from "../support/workspace.ts";

Deno.test("a credential is stored for the user alone, read back, and never shown", async () => {
  await withDirectory(async (parent) => {
    const directory = join(parent, "comfydock");
    await writeCredential(directory, "civitai", "  civitai-0123456789abcdef \n");
    const path = credentialsFile(directory);
    if (Deno.build.os !== "windows") {
      assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
      assert.equal((await Deno.stat(directory)).mode! & 0o777, 0o700);
    }
    const [credential] = await readCredentials(directory, {});
    assert.deepEqual(credential, {
      service: "civitai",
      secret: "civitai-0123456789abcdef",
      origin: path,
    });
    assert.equal(redact("token civitai-0123456789abcdef"), "token ***");
    assert.equal(maskSecret("civitai-0123456789abcdef"), "****cdef");
    assert.equal(maskSecret("short"), "****");
    await writeCredential(directory, "civitai", undefined);
    assert.deepEqual(await readCredentials(directory, {}), []);
  });
});

Deno.test("an environment variable wins over the file and is kept from output too", async () => {
  await withDirectory(async (directory) => {
    await writeCredential(directory, "huggingface", "stored-secret-1");
    const env = { HF_TOKEN: "env-secret-2", CIVITAI_API_TOKEN: "" };
    const found = await readCredentials(directory, env);
    assert.deepEqual(found, [
      { service: "huggingface", secret: "env-secret-2", origin: "HF_TOKEN" },
    ]);
    assert.equal(redact("env-secret-2"), "***");
  });
});

Deno.test("a damaged, newer or senseless credential is refused without repeating it", async () => {
  await withDirectory(async (directory) => {
    for (const secret of ["", "a b c d e", "abc", "line\nbreak"]) {
      await assert.rejects(
        writeCredential(directory, "civitai", secret),
        (error) => error instanceof Error && !error.message.includes(secret || "\u0000"),
      );
    }
    for (const text of ['{"api_keys": my-token-text', '{"schema_version": 2}', "[]"]) {
      await Deno.writeTextFile(credentialsFile(directory), text);
      await assert.rejects(
        readCredentials(directory, {}),
        (error) => error instanceof Error && !error.message.includes("my-token-text"),
      );
      await assert.rejects(writeCredential(directory, "civitai", "new-secret"));
      assert.equal(await Deno.readTextFile(credentialsFile(directory)), text);
    }
  });
});

Deno.test("keys of credentials are told from settings", () => {
  assert.equal(credentialOfKey("api_keys.civitai"), "civitai");
  assert.equal(credentialOfKey("rate"), undefined);
  assert.throws(() => credentialOfKey("api_keys.hugingface"), { code: "CONFIG_KEY_UNKNOWN" });
});
