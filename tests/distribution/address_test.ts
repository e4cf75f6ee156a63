import assert from "node:assert/strict";
import {
  DISTRIBUTION_FILE,
  parseDistribution,
  publishedFile,
  publishedPlace,
  readDistribution,
  releaseAsset,
  requireDistribution,
  withRepository,
} from "../../src/distribution/mod.ts";
import { addressOf } from "../../tasks/distribution.ts";
import { readProjectText } from "../support/project.ts";

const shipped = await readProjectText(DISTRIBUTION_FILE);
const repository = "https://git.example.org/someone/dock";

Deno.test("the source names nobody, and who needs an address is asked for --from", async () => {
  assert.match(shipped, /^repository = ""$/m);
  assert.equal(await readDistribution(), undefined);
  await assert.rejects(requireDistribution("registry pull"), {
    code: "DISTRIBUTION_UNKNOWN",
    hint: "Run comfydock registry pull --from ADDRESS",
  });
});

Deno.test("a release writes its own repository, and nothing else of the file changes", async () => {
  const released = withRepository(shipped, { repository });
  assert.deepEqual(await readDistribution(released), { repository });
  assert.equal(withRepository(released, { repository: "" }), shipped);
});

Deno.test("the repository comes from GitHub's job, from its name or from its address", () => {
  const env = (name: string) =>
    ({ GITHUB_REPOSITORY: "a/b", GITHUB_SERVER_URL: "https://git.example.org" })[name];
  const none = () => undefined;
  assert.equal(addressOf(undefined, env), "https://git.example.org/a/b");
  assert.equal(addressOf("c/d", none), "https://github.com/c/d");
  assert.equal(addressOf("https://git.example.org/x/y/", none), "https://git.example.org/x/y");
  assert.equal(addressOf("none", env), "");
  assert.throws(() => addressOf(undefined, none), /Name the repository/);
});

Deno.test("addresses of releases and data follow from the one address", () => {
  const at = parseDistribution(`${repository}/`);
  assert.equal(releaseAsset(at, "dock.js"), `${repository}/releases/latest/download/dock.js`);
  assert.equal(
    releaseAsset(at, "dock.js", "v1/2"),
    `${repository}/releases/download/v1%2F2/dock.js`,
  );
  assert.equal(publishedFile(at, "nodes.json"), `${repository}/raw/registry-data/nodes.json`);
});

Deno.test("an address that is no repository, or holds a secret, is refused without showing the secret", () => {
  for (
    const address of [
      "ftp://a/b",
      "someone/dock",
      "https://a/b?x",
      "https://a/b#x",
      'https://a/b"',
      "https://user:hunter2secret@a/b",
    ]
  ) {
    assert.throws(() => parseDistribution(address), (error: Error) => {
      assert.match(error.message, /^Cannot use/, address);
      assert(!error.message.includes("hunter2secret"), error.message);
      return true;
    });
  }
});

Deno.test("the address of a repository stands for what it publishes, and any other place for itself", () => {
  const published = "https://git.example.org/o/data/raw/registry-data/m.json";
  for (const place of ["https://git.example.org/o/data", "https://git.example.org/o/data/"]) {
    assert.equal(publishedPlace(place, "m.json"), published);
  }
  for (
    const place of [
      published,
      "https://git.example.org/m.json.gz",
      "https://git.example.org",
      "https://git.example.org/get?file=m",
      "/srv/share",
      "C:\\share\\data",
      "data",
    ]
  ) {
    assert.equal(publishedPlace(place, "m.json"), place);
  }
});
