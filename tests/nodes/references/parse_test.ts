import assert from "node:assert/strict";
import fc from "fast-check";
import { ComfydockError } from "../../../src/base/mod.ts";
import { type NodeReference, parseNodeReference } from "../../../src/nodes/mod.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const git = (url: string, ref?: string, subdirectory?: string): NodeReference => ({
  kind: "git",
  url,
  ...(ref !== undefined && { ref }),
  ...(subdirectory !== undefined && { subdirectory }),
});
const id = (name: string, version?: string): NodeReference => ({
  kind: "registry",
  id: name,
  ...(version !== undefined && { version }),
});
const path = (text: string): NodeReference => ({ kind: "path", path: text });

const READ: readonly (readonly [string, NodeReference])[] = [
  ["comfyui-kjnodes", id("comfyui-kjnodes")],
  [" ComfyUI.Some_Pack ", id("ComfyUI.Some_Pack")],
  ["comfyui-kjnodes@1.2.3", id("comfyui-kjnodes", "1.2.3")],
  ["comfyui-kjnodes@latest", id("comfyui-kjnodes", "latest")],
  ["pack@1.0.0-rc.1+build", id("pack", "1.0.0-rc.1+build")],
  ["https://github.com/u/r", git("https://github.com/u/r")],
  ["https://github.com/u/r/", git("https://github.com/u/r")],
  ["https://github.com/u/r.git", git("https://github.com/u/r.git")],
  ["https://github.com/u/dotted.name", git("https://github.com/u/dotted.name")],
  ["HTTPS://GitHub.com/u/r", git("https://GitHub.com/u/r")],
  ["github.com/u/r@v1", git("https://github.com/u/r", "v1")],
  ["https://github.com/u/r@v1.0", git("https://github.com/u/r", "v1.0")],
  ["https://github.com/u/r.git@feature/x", git("https://github.com/u/r.git", "feature/x")],
  [`https://github.com/u/r@${SHA}`, git("https://github.com/u/r", SHA)],
  ["https://github.com/u/r#nodes/a", git("https://github.com/u/r", undefined, "nodes/a")],
  ["https://github.com/u/r@v1#subdirectory=a/b", git("https://github.com/u/r", "v1", "a/b")],
  ["git+https://h.test/u/r@v1#egg=x&subdirectory=a%20b", git("https://h.test/u/r", "v1", "a b")],
  ["https://github.com/u/r#egg=name", git("https://github.com/u/r")],
  ["https://github.com/u/r/tree/main", git("https://github.com/u/r", "main")],
  ["https://github.com/u/r/tree/main/a/b", git("https://github.com/u/r", "main", "a/b")],
  ["https://github.com/u/r/tree/main/a#c", git("https://github.com/u/r", "main", "c")],
  [`https://github.com/u/r/commit/${SHA}`, git("https://github.com/u/r", SHA)],
  ["https://github.com/u/r/releases/tag/v2", git("https://github.com/u/r", "v2")],
  ["https://github.com/u/r?tab=readme-ov-file", git("https://github.com/u/r")],
  ["https://github.com/u/r/issues/3", git("https://github.com/u/r")],
  ["https://gitlab.com/g/s/r/-/tree/dev/n", git("https://gitlab.com/g/s/r", "dev", "n")],
  ["https://gitlab.com/g/s/r", git("https://gitlab.com/g/s/r")],
  ["https://gitee.com/u/r/tree/master/n", git("https://gitee.com/u/r", "master", "n")],
  ["https://codeberg.org/u/r/src/branch/main/n", git("https://codeberg.org/u/r", "main", "n")],
  ["https://host.test:8443/deep/er/r.git", git("https://host.test:8443/deep/er/r.git")],
  ["https://host.test/@user/r@v1", git("https://host.test/@user/r", "v1")],
  ["ssh://git@host.test:22/u/r.git@v1", git("ssh://git@host.test:22/u/r.git", "v1")],
  ["git@github.com:u/r.git", git("git@github.com:u/r.git")],
  ["git@github.com:u/r.git@v1#a", git("git@github.com:u/r.git", "v1", "a")],
  ["host:u/r", git("host:u/r")],
  ["file:///srv/r.git@main", git("file:///srv/r.git", "main")],
  ["./pack", path("./pack")],
  ["../pack", path("../pack")],
  [".", path(".")],
  ["~/pack", path("~/pack")],
  ["/srv/pack", path("/srv/pack")],
  ["C:\\packs\\a", path("C:\\packs\\a")],
  ["D:/packs/a", path("D:/packs/a")],
  ["\\\\server\\share\\a", path("\\\\server\\share\\a")],
];

