import assert from "node:assert/strict";
import { importPermission, ownCommand } from "../../src/cli/own_command.ts";

Deno.test("another comfydock from a URL may load code from there, also from where it was redirected to", () => {
  const asked = "https://git.example.org/o/dock/releases/download/v1/comfydock.js";
  const given = "https://assets.example.org:8443/1?sig=2";
  assert.deepEqual(importPermission([asked, asked]), ["--allow-import=git.example.org"]);
  assert.deepEqual(importPermission([asked, given]), [
    "--allow-import=git.example.org,assets.example.org:8443",
  ]);
  assert.deepEqual(importPermission(["file:///srv/comfydock.js"]), []);
  assert(!ownCommand().some((word) => word.startsWith("--allow-import")));
});
