import { join } from "node:path";
import { writeArchive } from "../../src/archive/mod.ts";
import type { EnvironmentFixture } from "./environment_fixture.ts";
import { serve, type TestServer } from "./http_server.ts";
import { put } from "./tracked_workflows.ts";
import { wheelBytes } from "./wheels.ts";

/** Who may read the closed index. */
export const READER = { username: "reader", password: "s3cret-of-the-index" };

/** Packages that come from elsewhere than an open index. */
export interface SourceScene extends AsyncDisposable {
  readonly server: TestServer;
  /** Puts `git-pack`, `url-wheel`, `url-sources` and `closed` into the manifest. */
  readonly manifest: (text: string) => string;
  /** Paths that were asked for without the credentials that they want. */
  readonly refused: readonly string[];
}

// A build system that needs nothing from any index.
const BACKEND = `import os, zipfile

def build_wheel(directory, config_settings=None, metadata_directory=None):
    name, version = open("NAME").read().split()
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(os.path.join(directory, f"{name}-{version}-py3-none-any.whl"), "w") as out:
        def put(path, text):
            out.writestr(zipfile.ZipInfo(path), text)
        put(f"{name}/__init__.py", f"__version__ = '{version}'\\n")
        put(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
        put(f"{info}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        put(f"{info}/RECORD", f"{name}/__init__.py,,\\n{info}/METADATA,,\\n{info}/WHEEL,,\\n{info}/RECORD,,\\n")
    return f"{name}-{version}-py3-none-any.whl"
`;

/** The files of a package that builds itself. */
export function sourceFiles(name: string, version: string): Readonly<Record<string, string>> {
  return {
    "pyproject.toml": `[project]\nname = "${name}"\nversion = "${version}"\n\n[build-system]\n` +
      'requires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
    "backend.py": BACKEND,
    NAME: `${name.replaceAll("-", "_")} ${version}`,
  };
}

/**
 * Serves a wheel, a source distribution and a closed index, and has git find a repository under an address of nobody.
 *
 * The variables of the fixture do not name the credentials.
 */
export async function startSources(fixture: EnvironmentFixture): Promise<SourceScene> {
  const { root, world, env } = fixture;
  const repository = join(root, "git-pack");
  for (const [path, text] of Object.entries(sourceFiles("git-pack", "0.3"))) {
    await put(join(repository, "python", path), text);
  }
  const { git } = world();
  await git.init(repository);
  await git.add(repository);
  await git.commit(repository, "One");
  const settings = env.GIT_CONFIG_GLOBAL!;
  const found = await Deno.readTextFile(settings);
  const rule = `[url "${repository}"]\n\tinsteadOf = https://packages.test/git-pack.git\n`;
  await Deno.writeTextFile(settings, `${found}${rule}`);

  const sdist = join(root, "url_sources-2.0.tar.gz");
  await writeArchive(
    sdist,
    Object.entries(sourceFiles("url-sources", "2.0")).map(([path, text]) => {
      const bytes = new TextEncoder().encode(text);
      return { path: `url_sources-2.0/${path}`, size: bytes.length, content: () => [bytes] };
    }),
  );
  const files: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
    "/url_wheel-1.0-py3-none-any.whl": wheelBytes({ name: "url_wheel", version: "1.0" }),
    "/url_sources-2.0.tar.gz": await Deno.readFile(sdist),
    "/closed/files/closed-4.0-py3-none-any.whl": wheelBytes({ name: "closed", version: "4.0" }),
    "/closed/simple/closed/": new TextEncoder().encode(
      '<a href="../../files/closed-4.0-py3-none-any.whl">closed-4.0-py3-none-any.whl</a>',
    ),
  };
  const refused: string[] = [];
  const key = `Basic ${btoa(`${READER.username}:${READER.password}`)}`;
  const server = serve((request) => {
    const { pathname } = new URL(request.url);
    const bytes = files[pathname];
    if (!bytes) return new Response("", { status: 404 });
    if (pathname.startsWith("/closed/") && request.headers.get("authorization") !== key) {
      refused.push(pathname);
      return new Response("", { status: 401, headers: { "www-authenticate": "Basic" } });
    }
    const type = pathname.endsWith("/") ? "text/html" : "application/octet-stream";
    return new Response(bytes, { headers: { "content-type": type } });
  });
  return {
    server,
    refused,
    manifest: (text) =>
      text.replace(
        /dependencies = \[/,
        'dependencies = [\n  "git-pack", "url-wheel", "url-sources", "closed",',
      ) + `
[[tool.uv.index]]
name = "shut-one"
url = "${server.url}/closed/simple"
explicit = true

[tool.uv.sources]
git-pack = { git = "https://packages.test/git-pack.git", branch = "main", subdirectory = "python" }
url-wheel = { url = "${server.url}/url_wheel-1.0-py3-none-any.whl" }
url-sources = { url = "${server.url}/url_sources-2.0.tar.gz" }
closed = { index = "shut-one" }
`,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
