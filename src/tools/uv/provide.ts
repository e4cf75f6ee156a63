import { ComfydockError, type Reporter, silentReporter } from "../../base/mod.ts";
import type { HttpClient } from "../../http/mod.ts";
import { toolErrors } from "../errors.ts";
import type { CommandRunner } from "../types.ts";
import { fetchUvRelease } from "./fetch_release.ts";
import { fetchUvWheel } from "./fetch_wheel.ts";
import { findUv, type FoundUv, providedUvPath, type UvPlaces } from "./find.ts";

/** What providing uv needs. */
export interface ProvideUvOptions extends UvPlaces {
  /** Fetches the release where no Python can; without it that way is not tried. */
  readonly http?: HttpClient;
  /** Takes the place of the address of uv's releases. */
  readonly releases?: string;
  /** Looks only at what is on this machine. */
  readonly offline?: boolean;
  readonly report?: Reporter;
}

/**
 * Finds a uv, or fetches the pinned one: as a wheel through the pip of any Python at hand, else from its releases.
 *
 * @param runner Executes the command lines.
 * @returns The executable.
 * @throws `UV_MISSING` with the command that installs it, `INTERRUPTED`
 */
export async function provideUv(
  runner: CommandRunner,
  options: ProvideUvOptions,
): Promise<FoundUv> {
  const { directory, pin, http, releases, offline, signal, report = silentReporter } = options;
  const { found, tooOld } = await findUv(runner, options);
  if (found) return found;
  const reasons = tooOld.map(({ program, version }) =>
    `${program}: version ${version} is older than ${pin.minimum}`
  );
  if (offline) throw uvMissing([...reasons, "The network is switched off"]);
  const id = "uv";
  report.emit({ kind: "started", id, label: `Fetching uv ${pin.version}` });
  const program = providedUvPath(directory, pin.version);
  const provided: FoundUv = { program, version: pin.version, origin: "provided" };
  const byPip = await fetchUvWheel(runner, pin, program, signal);
  const byRelease = byPip.length > 0 && http
    ? await fetchUvRelease({ http, base: releases, version: pin.version, signal }, program)
    : [];
  const done = byPip.length === 0 || (http !== undefined && byRelease.length === 0);
  report.emit({ kind: "finished", id, summary: done ? `uv ${pin.version}` : "not found" });
  if (done) return provided;
  throw uvMissing([...reasons, ...byPip, ...byRelease]);
}

const INSTALL = Deno.build.os === "windows"
  ? "winget install --id astral-sh.uv"
  : Deno.build.os === "darwin"
  ? "brew install uv"
  : "python3 -m pip install --user uv";

function uvMissing(reasons: readonly string[]): ComfydockError {
  return new ComfydockError(
    toolErrors.UV_MISSING,
    "Cannot find uv: it is not installed, and it could not be fetched",
    { hint: `Run "${INSTALL}", then the same command again`, details: { reasons } },
  );
}
