import { dirname, join } from "node:path";
import { command, createRunner } from "../../src/tools/mod.ts";
import { seedFiles, todayFiles } from "./templates/layouts.ts";
import { jsonText, type SampleFiles } from "./templates/sample_files.ts";

/** A git repository of templates in a directory of its own, which goes when the test ends. */
export interface TemplateFixture extends AsyncDisposable {
  readonly root: string;
  /** Writes a file below the root. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** The text of a file, byte order mark included. */
  read(path: string): Promise<string>;
  /** Removes a file. */
  remove(path: string): Promise<void>;
  /** Changes what a JSON file holds, and prints it as the fixture does. */
  change<Value>(path: string, edit: (value: Value) => Value | void): Promise<void>;
  /** Runs git there and gives its answer. */
  git(...args: readonly string[]): Promise<string>;
  /** Commits everything, and tags the commit where a tag is named; returns the commit. */
  commit(message: string, tag?: string): Promise<string>;
}

/** The layouts that repositories have. */
export type TemplateLayout = "seed" | "today";

const WHO = {
  GIT_AUTHOR_NAME: "Fixture",
  GIT_AUTHOR_EMAIL: "fixture@localhost",
  GIT_COMMITTER_NAME: "Fixture",
  GIT_COMMITTER_EMAIL: "fixture@localhost",
  GIT_AUTHOR_DATE: "2025-11-01T00:00:00Z",
  GIT_COMMITTER_DATE: "2025-11-01T00:00:00Z",
  GIT_CONFIG_NOSYSTEM: "1",
};

/**
 * Makes a real git repository of templates, committed and tagged `v0.5.0`.
 *
 * @param layout A layout, or the files themselves.
 * @param options `git: false` leaves the files without history; `tag` names another tag, `null` none.
 */
export async function templateRepository(
  layout: TemplateLayout | SampleFiles = "seed",
  { git: versioned = true, tag = "v0.5.0" }: { git?: boolean; tag?: string | null } = {},
): Promise<TemplateFixture> {
  const root = await Deno.makeTempDir({ prefix: "comfydock-templates-" });
  const runner = createRunner({ env: Deno.env.toObject() });
  const files = layout === "seed" ? seedFiles() : layout === "today" ? todayFiles() : layout;
  const git = async (...args: readonly string[]) => {
    const spec = command({ program: "git", args, cwd: root, env: WHO });
    return (await runner.run(spec)).stdout.trim();
  };
  const write = async (path: string, content: string | Uint8Array) => {
    await Deno.mkdir(dirname(join(root, path)), { recursive: true });
    await (typeof content === "string"
      ? Deno.writeTextFile(join(root, path), content)
      : Deno.writeFile(join(root, path), content));
  };
  const read = async (path: string) =>
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(await Deno.readFile(join(root, path)));
  const fixture: TemplateFixture = {
    root,
    write,
    read,
    git,
    remove: (path) => Deno.remove(join(root, path)),
    async change<Value>(path: string, edit: (value: Value) => Value | void) {
      const value: Value = JSON.parse(await read(path));
      await write(path, jsonText(edit(value) ?? value));
    },
    async commit(message, name) {
      await git("add", "--all");
      await git("commit", "--quiet", "--no-verify", "--allow-empty", "-m", message);
      if (name !== undefined) await git("tag", name);
      return await git("rev-parse", "HEAD");
    },
    async [Symbol.asyncDispose]() {
      await Deno.remove(root, { recursive: true });
    },
  };
  for (const [path, content] of files) await write(path, content);
  if (versioned) {
    await git("init", "--quiet", "--template=", "--initial-branch=main");
    await git("config", "core.autocrlf", "false");
    await fixture.commit("first", tag ?? undefined);
  }
  return fixture;
}

/** Adds a template everywhere but to bundles: workflow, thumbnail, and its entry in the first category of the index. */
export async function addIndexEntry(
  fixture: TemplateFixture,
  entry: Readonly<Record<string, unknown>>,
): Promise<void> {
  await fixture.change<{ templates: unknown[] }[]>(
    "templates/index.json",
    (categories) => void categories[0]?.templates.push(entry),
  );
}

/** Puts an id into a bundle. */
export async function addToBundle(
  fixture: TemplateFixture,
  bundle: string,
  id: string,
): Promise<void> {
  await fixture.change<Record<string, string[]>>(
    "bundles.json",
    (bundles) => void (bundles[bundle] ??= []).push(id),
  );
}
