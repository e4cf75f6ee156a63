import { join } from "node:path";
import { type TemplateFixture, templateRepository } from "../template_repository.ts";
import { todayFiles } from "./layouts.ts";
import { tinyWebp } from "./pictures.ts";
import { packagePyproject } from "./python_sources.ts";
import { jsonText, sampleEntry, type SampleFiles, sampleWorkflow } from "./sample_files.ts";

const ADDED_PACKAGE = "media_assets_03";
const ADDED_BUNDLE = "media-assets-03";

/** Files of today's layout with a ninth package and many templates in it and in the others that are not frozen. */
function manyTemplates(
  count: number,
  picture: (id: string) => Uint8Array<ArrayBuffer>,
): SampleFiles {
  const files = todayFiles();
  const bundles = JSON.parse(textOf(files, "bundles.json"));
  const index = JSON.parse(textOf(files, "templates/index.json"));
  const targets = ["media-assets-01", "media-assets-02", ADDED_BUNDLE];
  bundles[ADDED_BUNDLE] = [];
  for (let at = 0; at < count; at++) {
    const id = `many_${String(at).padStart(4, "0")}`;
    files.set(`templates/${id}.json`, sampleWorkflow(id));
    files.set(`templates/${id}-1.webp`, picture(id));
    bundles[targets[at % targets.length]!].push(id);
    index[0].templates.push(sampleEntry(id));
  }
  files.set("bundles.json", jsonText(bundles));
  files.set("templates/index.json", jsonText(index));
  const module = `demo_${ADDED_PACKAGE}`;
  const facts = { name: "demo-media-assets-03", version: "0.1.0", module, data: ["templates/*"] };
  files.set(`packages/${ADDED_PACKAGE}/pyproject.toml`, packagePyproject(facts));
  files.set(`packages/${ADDED_PACKAGE}/src/${module}/__init__.py`, "");
  return files;
}

/**
 * A repository with a long history: many templates, each commit after the release another edit of one of them.
 *
 * @param commits How many there are in all.
 */
export async function longHistory(templates: number, commits: number): Promise<TemplateFixture> {
  const fixture = await templateRepository(manyTemplates(templates, (id) => tinyWebp(id)));
  const lines: string[] = [];
  for (let at = 1; at < commits; at++) {
    const id = `many_${String(at % templates).padStart(4, "0")}`;
    const text = sampleWorkflow(id).replace('"revision": 0', `"revision": ${at}`);
    lines.push(
      "commit refs/heads/main",
      `committer Fixture <fixture@localhost> ${1_762_000_000 + at} +0000`,
      "data 4\nedit",
      ...at === 1 ? ["from refs/heads/main^0"] : [],
      `M 100644 inline templates/${id}.json`,
      `data ${new TextEncoder().encode(text).length}\n${text}`,
    );
  }
  const process = new Deno.Command("git", {
    args: ["fast-import", "--quiet"],
    cwd: fixture.root,
    stdin: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`${lines.join("\n")}\n`));
  await writer.close();
  await process.status;
  await fixture.git("reset", "--quiet", "--hard", "main");
  return fixture;
}

/**
 * A repository whose nine packages ship as many bytes of pictures as are asked for; not under git.
 *
 * @param bytes In all.
 */
export async function largeAssets(bytes: number, templates: number): Promise<TemplateFixture> {
  const size = Math.floor(bytes / templates);
  const picture = (id: string) => {
    const content = new Uint8Array(size);
    content.set(tinyWebp(id));
    for (let at = tinyWebp(id).length; at < size; at += 65_536) {
      crypto.getRandomValues(content.subarray(at, Math.min(size, at + 65_536)));
    }
    return content;
  };
  return await templateRepository(manyTemplates(templates, picture), { git: false });
}

/** Packs the files below a directory with `zip -1`. */
export async function zipQuickly(root: string, directory: string): Promise<void> {
  const target = join(root, "all.zip");
  const { success } = await new Deno.Command("zip", {
    args: ["-1", "-q", "-r", target, directory],
    cwd: root,
  }).output();
  if (!success) throw new Error("Cannot run zip");
  await Deno.remove(target);
}

function textOf(files: SampleFiles, path: string): string {
  const content = files.get(path);
  return typeof content === "string" ? content : "";
}
