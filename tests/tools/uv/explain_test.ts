import assert from "node:assert/strict";
import { explainUvError } from "../../../src/tools/mod.ts";

const owners = new Map([
  ["", { title: "the project", file: "pyproject.toml" }],
  ["node-impact", { title: "ComfyUI Impact Pack", file: "requirements.txt" }],
  ["node-kjnodes", { title: "KJNodes" }],
  ["Node_A", { title: "Pack A" }],
  ["node-b", { title: "Pack B" }],
]);

// Each text was written by the real uv for a manifest that was made to fail in this way.
const fixtures = new URL("../fixtures/uv_errors/", import.meta.url);
const versions = ["0.8.24", "0.13.8"];

const known: readonly { fixture: string; code: string; message: RegExp }[] = [
  {
    fixture: "groups",
    code: "PACKAGE_CONFLICT",
    message: /(?=.*ComfyUI Impact Pack wants packaging<22)(?=.*KJNodes wants packaging>=24)/,
  },
  {
    fixture: "projgroup",
    code: "PACKAGE_CONFLICT",
    message: /(?=.*the project wants packaging>=24)(?=.*ComfyUI Impact Pack wants packaging<22)/,
  },
  {
    fixture: "transitive",
    code: "PACKAGE_CONFLICT",
    message:
      /(?=.*Pack A wants jsonschema==4.0.0, which wants attrs>=17.4.0)(?=.*Pack B wants attrs<17)/,
  },
  {
    fixture: "constraint",
    code: "PACKAGE_CONFLICT",
    message: /(?=.*Pack A wants packaging>=24)(?=.*a constraint of the project wants packaging<22)/,
  },
  {
    fixture: "noversion",
    code: "PACKAGE_NOT_FOUND",
    message: /"packaging==999\.0" for Pack A: there is no such version/,
  },
  {
    fixture: "nopackage",
    code: "PACKAGE_NOT_FOUND",
    message: /"comfydock-surely-absent-package-xyz" for Pack A: no index has it/,
  },
  {
    fixture: "pyversion",
    code: "PYTHON_CONFLICT",
    message: /"scipy>=1\.18\.0" for Pack A: it needs Python >=3\.12, the environment has >=3\.10/,
  },
  { fixture: "requirespython", code: "PYTHON_CONFLICT", message: /Cannot use Python 3\.11\.7/ },
  { fixture: "nopython", code: "PYTHON_MISSING", message: /Cannot find Python 3\.30/ },
  { fixture: "nodownloads", code: "PYTHON_MISSING", message: /uv may not fetch one/ },
  { fixture: "platform", code: "PACKAGE_NO_WHEEL", message: /"tensorflow-macos==2\.16\.2"/ },
  { fixture: "build", code: "PACKAGE_BUILD_FAILED", message: /Cannot build "broken-sdist/ },
  { fixture: "network", code: "INDEX_UNREACHABLE", message: /127\.0\.0\.1:1\/simple/ },
  { fixture: "dns", code: "INDEX_UNREACHABLE", message: /index\.invalid/ },
  { fixture: "auth", code: "INDEX_AUTH_NEEDED", message: /127\.0\.0\.1:\d+\/simple/ },
  { fixture: "forbidden", code: "INDEX_AUTH_NEEDED", message: /127\.0\.0\.1:\d+\/simple/ },
  { fixture: "offline", code: "PACKAGE_NOT_CACHED", message: /"rich"/ },
  { fixture: "hash", code: "PACKAGE_HASH_MISMATCH", message: /"packaging==24\.0"/ },
  { fixture: "locked", code: "LOCK_OUTDATED", message: /uv\.lock/ },
  { fixture: "badtoml", code: "UV_INPUT_INVALID", message: /"pyproject\.toml"/ },
  { fixture: "gitreq", code: "GIT_NETWORK", message: /Cannot reach the git server/ },
];

for (const version of versions) {
  for (const { fixture, code, message } of known) {
    Deno.test(`explainUvError() reads "${fixture}" of uv ${version} as ${code}`, async () => {
      const stderr = await Deno.readTextFile(new URL(`${version}/${fixture}.txt`, fixtures));
      const explained = explainUvError(stderr, owners);
      assert.equal(explained?.kind.code, code, explained?.message);
      assert.match(explained.message, message);
      assert.match(explained.message, /^Cannot .*[^.]$/);
      assert.ok(explained.hint.length > 10);
    });
  }
}

Deno.test("explainUvError() names both sides of a conflict for programs, with group, file and way", async () => {
  for (const version of versions) {
    const stderr = await Deno.readTextFile(new URL(`${version}/transitive.txt`, fixtures));
    const { sides } = explainUvError(stderr, owners)?.details ?? {};
    assert.ok(Array.isArray(sides));
    assert.deepEqual(
      sides.sort((a, b) => a.title < b.title ? -1 : 1),
      [
        {
          title: "Pack A",
          file: undefined,
          group: "node-a",
          via: ["jsonschema==4.0.0"],
          requirement: "attrs>=17.4.0",
        },
        { title: "Pack B", file: undefined, group: "node-b", via: [], requirement: "attrs<17" },
      ],
    );
  }
});

Deno.test("explainUvError() gives both packages that one party wants to that party, and one range of two to a constraint", () => {
  // From uv 0.13.9.
  const stderr = `error: No solution found when resolving dependencies
  cause: Because aiohttp>=3.14.4,<=3.14.5 depends on yarl>=1.25.1,<2.0, we can conclude that aiohttp>=3.11.8 depends on yarl>=1.17.0,<2.0.
         And because your project depends on aiohttp>=3.11.8 and yarl<1.0, we can conclude that your project's requirements are unsatisfiable.`;
  const owned = new Map([["", {
    title: "the environment",
    packages: new Map([["yarl<2.5", { title: "a constraint of the project" }]]),
  }]]);
  const told = (text: string) => explainUvError(text, owned)?.message ?? "";
  assert.match(told(stderr), /the environment wants yarl<1\.0/);
  assert.doesNotMatch(told(stderr), /constraint/);
  const bound = stderr.replace("yarl<1.0", "yarl<2.5");
  assert.match(told(bound), /a constraint of the project wants yarl<2\.5/);
});

Deno.test("explainUvError() falls back on group names, and does not pretend to know what it does not", async () => {
  const stderr = await Deno.readTextFile(new URL("0.13.8/groups.txt", fixtures));
  assert.match(explainUvError(stderr)?.message ?? "", /the group "node-impact" wants packaging<22/);
  const named = "error: The wheel filename `six.whl` is invalid: Must have a version";
  assert.match(explainUvError(named)?.message ?? "", /"six\.whl"/);
  assert.equal(explainUvError("error: something quite new"), undefined);
  assert.equal(explainUvError(""), undefined);
});

Deno.test("explainUvError() lets uv speak where it is not understood, and leaves its markers out of names", () => {
  const told = (reasons: string) =>
    explainUvError(`error: No solution found when resolving dependencies\n  cause: ${reasons}`)
      ?.message;
  assert.equal(
    told("Because the sun is green, we can conclude that nothing fits.\n  hint: Wait."),
    "Cannot fit the requirements together; uv says: Because the sun is green, we can conclude that nothing fits",
  );
  const audio = "torchaudio{sys_platform != 'darwin'}";
  assert.equal(
    told(
      `Because ${audio} was not found in the package registry and your project depends on ${audio}.`,
    ),
    'Cannot find "torchaudio" for the project: no index has it',
  );
});

Deno.test("explainUvError() tells parties within one group apart, and leaves out what uv concludes from them", () => {
  const said = (...lines: string[]) =>
    ["error: No solution found when resolving dependencies", ...lines].join("\n  ");
  const own = new Map([["", {
    title: "the environment",
    packages: new Map([
      ["aiohttp", { title: "ComfyUI", file: "requirements.txt" }],
      ["attrs<24", { title: "a constraint" }],
    ]),
  }]]);
  const text = said(
    "cause: Because only the following versions of attrs are available:",
    "attrs<23.5",
    "attrs>24",
    "and your project depends on attrs>=23.5, we can conclude that your project depends on attrs>=24.",
    "And because your project depends on attrs<24, we can conclude that your project's requirements are unsatisfiable.",
  );
  assert.equal(
    explainUvError(text, own)?.message,
    "Cannot fit the requirements together: the environment wants attrs>=23.5, but a constraint wants attrs<24",
  );
  const split = said(
    "cause: Because aiohttp>=3.12.2,<=3.14.5 depends on attrs>=17.3.0 and aiohttp>=3.11.8 depends on attrs>=17.3.0 and",
    "your project depends on aiohttp>=3.11.8, we can conclude that your project depends on attrs>=17.3.0.",
    "And because your project depends on attrs<17, we can conclude that your project's requirements are unsatisfiable.",
  );
  assert.equal(
    explainUvError(split, own)?.message,
    "Cannot fit the requirements together: ComfyUI wants aiohttp>=3.11.8, which wants attrs>=17.3.0, " +
      "but the environment wants attrs<17",
  );
});
