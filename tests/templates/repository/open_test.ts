import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { createGit, createRunner } from "../../../src/tools/mod.ts";
import {
  findRepositoryRoot,
  openRepository,
  readIndexes,
  readManifestFile,
  revisionFiles,
  templateErrors,
  type TemplateRepository,
  workingFiles,
} from "../../../src/templates/mod.ts";
import { isKind } from "../../../src/base/mod.ts";
import { templateRepository } from "../../support/template_repository.ts";

const git = createGit(createRunner({ env: Deno.env.toObject() }));

function facts({ packages, meta, jsonPackage }: TemplateRepository): unknown {
  return {
    json: jsonPackage?.id,
    packages: [...packages, ...meta ? [meta] : []].map((one) =>
      [one.id, one.kind, one.module, one.version, one.bundles.join(), one.frozen].join(" ")
    ),
  };
}

const SEED = {
  json: undefined,
  packages: [
    "core core demo_core 0.3.4  false",
    "media_api media demo_media_api 0.3.5 media-api false",
    "media_image media demo_media_image 0.3.1 media-image false",
    "meta meta demo_templates 0.5.0  false",
  ],
};
const TODAY = {
  json: "json",
  packages: [
    "blueprints blueprints demo_blueprints 0.0.7  false",
    "core core demo_core 0.3.325  false",
    "json json demo_json 0.1.60  false",
    "media_api media demo_media_api 0.3.84 media-api true",
    "media_assets_01 media demo_media_assets_01 0.1.36 media-assets-01 false",
    "media_assets_02 media demo_media_assets_02 0.1.7 media-assets-02 false",
    "media_image media demo_media_image 0.3.160 media-image true",
    "meta meta demo_templates 0.5.0  false",
  ],
};

for (const [layout, wanted] of [["seed", SEED], ["today", TODAY]] as const) {
  Deno.test(`point 8: a repository reads the same from disk and from a commit: ${layout}`, async () => {
    await using fixture = await templateRepository(layout);
    const disk = await openRepository(workingFiles(fixture.root));
    const tag = await openRepository(await revisionFiles(git, fixture.root, "v0.5.0"));
    for (const repository of [disk, tag]) {
      deepEqual(repository.findings, []);
      deepEqual(facts(repository), wanted);
      const { value, findings } = await readIndexes(repository.files, repository.config);
      deepEqual(findings, []);
      deepEqual(value.locales.map(({ locale }) => locale), layout === "seed" ? [] : ["zh"]);
      const manifest = await readManifestFile(repository);
      deepEqual(manifest.findings, []);
      // Packages ship all but what needs custom nodes.
      const shipped = [...repository.bundles.bundleOf.keys()].filter((id) => id !== "needs_nodes");
      equal(manifest.value?.templates.length, shipped.length);
    }
  });
}

Deno.test("point 1: the root is found from a directory below it, and an error tells where it was looked for", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  equal(await findRepositoryRoot(join(fixture.root, "packages", "core")), fixture.root);
  await rejects(findRepositoryRoot(join(fixture.root, "..")), (error) => {
    ok(isKind(error, templateErrors.E_NO_REPOSITORY));
    return error.exit === 2 && error.hint?.includes("--root") === true;
  });
});

Deno.test("point 4: without bundles.json nothing is guessed", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  await fixture.remove("bundles.json");
  await rejects(openRepository(workingFiles(fixture.root)), (error) => {
    ok(isKind(error, templateErrors.E_NO_REPOSITORY));
    return error.exit === 2 && error.message.includes('"bundles.json"');
  });
});

Deno.test("a revision that does not exist is named", async () => {
  await using fixture = await templateRepository("seed");
  await rejects(revisionFiles(git, fixture.root, "v9"), /revision "v9"/);
});

Deno.test("templates.config.json moves everything, and what it must not hold is told with its place", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await fixture.write(
    "templates.config.json",
    '{"packages": {"media-api": "media_assets_01"}, "frozen": ["core"], "jsonPackage": null, "limits": {"fileLimit": 5}}',
  );
  const repository = await openRepository(workingFiles(fixture.root));
  deepEqual(repository.packages.find(({ id }) => id === "media_assets_01")?.bundles, [
    "media-api",
    "media-assets-01",
  ]);
  equal(repository.corePackage?.frozen, true);
  equal(repository.jsonPackage, undefined);
  deepEqual([repository.limits.fileLimit, repository.limits.fileWarnPercent], [5, 85]);
  for (
    const [text, message] of [
      ['{"templateDir": "x"}', /\$\.templateDir: there is no such setting/],
      ['{"templatesDir": "../x"}', /\$\.templatesDir: "\.\.\/x" does not lead below/],
      [
        '{"limits": {"quota": "1"}}',
        /templates\.config\.json:1 \$\.limits\.quota: Expected a number/,
      ],
      ["{", /not JSON/],
    ] as const
  ) {
    await fixture.write("templates.config.json", text);
    await rejects(openRepository(workingFiles(fixture.root)), (error) => {
      ok(isKind(error, templateErrors.E_BAD_CONFIG));
      return message.test(error.message) && error.exit === 2;
    });
  }
});
