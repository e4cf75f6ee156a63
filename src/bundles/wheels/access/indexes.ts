import { type JsonRecord, parseToml } from "../../../base/mod.ts";
import { type Environment, readUvConfigurations } from "../../../tools/mod.ts";

/** A package index that uv is configured for. */
export interface ConfiguredIndex {
  readonly name?: string;
  /** Maybe with credentials. */
  readonly url: string;
}

/**
 * Lists the package indexes that uv would know in a project: of variables, the manifest and the user's configuration.
 *
 * @param env Variables of this process.
 * @param manifestText Of the project.
 * @throws `TOML_INVALID`, `FILE_UNREADABLE`
 */
export async function configuredIndexes(
  env: Environment,
  manifestText: string,
): Promise<readonly ConfiguredIndex[]> {
  const tool = tableOf(parseToml(manifestText, "pyproject.toml").tool);
  const files = await readUvConfigurations(env);
  return [
    ...named(env.UV_INDEX),
    ...named(env.UV_DEFAULT_INDEX),
    ...named(env.UV_INDEX_URL),
    ...named(env.UV_EXTRA_INDEX_URL),
    ...indexesOf(tableOf(tool.uv)),
    ...files.flatMap(indexesOf),
  ];
}

/** Variables hold `URL` or `NAME=URL`, several with blanks between them. */
function named(variable = ""): readonly ConfiguredIndex[] {
  return variable.split(/\s+/).filter((word) => word !== "").map((word) => {
    const [, name, url = word] = /^([\w.-]+)=(.*)$/s.exec(word) ?? [];
    return { name, url };
  });
}

function indexesOf(table: JsonRecord): readonly ConfiguredIndex[] {
  const listed = Array.isArray(table.index) ? table.index.map(tableOf) : [];
  const plain = [table["index-url"], table["extra-index-url"]].flat();
  return [
    ...listed.flatMap(({ name, url }) =>
      typeof url === "string" ? [{ name: typeof name === "string" ? name : undefined, url }] : []
    ),
    ...plain.flatMap((url) => typeof url === "string" ? [{ url }] : []),
  ];
}

function tableOf(value: unknown): JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as JsonRecord
    : {};
}
