import { deepEqual, equal } from "node:assert/strict";
import type { BuiltPackage } from "../../../src/templates/building/mod.ts";
import {
  openRepository,
  type TemplateRepository,
  workingFiles,
} from "../../../src/templates/mod.ts";
import { planPublish, type PublishFacts } from "../../../src/templates/publishing/mod.ts";
import { type TemplateFixture, templateRepository } from "../../support/template_repository.ts";
import { compare } from "../../support/templates/comparisons.ts";
import { addTemplate, setVersion } from "../../support/templates/package_commands.ts";

function builtOf({ packages, meta }: TemplateRepository, size = 1000): readonly BuiltPackage[] {
  return [...packages, meta!].map(({ id, name, version = "" }) => ({
    ...{ id, name, version },
    level: 0,
    files: [{ kind: "wheel", file: `${id}.whl`, size, sha256: "0".repeat(64) }],
  }));
}

async function actions(
  fixture: TemplateFixture,
  facts: Partial<PublishFacts> & { readonly lacks?: readonly string[] } = {},
): Promise<readonly string[]> {
  const repository = await openRepository(workingFiles(fixture.root));
  const packages = [...repository.packages, repository.meta!];
  const { lacks = packages.map(({ id }) => id) } = facts;
  const plan = planPublish({
    packages,
    built: builtOf(repository),
    missing: packages.filter(({ id }) => lacks.includes(id))
      .map(({ name, version = "" }) => ({ name, version })),
    limits: repository.limits,
    ...facts,
  });
  return plan.packages.map(({ id, action, why }) => `${id} ${action}${why ? `: ${why}` : ""}`);
}

Deno.test("what the index lacks is uploaded in order, what it has is passed over", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  deepEqual(await actions(fixture, { lacks: ["media_api", "meta"] }), [
    "core skip: the index has it",
    "media_api upload",
    "media_image skip: the index has it",
    "meta upload",
  ]);
});

Deno.test("what is not built blocks itself and the meta package", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const repository = await openRepository(workingFiles(fixture.root));
  const built = builtOf(repository).filter(({ id }) => id !== "core");
  deepEqual(await actions(fixture, { built }), [
    "core blocked: it is not built",
    "media_api upload",
    "media_image upload",
    "meta blocked: core is blocked",
  ]);
});

Deno.test("point 79: a publication that would use too much room is blocked, one that comes near is warned of", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const repository = await openRepository(workingFiles(fixture.root));
  const usage = (percent: number) =>
    new Map([["demo-media-api", repository.limits.quota * percent / 100]]);
  const [, blocked = ""] = await actions(fixture, { usage: usage(95) });
  equal(blocked.startsWith("media_api blocked: demo-media-api would use 95.0 %"), true);
  const packages = [...repository.packages, repository.meta!];
  const facts: PublishFacts = {
    packages,
    built: builtOf(repository),
    missing: packages.map(({ name, version = "" }) => ({ name, version })),
    limits: repository.limits,
    usage: usage(85),
  };
  deepEqual(planPublish(facts).warnings, [
    "demo-media-api would use 85.0 % of the room on the index",
  ]);
  deepEqual(planPublish({ ...facts, usage: usage(10) }).warnings, []);
});

Deno.test("a package that changed and has its old version is blocked, and so is an old meta version", async () => {
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "api_b", "media-api");
  const { changes } = await compare(fixture);
  deepEqual(await actions(fixture, { changes, lacks: ["meta"] }), [
    "core skip: the index has it",
    "media_api blocked: it changed since v0.5.0, and still has its version 0.3.5",
    "media_image skip: the index has it",
    "meta blocked: its version is that of v0.5.0",
  ]);
  await setVersion(fixture, "packages/media_api", "0.3.6");
  await setVersion(fixture, ".", "0.6.0");
  const { changes: later } = await compare(fixture);
  deepEqual(
    (await actions(fixture, { changes: later, lacks: ["media_api", "meta"] })).at(-1),
    "meta upload",
  );
});
