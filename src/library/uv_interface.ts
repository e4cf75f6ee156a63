import type { ManifestReport } from "../environment/manifest_change/mod.ts";
import type { InstalledPackage, InstalledPython, Uv } from "../tools/mod.ts";
import type { EnvironmentPlace } from "./environment_place.ts";

/** uv, as an environment uses it. */
export class UVInterface {
  readonly environment: EnvironmentPlace;

  /** Names the environment that uv is used for; uv is found or fetched when it is first needed. */
  constructor(environment: EnvironmentPlace) {
    this.environment = environment;
  }

  /** uv itself, with its caches and Pythons in the workspace. */
  async open(): Promise<Uv> {
    return await (await this.environment.open()).world.uv();
  }

  /** Such as `0.13.8`. */
  async version(): Promise<string> {
    return await (await this.open()).version();
  }

  /** The Pythons on this machine, those that uv prefers first. */
  async pythons(): Promise<readonly InstalledPython[]> {
    return await (await this.open()).pythons();
  }

  /** What is installed in the environment. */
  async packages(): Promise<readonly InstalledPackage[]> {
    const { world, environment } = await this.environment.open();
    return await (await world.uv()).packages(environment.venv);
  }

  /** Resolves the manifest into `uv.lock`, and installs what changed; names raise only these packages. */
  async lock(upgrade?: true | readonly string[]): Promise<ManifestReport> {
    const { lockEnvironment } = await import("../environment/manifest_change/mod.ts");
    return await lockEnvironment((await this.environment.open()).world, upgrade);
  }

  /** Brings `.venv`, nodes and workflows to what manifest and lock say. */
  async sync(): Promise<ManifestReport> {
    const { syncEnvironment } = await import("../environment/manifest_change/mod.ts");
    return await syncEnvironment((await this.environment.open()).world);
  }
}