Deno.test("every way to name a node pack is read", () => {
  for (const [text, expected] of READ) assert.deepEqual(parseNodeReference(text), expected, text);
});

Deno.test("a bare name is an id, a relative path only where such a directory exists or stays in place", () => {
  const isDirectory = (text: string) => text === "packs/mine" || text === "mine";
  assert.deepEqual(parseNodeReference("packs/mine", { isDirectory }), path("packs/mine"));
  assert.deepEqual(parseNodeReference("mine", { isDirectory }), id("mine"));
  assert.deepEqual(parseNodeReference("mine", { dev: true }), path("mine"));
});

const REFUSED: readonly string[] = [
  "",
  "  ",
  "-x",
  "--upload-pack=touch",
  "ext::sh -c touch% /tmp/x",
  "fd::17",
  "a\u0000b",
  "https://github.com/u/r\nx",
  "https://github.com/u",
  "https://github.com/",
  "https://",
  "https://-host/u/r",
  "https://host.test",
  "ssh://-oProxyCommand=x/u/r",
  "ssh://git@-oProxyCommand=x/u/r",
  "git@-oProxyCommand=x:u/r",
  "-oProxyCommand@host:u/r",
  "host:-u",
  "ftp://host.test/u/r",
  "javascript://x/y",
  "file://elsewhere/srv/r",
  "https://github.com/u/r@-x",
  "https://github.com/u/r@a..b",
  "https://github.com/u/r@a b",
  "https://github.com/u/r@",
  "https://github.com/u/r#../x",
  "https://github.com/u/r#subdirectory=a/../../b",
  "https://github.com/u/r#.git/hooks",
  "https://github.com/u/r#subdirectory=%2e%2e/x",
  "https://github.com/u/r#%zz",
  "https://github.com/u/r/blob/main/a.py",
  "https://github.com/u/r/tree/main/%2e%2e/x",
  "user/repository",
  "pack@",
  "pack@-1",
  "pa ck",
  ".hidden",
  "a".repeat(3_000),
];

Deno.test("what git or a shell could obey, or what names nothing, is refused with a hint", () => {
  for (const text of REFUSED) {
    assert.throws(() => parseNodeReference(text), (error) => {
      assert.ok(error instanceof ComfydockError, text);
      assert.equal(error.code, "NODE_REFERENCE_INVALID", text);
      assert.ok(error.hint, text);
      return true;
    }, text);
  }
  assert.throws(() => parseNodeReference("./x", { git: true }), /repository/);
  assert.throws(() => parseNodeReference("https://github.com/u/r", { dev: true }), /directory/);
});

Deno.test("credentials in an address are refused and nowhere repeated", () => {
  for (
    const text of [
      "https://sEcr3tUser:sEcr3tWord@host.test/u/r",
      "https://sEcr3tUser@github.com/u/r@v1",
      "ssh://git:sEcr3tWord@host.test/u/r",
    ]
  ) {
    assert.throws(() => parseNodeReference(text), (error) => {
      assert.ok(error instanceof ComfydockError);
      const told = JSON.stringify([error.message, error.hint, error.details]);
      assert.ok(!told.includes("sEcr3t"), told);
      assert.match(`${error.hint}`, /credential/);
      return true;
    });
  }
});

Deno.test("no text ends in anything but a reference or a refusal, and no reference begins like an option", () => {
  const piece = fc.constantFrom(
    ..."@#:/\\-.~ ",
    "https://",
    "git@",
    "github.com",
    "tree",
    "..",
    "a",
    "%2e",
    "ext::",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      try {
        const reference = parseNodeReference(pieces.join(""));
        const parts: readonly (string | undefined)[] = Object.values(reference);
        for (const part of parts) assert.ok(!part?.startsWith("-"), JSON.stringify(reference));
        if (reference.kind === "git") assert.ok(!reference.subdirectory?.split("/").includes(".."));
      } catch (error) {
        assert.ok(error instanceof ComfydockError, String(error));
      }
    }),
    { numRuns: 2_000 },
  );
});
