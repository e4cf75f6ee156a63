import { createHash } from "node:crypto";
import { join } from "node:path";
import { compareCodePoints, fileError, mapConcurrent, VERSION } from "../../base/mod.ts";
import { writeZip, type ZipFile } from "../../archive/packing/mod.ts";
import { getAt } from "../../pyproject/mod.ts";
import { licenseFiles } from "./beside_files.ts";
import { coreMetadata, entryPoints } from "./core_metadata.ts";
import { distributionStem, wheelFileName } from "./names.ts";
import type { Distribution, WrittenFile } from "./types.ts";

/** Where and how a file of a distribution is written. */
export interface WriteOptions {
  /** Where it goes; it must be there. */
  readonly directory: string;
  readonly signal?: AbortSignal;
}

/** How many files are read and hashed ahead. */
const READ_AHEAD = 3;

/**
 * Writes the wheel of a distribution. Equal files give equal bytes, whenever and wherever it is written.
 *
 * Format: PEP 427, https://packaging.python.org/en/latest/specifications/binary-distribution-format/
 *
 * @throws `E_BUILD_FAILED`, `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function writeWheel(
  distribution: Distribution,
  { directory, signal }: WriteOptions,
): Promise<WrittenFile> {
  const file = wheelFileName(distribution.name, distribution.version);
  const info = `${distributionStem(distribution.name, distribution.version)}.dist-info`;
  const records: string[] = [];
  const whole = createHash("sha256");
  const members = await wheelMembers(distribution, info);
  const read = async ({ path, content }: Member) => {
    const bytes = await content();
    const digest = createHash("sha256").update(bytes).digest("base64url");
    return { path, bytes, record: `${csv(path)},sha256=${digest},${bytes.length}` };
  };
  const files = async function* (): AsyncGenerator<ZipFile> {
    for await (
      const { path, bytes, record } of mapConcurrent(members, read, { limit: READ_AHEAD, signal })
    ) {
      records.push(record);
      yield { path, content: () => bytes };
    }
    const path = `${info}/RECORD`;
    const text = [...records, `${csv(path)},,`, ""].join("\n");
    yield { path, content: () => new TextEncoder().encode(text) };
  };
  const onBytes = (bytes: Uint8Array) => void whole.update(bytes);
  const size = await writeZip(join(directory, file), files(), { signal, onBytes });
  return { kind: "wheel", file, size, sha256: whole.digest("hex") };
}

interface Member {
  readonly path: string;
  content(): Promise<Uint8Array> | Uint8Array;
}

async function wheelMembers(distribution: Distribution, info: string): Promise<readonly Member[]> {
  const { source, moduleFiles, module, table } = distribution;
  const start = source === "" ? 0 : source.length + 1;
  const own = moduleFiles.map(({ path, place }): Member => ({
    path: path.slice(start),
    content: () => readWhole(place),
  }));
  const text = (name: string, content: string): Member => ({
    path: `${info}/${name}`,
    content: () => new TextEncoder().encode(content),
  });
  const points = entryPoints(table);
  const licenses = licenseFiles(distribution).map(({ path, place }): Member => ({
    path: `${info}/licenses/${path}`,
    content: () => readWhole(place),
  }));
  const byPath = (left: Member, right: Member) => compareCodePoints(left.path, right.path);
  return [
    ...own.sort(byPath),
    ...[
      ...licenses,
      text("METADATA", await coreMetadata(distribution)),
      text("WHEEL", wheelText()),
      ...bySetuptools(table) ? [text("top_level.txt", `${module}\n`)] : [],
      ...points === undefined ? [] : [text("entry_points.txt", points)],
    ].sort(byPath),
  ];
}

/** Whether setuptools would build it, which leaves a file of its own. */
function bySetuptools(table: Distribution["table"]): boolean {
  const backend = getAt(table, ["build-system", "build-backend"]);
  return typeof backend !== "string" || backend.startsWith("setuptools");
}

function wheelText(): string {
  return [
    "Wheel-Version: 1.0",
    `Generator: comfydock (${VERSION})`,
    "Root-Is-Purelib: true",
    "Tag: py3-none-any",
    "",
  ].join("\n");
}

/** A field of a table with commas. */
function csv(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function readWhole(place: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(place);
  } catch (error) {
    throw fileError("Cannot read", place, error);
  }
}
