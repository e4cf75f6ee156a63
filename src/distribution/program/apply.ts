import {
  ComfydockError,
  fileError,
  removeIfThere,
  type Reporter,
  silentReporter,
} from "../../base/mod.ts";
import { downloadFile } from "../../http/download/mod.ts";
import type { HttpClient } from "../../http/mod.ts";
import { command, type CommandRunner } from "../../tools/mod.ts";
import { distributionErrors } from "../errors.ts";
import { keptPath, refuseOwned, type UpdatePlan } from "./plan.ts";

/** What replacing the program needs. */
export interface UpdateWorld {
  readonly http: HttpClient;
  readonly runner: CommandRunner;
  readonly report?: Reporter;
  readonly signal?: AbortSignal;
}

const START_MS = 30_000;

/**
 * Fetches a program, checks it, proves that it starts, and puts it in the place of the one that is there.
 *
 * The one of today stays beside it. Where files can be linked, at every moment a whole program stands in the place.
 *
 * @throws `PROGRAM_UNSOUND` when it is not what the release lists, does not start or tells another version,
 * `FILE_UNWRITABLE`, and what the download throws.
 */
export async function applyUpdate(plan: UpdatePlan, world: UpdateWorld): Promise<void> {
  const { program: { path }, version } = plan;
  const fresh = besides(path, "new");
  try {
    await fetchProgram(plan, fresh, world);
    if (Deno.build.os !== "windows") await Deno.chmod(fresh, 0o755);
    await prove(fresh, version, world);
    await swap(path, fresh);
  } finally {
    await removeIfThere(fresh);
  }
}

/**
 * Puts the program that an update has kept back; the one of today is then what is kept.
 *
 * @throws `PROGRAM_NOT_KEPT`, `PROGRAM_OWNED`, `FILE_UNWRITABLE`
 */
export async function undoUpdate(path: string): Promise<void> {
  refuseOwned(path);
  const kept = keptPath(path);
  const aside = besides(path, "back");
  try {
    await Deno.rename(kept, aside);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileError("Cannot replace", path, error);
    throw new ComfydockError(
      distributionErrors.PROGRAM_NOT_KEPT,
      `Cannot go back: no earlier program is kept in "${kept}"`,
      { hint: "Name the version: comfydock self update --version VERSION", details: { kept } },
    );
  }
  await swap(path, aside);
}

async function fetchProgram(
  { file, url, version }: UpdatePlan,
  target: string,
  { http, report = silentReporter, signal }: UpdateWorld,
): Promise<void> {
  const id = "self-update";
  const label = `Fetching comfydock ${version}`;
  report.emit({ kind: "started", id, label, total: file.size, unit: "bytes" });
  let told = 0;
  try {
    await downloadFile(http, {
      url,
      target,
      maxBytes: file.size,
      size: file.size,
      expected: { sha256: file.sha256 },
      onBytes: (done) => {
        report.emit({ kind: "advanced", id, by: done - told });
        told = done;
      },
      signal,
    });
  } catch (error) {
    // A model of another digest may still be of use to somebody; a program of another must not stay.
    if (error instanceof ComfydockError && typeof error.details?.aside === "string") {
      await removeIfThere(error.details.aside);
      const { expected, found } = error.details;
      const why = `its SHA-256 is ${found}, and the release lists ${expected}`;
      throw unsound(version, `${why}; it was removed`, error);
    }
    throw error;
  } finally {
    report.emit({ kind: "finished", id });
  }
}

/** A file of the right digest that cannot run here, for want of a library or right, must not take the place. */
async function prove(path: string, version: string, world: UpdateWorld): Promise<void> {
  const ask = command({ program: path, args: ["--version"] });
  let said: string;
  try {
    const { stdout } = await world.runner.run(ask, { timeoutMs: START_MS, signal: world.signal });
    said = stdout.trim();
  } catch (error) {
    if (!(error instanceof ComfydockError) || world.signal?.aborted) throw error;
    throw unsound(version, `it does not start: ${error.message}`, error);
  }
  if (said !== `comfydock ${version}`) throw unsound(version, `it says that it is "${said}"`);
}

function unsound(version: string, why: string, cause?: unknown): ComfydockError {
  return new ComfydockError(
    distributionErrors.PROGRAM_UNSOUND,
    `Cannot use the program of comfydock ${version}: ${why}`,
    { hint: "Nothing was changed; name another version with --version", cause },
  );
}

async function swap(path: string, fresh: string): Promise<void> {
  const kept = keptPath(path);
  try {
    await removeIfThere(kept);
    if (Deno.build.os === "windows") {
      // A program that runs can be renamed there, but not replaced.
      await Deno.rename(path, kept);
      await Deno.rename(fresh, path).catch(async (error) => {
        await Deno.rename(kept, path);
        throw error;
      });
      return;
    }
    await Deno.link(path, kept).catch(() => Deno.copyFile(path, kept));
    await Deno.rename(fresh, path);
  } catch (error) {
    throw fileError("Cannot replace", path, error);
  }
}

function besides(path: string, suffix: string): string {
  return `${path}.${suffix}${path.endsWith(".exe") ? ".exe" : ""}`;
}
