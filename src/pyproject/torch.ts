import {
  ComfydockError,
  parseToml,
  readAssetText,
  readList,
  readRecord,
  readText,
} from "../base/mod.ts";
import type { ManifestEdit } from "./edit_manifest.ts";
import { pyprojectErrors } from "./errors.ts";
import { removeGroup, setGroup, TORCH_GROUP } from "./groups.ts";
import { getAt, listAt, tableAt, withAt, withList, withoutAt } from "./tables.ts";
import { isTable, sameValue, type TomlTable, type TomlValue } from "./toml_value.ts";

const CONFIG = "config/torch_backends.toml";
const BACKEND = ["tool", "comfydock", "torch_backend"];
const INDEXES = ["tool", "uv", "index"];
const SOURCES = ["tool", "uv", "sources"];
const ENVIRONMENTS = ["tool", "uv", "environments"];

/** What is known about builds of PyTorch; `config/torch_backends.toml`. */
export interface TorchBackends {
  /** The packages that PyTorch's own index offers in builds for each backend. */
  readonly packages: readonly string[];
  /** Address of an index, with `{backend}`. */
  readonly index: string;
  readonly kinds: readonly TorchKind[];
}

/** One kind of backend. */
export interface TorchKind {
  readonly pattern: RegExp;
  /** Values of Python's `sys.platform`, without macOS. */
  readonly platforms: readonly string[];
  /** Packages that torch needs and that only its own index has. */
  readonly companions: readonly string[];
}

/** Where the builds of a backend come from instead of PyTorch's own index. */
export interface TorchIndex {
  /** Address of a simple index (PEP 503), or path of a directory of wheels. */
  readonly url: string;
  /** Whether `url` is a plain list of files. */
  readonly flat: boolean;
}

/** Reads what ships with comfydock about builds of PyTorch. */
export async function readTorchBackends(): Promise<TorchBackends> {
  const table = parseToml(await readAssetText(CONFIG), CONFIG);
  const texts = (value: unknown, path: string) =>
    readList(value, path).map((item) => readText(item, path));
  return {
    packages: texts(table.packages, "packages"),
    index: readText(table.index, "index"),
    kinds: readList(table.kinds, "kinds").map((item, at) => {
      const kind = readRecord(item, `kinds[${at}]`);
      return {
        pattern: new RegExp(`^(?:${readText(kind.pattern, `kinds[${at}].pattern`)})$`),
        platforms: texts(kind.platforms, `kinds[${at}].platforms`),
        companions: texts(kind.companions ?? [], `kinds[${at}].companions`),
      };
    }),
  };
}

/**
 * Reads the value of `--torch-index`.
 *
 * @param value An address, or the path of a directory of wheels.
 * @throws `TORCH_BACKEND_INVALID`
 */
