import { counted } from "../base/mod.ts";
import { basename } from "node:path";
import type { TakenPackage, Takeover, TakeoverFinding } from "../environment/takeover/mod.ts";
import type { Survey } from "./survey.ts";

/** What an adoption is asked for. */
export interface AdoptionChoice {
  /** Of the new environment; default the name of the directory. */
  readonly name?: string;
  /** A version of ComfyUI, where that of the install is not known or not wanted. */
  readonly comfyui?: string;
  /** A version of Python. */
  readonly python?: string;
  /** A build of PyTorch. */
  readonly torchBackend?: string;
}

/** An adoption that was decided. */
export interface AdoptionPlan {
  readonly name: string;
  readonly takeover: Omit<Takeover, "comfyui"> & { readonly comfyui?: string };
  /** What is known before anything is fetched: of node packs and packages, too. */
  readonly preview: readonly TakeoverFinding[];
}

type Told = Omit<TakeoverFinding, "part" | "subject">;

/**
 * Decides what an adoption takes over, and tells what of it is certain; nothing is read.
 */
export function planAdoption(survey: Survey, choice: AdoptionChoice): AdoptionPlan {
  const { install, python, packs, workflows, models } = survey;
  const { comfyui, told } = chooseComfyUI(survey, choice);
  const packages = python?.packages ?? survey.snapshot?.snapshot.packages ?? [];
  const version = choice.python ?? python?.version;
  const torchBackend = choice.torchBackend ?? python?.torchBackend;
  const lasting: TakeoverFinding[] = [
    { part: "comfyui", subject: "ComfyUI", ...told },
    ...tellChanges(survey),
    ...workflows.findings,
    ...workflows.workflows.length === 0 ? [] : [
      exact(
        "workflows",
        counted(workflows.workflows.length, "workflow"),
        "They are copied and tracked",
      ),
    ],
    ...models.roots.map((root) => exact("models", root, "Its models are used where they are")),
    ...models.problems.map(({ list, certainty, message }): TakeoverFinding => ({
      part: "models",
      certainty,
      subject: list,
      message,
    })),
    ...(python?.elsewhere ?? []).map((name): TakeoverFinding => ({
      part: "packages",
      certainty: "dropped",
      subject: name,
      message: "It was installed from a path or a repository, which is not followed",
    })),
    ...(python?.unreadable ?? []).map((name): TakeoverFinding => ({
      part: "packages",
      certainty: "unknown",
      subject: name,
      message: "Its metadata cannot be read",
    })),
    {
      part: "files",
      certainty: "dropped",
      subject: "input, output, user settings",
      message: "They stay where they are",
    },
  ];
  return {
    name: choice.name ?? nameOf(install.path),
    takeover: {
      named: install.path,
      comfyui,
      python: version,
      torchBackend,
      packs: packs.packs.map(({ pack }) => pack),
      packages,
      requirements: [],
      constraints: [],
      models: [],
      workflows: workflows.workflows,
      findings: lasting,
    },
    preview: [
      ...lasting,
      ...packs.packs.map(({ pack: { subject, enabled }, certainty, message }): TakeoverFinding => ({
        part: "nodes",
        certainty,
        subject,
        message: enabled ? message : `${message}; it is disabled`,
      })),
      ...tellFiles(survey),
      ...tellPackages(packages, survey),
      tellPython(version, survey, choice),
      tellTorch(torchBackend, choice),
    ],
  };
}

function chooseComfyUI(
  { copy, version, snapshot }: Survey,
  choice: AdoptionChoice,
): { readonly comfyui?: string; readonly told: Told } {
  if (choice.comfyui !== undefined) {
    const message = `${choice.comfyui} was asked for`;
    return { comfyui: choice.comfyui, told: { certainty: "exact", message } };
  }
  if (copy?.commit !== undefined) {
    const where = copy.branch === undefined ? "" : ` on ${copy.branch}`;
    const message = `git says that it is ${copy.commit.slice(0, 8)}${where}${
      version === undefined ? "" : `, version ${version}`
    }`;
    return { comfyui: copy.commit, told: { certainty: "exact", message } };
  }
  if (version !== undefined) {
    const message =
      `Its files say that it is version ${version}; the release of that name is taken`;
    return { comfyui: `v${version}`, told: { certainty: "guessed", message } };
  }
  const noted = snapshot?.snapshot.comfyui;
  if (noted !== undefined) {
    const message = `Only the snapshot beside it says that it was ${noted.slice(0, 8)}`;
    return { comfyui: noted, told: { certainty: "guessed", message } };
  }
  return { told: { certainty: "unknown", message: "Nothing says which version it is" } };
}

function tellChanges({ copy }: Survey): readonly TakeoverFinding[] {
  if (!copy) return [];
  const told = { part: "comfyui", subject: "changes of ComfyUI" } as const;
  if (copy.changed === undefined) {
    return [{
      ...told,
      certainty: "unknown",
      message: "git cannot tell whether files were changed",
    }];
  }
  const [first, ...more] = copy.changed;
  if (first === undefined) return [];
  const message = `${first}${more.length > 0 ? ` and ${more.length} more files` : ""} ${
    more.length > 0 ? "differ" : "differs"
  } from the commit; the changes stay behind`;
  return [{ ...told, certainty: "dropped", message }];
}

/** The single files that are no part of ComfyUI itself. */
export function ownFiles({ copy, packs }: Survey): readonly string[] {
  return packs.files.filter((path) => !copy?.files?.has(`custom_nodes/${basename(path)}`));
}

function tellFiles(survey: Survey): readonly TakeoverFinding[] {
  return ownFiles(survey).map((path) =>
    exact("nodes", basename(path), "It is a single file, which is copied as it is")
  );
}

function tellPackages(
  packages: readonly TakenPackage[],
  { python, snapshot }: Survey,
): readonly TakeoverFinding[] {
  if (packages.length === 0) return [];
  const told = { part: "packages", subject: counted(packages.length, "package") } as const;
  if (python) {
    const message = "Those that ComfyUI and the packs need keep their versions where these fit";
    return [{ ...told, certainty: "exact", message }];
  }
  return snapshot
    ? [{
      ...told,
      certainty: "guessed",
      message: "Only the snapshot beside it names their versions",
    }]
    : [];
}

function tellPython(
  version: string | undefined,
  { python }: Survey,
  choice: AdoptionChoice,
): TakeoverFinding {
  const told = { part: "python", subject: "Python" } as const;
  if (version === undefined) {
    const message = python
      ? "Nothing says which one it is"
      : "None was found; name one with --python-env";
    return { ...told, certainty: "unknown", message };
  }
  const message = choice.python === undefined ? `It is ${version}` : `${version} was asked for`;
  return { ...told, certainty: "exact", message };
}

function tellTorch(backend: string | undefined, choice: AdoptionChoice): TakeoverFinding {
  const told = { part: "torch", subject: "PyTorch" } as const;
  if (backend === undefined) {
    const message = "Nothing says which build it is; the one that suits this machine is taken";
    return { ...told, certainty: "unknown", message };
  }
  const message = choice.torchBackend === undefined
    ? `It is built for ${backend}`
    : `${backend} was asked for`;
  return { ...told, certainty: "exact", message };
}

function exact(part: TakeoverFinding["part"], subject: string, message: string): TakeoverFinding {
  return { part, certainty: "exact", subject, message };
}

function nameOf(path: string): string {
  const name = basename(path).replace(/[^\w.-]+/g, "-").replace(
    /^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g,
    "",
  );
  return name === "" ? "adopted" : name;
}
