import assert from "node:assert/strict";
import { isLocalAddress, readRemoteAddress } from "../../../src/environment/remotes/mod.ts";

const CWD = Deno.build.os === "windows" ? "C:\\work" : "/work";

for (
  const address of [
    "https://git.test/me/demo.git",
    "git@git.test:me/demo.git",
    "ssh://git@git.test:22/me/demo.git",
    "file:///media/demo.git",
  ]
) {
  Deno.test(`the address ${address} is taken as it is`, () => {
    assert.equal(readRemoteAddress(` ${address}\n`, CWD), address);
    assert.equal(isLocalAddress(address), address.startsWith("file:"));
  });
}

Deno.test("a path is made absolute, because git would start from its own directory", () => {
  const path = readRemoteAddress("shared/demo.git", CWD);
  assert.ok(path.startsWith(CWD) && path.endsWith("demo.git"), path);
  assert.ok(isLocalAddress(path));
});

const refused: Readonly<Record<string, RegExp>> = {
  "": /no address/,
  "--upload-pack=touch x": /no address/,
  "a\u0000b": /no address/,
  "ext::sh -c touch% x": /program for git to run/,
  "fd::7": /program for git to run/,
  "https://user:s3cret-word@git.test/x": /credentials/,
  "https://ghp_abcdefghijklmnopqrst@git.test/x": /credentials/,
  "ssh://git:s3cret-word@git.test/x": /credentials/,
  "ssh://-oProxyCommand=x/y": /begins like an option/,
  "ftp://git.test/x": /no way to a server/,
};

for (const [address, why] of Object.entries(refused)) {
  Deno.test(`the address ${JSON.stringify(address)} is refused, its secrets not repeated`, () => {
    assert.throws(() => readRemoteAddress(address, CWD), (error) => {
      const { code, exit, message, hint } = error as Error & Record<string, unknown>;
      assert.equal(code, "REMOTE_INVALID");
      assert.equal(exit, 2);
      assert.match(message as string, why);
      assert.doesNotMatch(`${message} ${hint} ${JSON.stringify(error)}`, /s3cret|ghp_abc/);
      return true;
    });
  });
}