export function parseTorchIndex(value: string): TorchIndex {
  if (value.trim() === "") {
    throw invalid("Cannot use an empty torch index", "Name a URL or a directory");
  }
  return { url: value, flat: !/^[a-z][a-z0-9+.-]+:\/\//i.test(value) };
}

/**
 * Sets the torch backend: an explicit index, and sources that take torch and its sisters from it.
 *
 * macOS keeps the default index, which has its only build. Where a backend has no build for Linux or Windows, the lock
 * leaves that platform out. What an earlier backend wrote goes; what people wrote stays.
 *
 * @param backend `cpu`, `cuNNN`, `rocmX.Y`, `xpu` or `none`; `auto` must have been settled before.
 * @param index Where the builds come from, if not from PyTorch's own index.
 * @throws `TORCH_BACKEND_INVALID`; the edit throws `TORCH_SOURCE_FOREIGN` when a source of torch is written by hand
 */
export function setTorchBackend(
  backends: TorchBackends,
  backend: string,
  index?: TorchIndex,
): ManifestEdit {
  const kind = backend === "none" ? undefined : kindOf(backends, backend);
  return (tables) => {
    const former = getAt(tables, BACKEND);
    const replaced = kind ? indexPosition(tables, nameOfIndex(former)) : -1;
    const cleared = clear(tables, backends, former);
    const result = kind ? write(cleared, backends, kind, backend, index, replaced) : cleared;
    return withAt(result, BACKEND, backend);
  };
}

function kindOf({ kinds }: TorchBackends, backend: string): TorchKind {
  const kind = kinds.find(({ pattern }) => pattern.test(backend));
  if (kind) return kind;
  throw invalid(
    `Cannot use the torch backend "${backend}"`,
    "Use auto, cpu, cuNNN (such as cu128), rocmX.Y (such as rocm6.4), xpu or none",
  );
}

function clear(tables: TomlTable, backends: TorchBackends, former: unknown): TomlTable {
  const name = nameOfIndex(former);
  const kind = backends.kinds.find(({ pattern }) => pattern.test(String(former)));
  if (name === undefined || kind === undefined) return tables;
  const ours = [...backends.packages, ...kind.companions];
  const freed = ours.filter((item) => usesIndex(getAt(tables, [...SOURCES, item]), name));
  let result = freed.reduce((rest, item) => withoutAt(rest, [...SOURCES, item]), tables);
  const kept = listAt(result, INDEXES).filter((item) => !isNamed(item, name));
  if (kept.length < listAt(result, INDEXES).length) result = withList(result, INDEXES, kept);
  const environments = environmentsOf(kind);
  if (environments && sameValue(getAt(result, ENVIRONMENTS), environments)) {
    result = withoutAt(result, ENVIRONMENTS);
  }
  return kind.companions.length > 0 ? removeGroup(TORCH_GROUP)(result) : result;
}

function write(
  tables: TomlTable,
  backends: TorchBackends,
  kind: TorchKind,
  backend: string,
  index: TorchIndex | undefined,
  replaced: number,
): TomlTable {
  const name = `pytorch-${backend}`;
  const url = index?.url ?? backends.index.replace("{backend}", () => backend);
  const entry = { name, url, format: index?.flat ? "flat" : undefined, explicit: true };
  const indexes = listAt(tables, INDEXES).filter((item) => !isNamed(item, name));
  const at = replaced < 0 ? indexes.length : Math.min(replaced, indexes.length);
  let result = withAt(tables, INDEXES, indexes.toSpliced(at, 0, entry));
  const marker = markerOf(kind);
  for (const item of [...backends.packages, ...kind.companions]) {
    refuseForeign(tableAt(result, SOURCES), item, name);
    result = withAt(result, [...SOURCES, item], { index: name, marker });
  }
  const environments = environmentsOf(kind);
  if (environments && getAt(result, ENVIRONMENTS) === undefined) {
    result = withAt(result, ENVIRONMENTS, environments);
  }
  if (kind.companions.length === 0) return result;
  // uv heeds a source only for packages that the project itself names.
  return setGroup(TORCH_GROUP, kind.companions.map((item) => `${item} ; ${marker}`))(result);
}

function markerOf({ platforms }: TorchKind): string {
  return platforms.length > 1 ? "sys_platform != 'darwin'" : `sys_platform == '${platforms[0]}'`;
}

// Only needed where one of the two other platforms has no build.
function environmentsOf({ platforms }: TorchKind): readonly string[] | undefined {
  if (platforms.length > 1) return undefined;
  return [...platforms, "darwin"].map((platform) => `sys_platform == '${platform}'`);
}

function nameOfIndex(backend: unknown): string | undefined {
  return typeof backend === "string" && backend !== "none" ? `pytorch-${backend}` : undefined;
}

function indexPosition(tables: TomlTable, name: string | undefined): number {
  return name === undefined ? -1 : listAt(tables, INDEXES).findIndex((item) => isNamed(item, name));
}

function isNamed(item: TomlValue, name: string): boolean {
  return isTable(item) && item.name === name;
}

function usesIndex(source: TomlValue | undefined, name: string): boolean {
  const parts = Array.isArray(source) ? source : [source];
  return parts.every((part) => isTable(part) && part.index === name);
}

function refuseForeign(sources: TomlTable, item: string, name: string): void {
  const source = Object.hasOwn(sources, item) ? sources[item] : undefined;
  if (source === undefined || usesIndex(source, name)) return;
  throw new ComfydockError(
    pyprojectErrors.TORCH_SOURCE_FOREIGN,
    `Cannot set the torch backend: [tool.uv.sources] names another source of ${item}`,
    {
      hint:
        `Remove the line "${item} = …" from [tool.uv.sources], or keep it and use the backend none`,
      details: { package: item },
    },
  );
}

function invalid(message: string, hint: string): ComfydockError {
  return new ComfydockError(pyprojectErrors.TORCH_BACKEND_INVALID, message, { hint });
}
