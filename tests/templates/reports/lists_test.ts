import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { cdnManifest, splitIndex, templatePages } from "../../../src/templates/reports/mod.ts";
import { manifestChanges } from "../../support/templates/manifest_state.ts";
import { reportScene } from "../../support/templates/report_scene.ts";
import { templateRepository } from "../../support/template_repository.ts";

Deno.test("each template has a page with its facts, models, nodes and thumbnail; texts from outside stay texts", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await fixture.change<{ templates: Record<string, unknown>[] }[]>(
    "templates/index.json",
    (list) =>
      void Object.assign(list[0]!.templates[2]!, {
        title: "[x](javascript:alert(1)) <script>",
        description: "one\n# two",
        tutorialUrl: "javascript:alert(1)",
      }),
  );
  const { facts } = await reportScene(fixture.root);
  const pages = new Map(
    templatePages(facts, "../../templates").map(({ name, text }) => [name, text]),
  );
  deepEqual([...pages.keys()].sort(), [
    ...["README.md", "api_a.md", "img_a.md", "needs_nodes.md", "sd3.5_c.md", "vid_b.md"],
  ]);
  match(pages.get("README.md")!, /^# Templates\n\n## Image\n\n- \[Template api\\_a\]\(api_a\.md\)/);
  const page = pages.get("vid_b.md")!;
  match(
    page,
    /^# Template vid\\_b\n\nWhat vid\\_b does\n\n!\[[^\]]+\]\(\.\.\/\.\.\/templates\/vid_b-1\.webp\)/,
  );
  match(page, /^- Packages: `json`, `media_assets_01`$/m);
  match(page, /^- `vid_b\.safetensors` in `checkpoints`: <https:\/\/models\.invalid\//m);
  match(page, /^## Nodes \(2\)\n\n- `CheckpointLoaderSimple`\n- `PreviewAny`$/m);
  match(pages.get("needs_nodes.md")!, /^- Not packaged: because of its custom nodes$/m);
  const hostile = pages.get("sd3.5_c.md")!;
  match(hostile, /^# \\\[x\\\]\(javascript:alert\(1\)\) \\<script\\>$/m);
  match(hostile, /^one \\# two$/m);
  doesNotMatch(hostile, /Tutorial/);
});

Deno.test("the list for a network has each shipped file once, where the manifest says, and no file that differs", async () => {
  await using fixture = await templateRepository("today", { git: false });
  deepEqual(await manifestChanges(fixture.root), []);
  const { files, bytes, findings } = cdnManifest((await reportScene(fixture.root)).facts);
  deepEqual(findings, []);
  equal(bytes, files.reduce((sum, { size }) => sum + size, 0));
  const file = files.find(({ path }) => path === "media-assets-01/vid_b/vid_b-1.webp");
  equal(file?.source, "templates/vid_b-1.webp");
  equal(new Set(files.map(({ path }) => path)).size, files.length);
  ok(!files.some(({ template }) => template === "gone"));
  await fixture.write("templates/vid_b-1.webp", "other");
  await fixture.remove("templates/sd3.5_c.json");
  const stale = cdnManifest((await reportScene(fixture.root)).facts);
  equal(stale.files.length, files.length - 2);
  match(
    stale.findings.map(({ message }) => message).join("\n"),
    /"vid_b-1\.webp" of "vid_b" is not what/,
  );
  match(
    stale.findings.map(({ message }) => message).join("\n"),
    /"sd3\.5_c\.json" of "sd3\.5_c" is missing/,
  );
});

Deno.test("a split index loses nothing: light entries and details are those of the index", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const { facts } = await reportScene(fixture.root);
  const [light, ...details] = splitIndex(facts.index!);
  equal(light?.name, "index.light.json");
  const categories = JSON.parse(light!.text) as { title: string; templates: { name: string }[] }[];
  deepEqual(
    categories.map(({ title }) => title),
    facts.index?.categories.map(({ title }) => title),
  );
  deepEqual(
    categories.flatMap(({ templates }) => templates.map(({ name }) => name)),
    facts.index?.templates.map(({ name }) => name),
  );
  for (const entry of facts.index!.templates) {
    const file = details.find(({ name }) => name === `details/${entry.name}.json`);
    deepEqual(JSON.parse(file!.text), entry.raw);
  }
  deepEqual(splitIndex(facts.locales[0]!).map(({ name }) => name), ["index.light.zh.json"]);
});

Deno.test("names that lead out of a directory become no page, no file and no address", async () => {
  await using fixture = await templateRepository("today", { git: false });
  await fixture.change<{ templates: Record<string, unknown>[] }[]>(
    "templates/index.json",
    (list) => void list[0]!.templates.push({ ...list[0]!.templates[0], name: "../../evil" }),
  );
  await fixture.change<{ templates: { cdn: { path: string } }[] }>(
    "packages/core/src/demo_core/manifest.json",
    ({ templates }) => void (templates[0]!.cdn.path = "../../etc/"),
  );
  const { facts } = await reportScene(fixture.root);
  const pages = templatePages(facts, "../../templates");
  const names = [...pages, ...splitIndex(facts.index!)].map(({ name }) => name);
  deepEqual(names.filter((name) => name.includes("..")), []);
  const { files, findings } = cdnManifest(facts);
  deepEqual(files.filter(({ path }) => path.includes("..")), []);
  match(findings[0]?.message ?? "", /^The address "\.\.\/\.\.\/etc" of "api_a" leads out/);
});
