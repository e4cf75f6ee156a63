import assert from "node:assert/strict";
import { bundleErrors, type ExportFacts, planExport } from "../../src/bundles/mod.ts";
import { isKind, registerSecret } from "../../src/base/mod.ts";
import { readManifest } from "../../src/pyproject/mod.ts";
import { SMALL_MANIFEST } from "../support/bundle_files.ts";

const NOTHING = { nodes: "none", models: false } as const;

function factsOf(
  { manifest = "", lock = "version = 1\n", workflow = "{}" }: {
    readonly manifest?: string;
    readonly lock?: string;
    readonly workflow?: string;
  },
): ExportFacts {
  const manifestText = SMALL_MANIFEST.replace(
    'torch_backend = "none"\n',
    (line) => line + manifest,
  );
  return {
    name: "small",
    manifestText,
    manifest: readManifest(manifestText, "pyproject.toml"),
    lockText: lock,
    texts: new Map([["workflows/portrait.json", new TextEncoder().encode(workflow)]]),
    nodes: new Map(),
    models: new Map(),
    private: { paths: ["/srv/studio/ws", "/home/someone", "C:\\Users\\someone"], host: "render-7" },
  };
}

function textsOf(facts: ExportFacts): string {
  return planExport(facts, NOTHING).files.map(({ path, from }) =>
    `${path}\n${from instanceof Uint8Array ? new TextDecoder().decode(from) : from}`
  ).join("\n");
}

registerSecret("s3cr3t-of-a-service");

const refused: Readonly<Record<string, Parameters<typeof factsOf>[0]>> = {
  "credentials in a URL of the manifest": {
    manifest: 'comfyui_repository = "https://me:hunter2@git.test/ComfyUI"\n',
  },
  "credentials in a URL of the lock": {
    lock: 'version = 1\nurl = "https://me:hunter2@wheels.test/simple"\n',
  },
  "a token in a workflow": { workflow: '{"url": "https://models.test/x?token=abcdef123456"}' },
  "a known secret in a workflow": { workflow: '{"key": "s3cr3t-of-a-service"}' },
  "a directory of this machine in the lock": {
    lock: 'version = 1\n[[package]]\nname = "x"\nsource = { directory = "/opt/x" }\n',
  },
  "a drive in the lock": { lock: "version = 1\nurl = 'D:\\wheels'\n" },
  "a file URL in the manifest": { manifest: 'index = "file:///opt/wheels"\n' },
  "the workspace in a workflow": { workflow: '{"image": "/srv/studio/ws/x.png"}' },
  "the home directory in a workflow": { workflow: '{"image": "/home/someone/x.png"}' },
  "a home directory of Windows in a workflow": {
    workflow: JSON.stringify({ image: "C:\\Users\\someone\\x.png" }),
  },
  "a comment with the home directory": { manifest: "# from /home/someone/notes\n" },
  "a URL of this machine": { workflow: '{"url": "http://RENDER-7:8188/view"}' },
};

for (const [what, facts] of Object.entries(refused)) {
  Deno.test(`no bundle holds ${what}`, () => {
    assert.throws(
      () => planExport(factsOf(facts), NOTHING),
      (error) =>
        isKind(error, bundleErrors.BUNDLE_PRIVATE) && !/hunter2|s3cr3t/.test(error.message),
    );
  });
}

for (
  const workflow of [
    '{"text": "a/b, /home/someone-else/x, 50 %"}',
    '{"urls":["https://models.test/a","me@models.test"]}',
    '{"host": "render-7 is a fine name", "url": "https://render-70.test/"}',
  ]
) {
  Deno.test(`a workflow is not refused for ${workflow}`, () => {
    assert.match(textsOf(factsOf({ workflow })), /portrait/);
  });
}

Deno.test("the directory that ComfyUI came from stays here, and that is told", () => {
  const facts = factsOf({ manifest: 'comfyui_repository = "/opt/ComfyUI"\n' });
  const { notes } = planExport(facts, NOTHING);
  assert.match(notes.join("\n"), /directory of this machine/);
  assert.doesNotMatch(textsOf(facts), /\/opt|comfyui_repository/);
});

Deno.test("a package that lies on this machine is told, because uv looks for it there everywhere", () => {
  const lock = 'version = 1\n[[package]]\nname = "mine"\nsource = { editable = "../mine" }\n';
  assert.match(planExport(factsOf({ lock }), NOTHING).notes.join(), /mine .* at "\.\.\/mine"/);
});

Deno.test("what does not come along is told, and what shall and is missing is refused", () => {
  assert.match(planExport(factsOf({}), NOTHING).notes.join(), /pack does not come along/);
  for (
    const choice of [{ nodes: "own", models: false }, { nodes: "none", models: true }] as const
  ) {
    assert.throws(
      () => planExport(factsOf({}), choice),
      (error) =>
        isKind(error, bundleErrors.BUNDLE_INCOMPLETE) && error.hint!.startsWith("Run comfydock"),
    );
  }
});
