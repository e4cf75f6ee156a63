import type { ManifestEditReport, ManifestPlan } from "../environment/manifest_change/mod.ts";
import type { Manifest, ManifestEdit } from "../pyproject/mod.ts";
import type { EnvironmentPlace } from "./environment_place.ts";

/** How a manifest is edited. */
export interface EditOptions {
  /** Whether `.venv` follows; default yes. */
  readonly sync?: boolean;
  /** Only tells what would be done. */
  readonly dryRun?: boolean;
}

/** The manifest of an environment, `.cec/pyproject.toml`. */
export class PyprojectManager {
  readonly environment: EnvironmentPlace;

  /** Names the manifest of an environment; it is read when something is asked of it. */
  constructor(environment: EnvironmentPlace) {
    this.environment = environment;
  }

  /** Absolute path of the file. */
  async path(): Promise<string> {
    return (await this.environment.open()).environment.manifest;
  }

  /** What it says, checked. */
  async read(): Promise<Manifest> {
    const { readEnvironmentState } = await import("../environment/world/mod.ts");
    return (await readEnvironmentState((await this.environment.open()).world)).manifest;
  }

  /** Its text. */
  async readText(): Promise<string> {
    const { readEnvironmentState } = await import("../environment/world/mod.ts");
    return (await readEnvironmentState((await this.environment.open()).world)).manifestText;
  }

  /** Edits it with all that follows, or changes nothing; bytes that no edit touches stay. */
  async edit(
    edits: readonly ManifestEdit[],
    options: EditOptions = {},
  ): Promise<ManifestEditReport<ManifestPlan>> {
    const { editEnvironment } = await import("../environment/manifest_change/mod.ts");
    const { editManifest } = await import("../pyproject/mod.ts");
    const { world, environment } = await this.environment.open();
    return await editEnvironment(world, {
      ...options,
      command: "edit",
      plan: ({ manifestText }) => ({
        manifestText: editManifest(manifestText, edits, environment.manifest),
      }),
    });
  }
}
