import { join } from "node:path";
import { unpackArchive } from "../../archive/mod.ts";
import { fileError, sha256OfText } from "../../base/mod.ts";
import type { EnvironmentWorld } from "../../environment/mod.ts";
import { entriesIn, lookAt, movePath } from "../../workspace/disk/mod.ts";
import { cannotPack } from "./faults.ts";
import type { ObtainedFile, WheelRequest } from "./obtained.ts";
import type { PlannedBuild, SourceArchive, WantedFile } from "./plan.ts";
import { fits, isSameVersion, readWheelName } from "./wheel_name.ts";

/** What a wheel is built with. */
export interface BuildRequest extends WheelRequest {
  /** Fetches a file. */
  readonly obtain: (file: WantedFile) => Promise<ObtainedFile>;
}

/**
 * Builds a wheel of a source distribution or of a commit, which runs code of it; what was built before is taken again.
 *
 * @throws `BUNDLE_INCOMPLETE`, and what downloads, git, archives and uv throw
 */
export async function buildWheel(
  world: EnvironmentWorld,
  build: PlannedBuild,
  request: BuildRequest,
): Promise<ObtainedFile> {
  const { workspace, environment, report } = world;
  const { from, name } = build;
  const { python, scratch } = request;
  const what = "commit" in from ? `${from.url}@${from.commit}` : from.sha256 ?? from.url;
  const key = sha256OfText([what, from.subdirectory ?? "", python].join(" ")).slice(0, 32);
  const directory = join(workspace.downloads, `built-${key}`);
  const found = await wheelIn(directory);
  if (found) {
    requireFit(found.file, build, request.pythonVersion);
    return found;
  }
  const shown = "commit" in from ? `${name} of ${from.url}` : from.file;
  const message = `${shown} is built here, which runs code of it`;
  report.emit({ kind: "warned", code: "BUNDLE_BUILDS", message });
  const source = await readySource(world, build, request);
  const output = join(scratch, `wheel-${key}`);
  const uv = await world.uv();
  await uv.buildWheel({ project: environment.cec, source, directory: output, python });
  const wheel = await wheelIn(output);
  if (!wheel) throw cannotPack(name, "building it gave no wheel");
  requireFit(wheel.file, build, request.pythonVersion);
  await movePath(output, directory);
  return { ...wheel, place: join(directory, wheel.file) };
}

/**
 * Sees that a wheel is of the package that it was built for, and runs wherever it has to.
 *
 * @param file Its name.
 * @param python Such as `3.12`.
 * @throws `BUNDLE_INCOMPLETE`
 */
export function requireFit(
  file: string,
  { name, version, platforms }: Omit<PlannedBuild, "from">,
  python: string,
): void {
  const wheel = readWheelName(file);
  if (wheel?.name !== name) throw cannotPack(name, `building it gave "${file}"`);
  if (version !== "" && !isSameVersion(wheel.version, version)) {
    throw cannotPack(name, `building it gave version ${wheel.version}, uv.lock says ${version}`);
  }
  const elsewhere = platforms.find((platform) => !fits(wheel, platform, python));
  if (!elsewhere) return;
  throw cannotPack(
    name,
    `it has no wheel for ${elsewhere.name}, and the one that is built here is for this machine`,
    `Export on such a machine, or leave --platform ${elsewhere.name} out`,
  );
}

async function readySource(
  world: EnvironmentWorld,
  { name, from }: PlannedBuild,
  { scratch, obtain }: BuildRequest,
): Promise<string> {
  const directory = join(scratch, `source-${name}`);
  if (!("commit" in from)) {
    const { place } = await obtain(from);
    // uv takes source distributions as they are, but no other archives and no parts of one.
    if (from.subdirectory === undefined && /\.tar\.gz$/i.test(from.file)) return place;
    return await partOf(name, await unpackSource(place, directory, from), from.subdirectory);
  }
  const { checkoutPack } = await import("../../nodes/mod.ts");
  await checkoutPack(world, from, directory);
  return await partOf(name, directory, from.subdirectory);
}

/** Archives of hosts have one directory in which all else lies. */
async function unpackSource(
  archive: string,
  directory: string,
  { file }: SourceArchive,
): Promise<string> {
  await unpackArchive(archive, directory);
  const entries = await entriesIn(directory);
  const [only] = entries;
  if (entries.length === 1 && only?.isDirectory) return join(directory, only.name);
  if (entries.length === 0) throw cannotPack(file, "its archive is empty");
  return directory;
}

async function partOf(name: string, root: string, subdirectory = ""): Promise<string> {
  const parts = subdirectory.split("/").filter((part) => part !== "" && part !== ".");
  let path = root;
  for (const part of parts) {
    path = join(path, part);
    const isInside = part !== ".." && !/[\\:]/.test(part);
    if (!isInside || !(await lookAt(path))?.isDirectory) {
      throw cannotPack(name, `its sources have no directory "${subdirectory}"`);
    }
  }
  return path;
}

async function wheelIn(directory: string): Promise<ObtainedFile | undefined> {
  if (!await lookAt(directory)) return undefined;
  for (const { name } of await entriesIn(directory)) {
    if (readWheelName(name) === undefined) continue;
    const place = join(directory, name);
    try {
      return { file: name, place, size: (await Deno.stat(place)).size };
    } catch (error) {
      throw fileError("Cannot read", place, error);
    }
  }
  return undefined;
}
