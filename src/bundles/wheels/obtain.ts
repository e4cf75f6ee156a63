import { join } from "node:path";
import { ComfydockError, fileError, mapConcurrent, sha256OfText } from "../../base/mod.ts";
import type { EnvironmentWorld } from "../../environment/mod.ts";
import { downloadFile } from "../../http/mod.ts";
import { entriesIn, lookAt, movePath, removeTree } from "../../workspace/disk/mod.ts";
import { bundleErrors } from "../errors.ts";
import type { WheelPlan } from "./plan.ts";
import type { LockedFile } from "./read_lock.ts";
import { readWheelName } from "./wheel_name.ts";

/** A wheel on this machine. */
export interface ObtainedWheel {
  readonly file: string;
  /** Absolute. */
  readonly place: string;
  /** In bytes. */
  readonly size: number;
  /** In hex; absent where the lock does not say it. */
  readonly sha256?: string;
}

const AT_ONCE = 4;
const LARGEST = 32 * 1024 ** 3;
const PROGRESS = "wheels";

/**
 * Gets the wheels of a plan: fetched ones are checked against the lock, others are built. All stay among the workspace's
 * downloads, so that the next export finds them.
 *
 * @param python The interpreter that wheels are built with.
 * @throws `BUNDLE_INCOMPLETE`, and what downloads and uv throw
 */
export async function obtainWheels(
  world: EnvironmentWorld,
  { wheels, builds }: WheelPlan,
  python: string,
): Promise<readonly ObtainedWheel[]> {
  const { report, signal } = world;
  report.emit({ kind: "started", id: PROGRESS, label: "Fetching packages", unit: "bytes" });
  try {
    const fetch = (wheel: LockedFile) => obtain(world, wheel);
    const all = await Array.fromAsync(mapConcurrent(wheels, fetch, { limit: AT_ONCE, signal }));
    for (const { sdist } of builds) all.push(await build(world, sdist, python));
    return all.sort((a, b) => a.file < b.file ? -1 : 1);
  } finally {
    report.emit({ kind: "finished", id: PROGRESS });
  }
}

async function obtain(
  { workspace, http, report, signal }: EnvironmentWorld,
  { file, url, sha256 }: LockedFile,
): Promise<ObtainedWheel> {
  const place = join(workspace.downloads, `package-${keyOf(sha256 ?? url)}`, file);
  const there = await lookAt(place);
  if (there) return { file, place, size: there.size, sha256 };
  if (!/^https?:/i.test(url)) {
    throw new ComfydockError(
      bundleErrors.BUNDLE_INCOMPLETE,
      `Cannot pack "${file}": uv.lock names no address of it`,
      { hint: "Use an index with addresses, or leave --offline-packages out" },
    );
  }
  let before = 0;
  const { size } = await downloadFile(await http(), {
    url,
    target: place,
    maxBytes: LARGEST,
    expected: sha256 === undefined ? {} : { sha256 },
    signal,
    onBytes(done) {
      report.emit({ kind: "advanced", id: PROGRESS, by: done - before });
      before = done;
    },
  });
  return { file, place, size, sha256 };
}

async function build(
  world: EnvironmentWorld,
  sdist: LockedFile,
  python: string,
): Promise<ObtainedWheel> {
  const { workspace, environment } = world;
  const key = keyOf(`${sdist.sha256 ?? sdist.url} ${python}`);
  const directory = join(workspace.downloads, `built-${key}`);
  const found = await wheelIn(directory);
  if (found) return found;
  world.report.emit({
    kind: "warned",
    code: "BUNDLE_BUILDS",
    message: `${sdist.file} is built here, which runs code of it`,
  });
  const source = await obtain(world, sdist);
  const staging = `${directory}.part`;
  await removeTree(staging);
  const uv = await world.uv();
  await uv.buildWheel({
    project: environment.cec,
    source: source.place,
    directory: staging,
    python,
  });
  await movePath(staging, directory);
  const wheel = await wheelIn(directory);
  if (wheel) return wheel;
  throw new ComfydockError(
    bundleErrors.BUNDLE_INCOMPLETE,
    `Cannot pack "${sdist.file}": building it gave no wheel`,
  );
}

async function wheelIn(directory: string): Promise<ObtainedWheel | undefined> {
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

function keyOf(text: string): string {
  return sha256OfText(text).slice(0, 32);
}
