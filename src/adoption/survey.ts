import { join } from "node:path";
import { ComfydockError } from "../base/mod.ts";
import { readComfyUIKnowledge } from "../comfyui/mod.ts";
import type { EnvironmentWorld } from "../environment/mod.ts";
import { entriesIn, lookAt } from "../workspace/disk/mod.ts";
import { adoptionErrors } from "./errors.ts";
import { readWorkingCopy, type WorkingCopy } from "./git_state.ts";
import { findInstall, type Install } from "./layout.ts";
import { findModels, type FoundModels } from "./models.ts";
import { type PythonFacts, readPython } from "./packages.ts";
import { type FoundPacks, readPacks } from "./packs.ts";
import { findSnapshot, type FoundSnapshot } from "./snapshot.ts";
import { textIfThere } from "./text_file.ts";
import { type FoundWorkflows, readWorkflows } from "./workflows.ts";

/** All that an install says about itself. */
export interface Survey {
  readonly install: Install;
  /** What git knows of ComfyUI. */
  readonly copy?: WorkingCopy;
  /** The version that ComfyUI's files name, such as `0.3.64`. */
  readonly version?: string;
  /** Absent where no Python was found. */
  readonly python?: PythonFacts;
  readonly snapshot?: FoundSnapshot;
  readonly packs: FoundPacks;
  readonly models: FoundModels;
  readonly workflows: FoundWorkflows;
}

const LARGEST_SOURCE = 1024 ** 2;
const LARGEST_LOG = 8 * 1024 ** 2;

/**
 * Reads an install: only files are read, and git lists a commit; nothing is run, written or fetched.
 *
 * @param path See {@linkcode findInstall}.
 * @param python Where its Python packages are, if that is known.
 * @throws `ADOPT_NOT_COMFYUI`, `ADOPT_MANAGED`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `INTERRUPTED`
 */
export async function surveyInstall(
  { git, env }: EnvironmentWorld,
  path: string,
  python?: string,
): Promise<Survey> {
  const install = await findInstall(path, python);
  const { base, source } = install;
  await refuseManaged(base);
  const { userDirectories } = await readComfyUIKnowledge();
  const snapshot = await findSnapshot(base);
  const copy = source === undefined
    ? undefined
    : await readWorkingCopy(git, source, userDirectories);
  return {
    install,
    copy,
    version: await readVersion(install),
    python: install.python === undefined ? undefined : await readPython(install.python),
    snapshot,
    packs: await readPacks(git, base, snapshot?.snapshot),
    models: await findModels(install, env),
    workflows: await readWorkflows(base),
  };
}

async function refuseManaged(base: string): Promise<void> {
  const manifest = join(base, "..", ".cec", "pyproject.toml");
  if (!await lookAt(manifest)) return;
  throw new ComfydockError(
    adoptionErrors.ADOPT_MANAGED,
    `Cannot adopt "${base}": it is an environment already`,
    {
      hint: `Run comfydock clone in its own workspace, or comfydock import "${
        join(base, "..")
      }" here`,
      details: { path: base },
    },
  );
}

/** The version that ComfyUI's own file names, or the newest log of one that is not here. */
async function readVersion({ source, base }: Install): Promise<string | undefined> {
  if (source !== undefined) {
    const text = await textIfThere(join(source, "comfyui_version.py"), LARGEST_SOURCE) ?? "";
    const known = /^__version__\s*=\s*["'](\d[\w.+-]{0,60})["']/m.exec(text)?.[1];
    if (known !== undefined) return known;
    const project = await textIfThere(join(source, "pyproject.toml"), LARGEST_SOURCE) ?? "";
    return /^version\s*=\s*["'](\d[\w.+-]{0,60})["']/m.exec(project)?.[1];
  }
  const logs = (await entriesIn(join(base, "user"))).map(({ name }) => name)
    .filter((name) => /^comfyui(?:_\d{1,5})?\.log$/.test(name));
  for (const name of logs) {
    const text = await textIfThere(join(base, "user", name), LARGEST_LOG) ?? "";
    const [, found] = /ComfyUI version:\s*v?(\d[\w.]{0,30})/i.exec(text) ?? [];
    if (found !== undefined) return found;
  }
  return undefined;
}
