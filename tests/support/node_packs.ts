import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import {
  type CorpusPackage,
  createSampleRegistry,
  toCorpusPackage,
  toCorpusVersion,
} from "../../src/demo/sample_registry/mod.ts";
import type { EnvironmentWorld } from "../../src/environment/mod.ts";
import type { ResolveNode } from "../../src/environment/nodes/mod.ts";
import { createHttpClient } from "../../src/http/mod.ts";
import { type NodeMappings, writeMappings } from "../../src/mappings/mod.ts";
import type { EnvironmentFixture, WorldChoices } from "./environment_fixture.ts";
import { serve, type TestServer } from "./http_server.ts";
import { MappingsBuilder } from "./mappings_builder.ts";
import type { CliRun } from "./run_cli.ts";
import { runInProcess } from "./run_in_process.ts";
import { assertPublishedShape } from "./schemas.ts";

/** A version of a node pack that a test publishes. */
export interface PackDefinition {
  readonly id: string;
  readonly version: string;
  /** Lines of `requirements.txt`. */
  readonly requirements?: readonly string[];
  /** Names of its node classes; by default one that is named like the pack. */
  readonly classes?: readonly string[];
  /** Further files by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly status?: string;
}

/** A registry on loopback with the packs of a test, and their real archives. */
export interface PackRegistry extends AsyncDisposable {
  readonly url: string;
  /** How many archives were fetched. */
  readonly fetched: () => number;
  /** Publishes further versions, or replaces some. */
  publish(...packs: readonly PackDefinition[]): void;
}

/** Starts a registry. */
export function startPackRegistry(...packs: readonly PackDefinition[]): PackRegistry {
  const known = new Map<string, PackDefinition>();
  const publish = (...more: readonly PackDefinition[]) => {
    for (const pack of more) known.set(`${pack.id} ${pack.version}`, pack);
  };
  publish(...packs);
  let fetched = 0;
  const server: TestServer = serve((request) => {
    const { pathname, origin } = new URL(request.url);
    const [, root, id = "", version = ""] = pathname.split("/");
    if (root !== "archives") return createSampleRegistry(corpusOf(known, origin))(request);
    const pack = known.get(`${id} ${version}`);
    if (!pack) return new Response("No such archive", { status: 404 });
    fetched++;
    return new Response(packArchive(pack), { headers: { "content-type": "application/zip" } });
  });
  return {
    url: server.url,
    fetched: () => fetched,
    publish,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** The files of a pack. */
export function packFiles(
  { id, version, requirements = [], classes = [classOf(id)], files = {} }: PackDefinition,
): Readonly<Record<string, string>> {
  return {
    "__init__.py": moduleText(classes),
    "pyproject.toml":
      `[project]\nname = "${id}"\nversion = "${version}"\n\n[tool.comfy]\nPublisherId = "test"\n`,
    "requirements.txt": requirements.map((line) => `${line}\n`).join(""),
    "README.md": `# ${id} ${version}\n`,
    ...files,
  };
}

/** The class that a pack has by default. */
export function classOf(id: string): string {
  return `${id.replaceAll("-", "")}Node`;
}

function repositoryOf(id: string): string {
  return `https://git.test/test/${id}`;
}

function packArchive(pack: PackDefinition): Uint8Array<ArrayBuffer> {
  const files = Object.entries(packFiles(pack)).map(([path, text]) => [path, strToU8(text)]);
  return Uint8Array.from(zipSync(Object.fromEntries(files), { mtime: "2026-01-01T00:00:00" }));
}

function moduleText(classes: readonly string[]): string {
  const entries = classes.map((name) => `"${name}": Node`).join(", ");
  return [
    "class Node:",
    '    RETURN_TYPES = ("IMAGE",)',
    '    FUNCTION = "run"',
    '    CATEGORY = "test"',
    "",
    "    @classmethod",
    "    def INPUT_TYPES(cls):",
    '        return {"required": {"image": ("IMAGE",)}}',
    "",
    "",
    `NODE_CLASS_MAPPINGS = {${entries}}`,
    "",
  ].join("\n");
}

function corpusOf(known: ReadonlyMap<string, PackDefinition>, origin: string) {
  const ids = [...new Set([...known.values()].map(({ id }) => id))];
  const packages = ids.map((id): CorpusPackage => {
    const versions = [...known.values()].filter((pack) => pack.id === id).reverse();
    const record = {
      id,
      name: id,
      description: `The pack ${id}`,
      repository: repositoryOf(id),
      status: "NodeStatusActive",
      created_at: "2026-01-01T00:00:00Z",
      downloads: 100,
      github_stars: 10,
    };
    return toCorpusPackage(
      record,
      versions.map(({ version, requirements = [], status = "NodeVersionStatusActive" }) =>
        toCorpusVersion({
          id: `${id}-${version}`,
          node_id: id,
          version,
          createdAt: "2026-01-02T00:00:00Z",
          dependencies: requirements,
          downloadUrl: `${origin}/archives/${id}/${version}/node.zip`,
          deprecated: false,
          status,
        }, [])
      ),
    );
  });
  return { packages };
}

/** Says what `id@version` is in a registry, without asking it. */
export function packResolver({ url }: PackRegistry): ResolveNode {
  return (named) => {
    const [id = "", version = "1.0.0"] = named.split("@");
    return Promise.resolve({
      source: "registry",
      id,
      name: id,
      version,
      downloadUrl: `${url}/archives/${id}/${version}/node.zip`,
      repository: repositoryOf(id),
      listedRequirements: [],
    });
  };
}

/** The world of an environment that may fetch packs. */
export function worldWithPacks(
  fixture: EnvironmentFixture,
  choices?: WorldChoices,
): EnvironmentWorld {
  return { ...fixture.world(choices), http: () => Promise.resolve(createHttpClient({})) };
}

/** The variables that let comfydock use a registry, and an index of packs that knows nothing. */
export async function packVariables(
  { env, root }: EnvironmentFixture,
  { url }: PackRegistry,
): Promise<Readonly<Record<string, string>>> {
  const home = join(root, "home");
  const mappings = join(root, "node_mappings.json");
  await writeMappings(mappings, NO_MAPPINGS);
  return {
    ...env,
    PATH: Deno.env.get("PATH") ?? "",
    HOME: home,
    USERPROFILE: home,
    COMFYDOCK_ENV: "demo",
    COMFYDOCK_REGISTRY_URL: url,
    COMFYDOCK_MAPPINGS_URL: mappings,
  };
}

const NO_MAPPINGS: NodeMappings = new MappingsBuilder().build();

/** Runs a command line on the environment `demo` inside the test's own process, with a registry. */
export async function runWithPacks(
  fixture: EnvironmentFixture,
  registry: PackRegistry,
  argv: readonly string[],
): Promise<CliRun> {
  const env = { ...await packVariables(fixture, registry), COMFYDOCK_JSON: "1" };
  const run = await runInProcess(argv, { env });
  if (run.code !== 130 && run.json?.ok) await assertPublishedShape(run.json);
  return run;
}
