import { join } from "node:path";
import { ComfydockError, isKind, mapConcurrent, sha256OfText } from "../../base/mod.ts";
import type { EnvironmentWorld } from "../../environment/mod.ts";
import { downloadFile, httpErrors } from "../../http/mod.ts";
import { toolErrors } from "../../tools/mod.ts";
import { lookAt } from "../../workspace/disk/mod.ts";
import { bundleErrors } from "../errors.ts";
import { type IndexAccess, openIndexAccess } from "./access/mod.ts";
import { buildWheel } from "./build.ts";
import type { ObtainedFile, WheelRequest } from "./obtained.ts";
import type { WantedFile, WheelPlan } from "./plan.ts";

const AT_ONCE = 4;
const LARGEST = 32 * 1024 ** 3;
const PROGRESS = "wheels";

/**
 * Gets the wheels of a plan: fetched ones are checked against the lock, others are built. All stay among the workspace's
 * downloads, so that the next export finds them.
 *
 * @throws `BUNDLE_INCOMPLETE`, `INDEX_AUTH_NEEDED`, and what downloads, git and uv throw
 */
export async function obtainWheels(
  world: EnvironmentWorld,
  { wheels, builds }: WheelPlan,
  request: WheelRequest,
): Promise<readonly ObtainedFile[]> {
  const { report, signal, checkpoints } = world;
  report.emit({ kind: "started", id: PROGRESS, label: "Fetching packages", unit: "bytes" });
  try {
    const access = await openIndexAccess(world, request.manifestText);
    const fetch = async (wheel: WantedFile) => {
      const fetched = await obtain(world, wheel, access);
      checkpoints.reach("export:wheel");
      return fetched;
    };
    const all = await Array.fromAsync(mapConcurrent(wheels, fetch, { limit: AT_ONCE, signal }));
    for (const build of builds) {
      all.push(
        await buildWheel(world, build, {
          ...request,
          obtain: (file) => obtain(world, file, access),
        }),
      );
      checkpoints.reach("export:built");
    }
    return all.sort((a, b) => a.file < b.file ? -1 : 1);
  } finally {
    report.emit({ kind: "finished", id: PROGRESS });
  }
}

async function obtain(
  { workspace, http, report, signal }: EnvironmentWorld,
  { file, url, sha256, index }: WantedFile,
  access: IndexAccess,
): Promise<ObtainedFile> {
  const key = sha256OfText(sha256 ?? url).slice(0, 32);
  const place = join(workspace.downloads, `package-${key}`, file);
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
  try {
    const { size } = await downloadFile(await http(), {
      url,
      target: place,
      headers: await access.headersFor(url, index),
      maxBytes: LARGEST,
      expected: sha256 === undefined ? {} : { sha256 },
      signal,
      onBytes(done) {
        report.emit({ kind: "advanced", id: PROGRESS, by: done - before });
        before = done;
      },
    });
    return { file, place, size, sha256 };
  } catch (error) {
    throw isRefused(error) ? closedIndex(file, url, error) : error;
  }
}

function isRefused(error: unknown): boolean {
  return isKind(error, httpErrors.HTTP_STATUS) && error instanceof ComfydockError &&
    [401, 403].includes(Number(error.details.status));
}

function closedIndex(file: string, url: string, cause: unknown): ComfydockError {
  const { host } = new URL(url);
  return new ComfydockError(
    toolErrors.INDEX_AUTH_NEEDED,
    `Cannot fetch "${file}": "${host}" wants other credentials`,
    {
      hint:
        "Set UV_INDEX_<NAME>_USERNAME and UV_INDEX_<NAME>_PASSWORD, or put them into ~/.netrc or uv's configuration",
      details: { file, host },
      cause,
    },
  );
}
