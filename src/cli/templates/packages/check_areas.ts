import { ComfydockError, isKind } from "../../../base/mod.ts";
import {
  type Finding,
  finding,
  templateErrors,
  type TemplatePackage,
} from "../../../templates/mod.ts";
import {
  checkBumped,
  checkFrozen,
  checkPins,
  type Comparison,
  formerNames,
} from "../../../templates/packages/mod.ts";
import { lineOfToml } from "../../../pyproject/mod.ts";
import { cliErrors } from "../../errors.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { repositoryGit } from "../access.ts";
import { compareNamedRepository } from "./compare.ts";
import type { checkOptions } from "./options.ts";
import type { NamedSide } from "./side.ts";

/** What can be checked, in the order of checking; `tools` only when it is named, because it runs other programs. */
export const PACKAGE_AREAS = [
  ...["pins", "pyproject", "sync", "policy", "python", "remote", "ci", "commits"] as const,
  "tools",
] as const;

/** The name of an area. */
export type PackageArea = typeof PACKAGE_AREAS[number];

/** What areas look at. */
export interface AreaFacts extends NamedSide {
  readonly options: InputOf<typeof checkOptions>["options"];
  readonly context: CommandContext;
}

/** Gives findings, or tells why the area was passed over. */
type AreaCheck = (facts: AreaFacts) => Promise<readonly Finding[] | string>;

/** The checks of all areas; what is large is loaded where it is needed. */
export const areaChecks: Readonly<Record<PackageArea, AreaCheck>> = {
  pins: async (facts) => checkPins(facts.side.repository, await namesBefore(facts)),
  async pyproject({ side, options }) {
    const { checkPyprojects } = await import("../../../templates/packages/mod.ts");
    return checkPyprojects(allPackages(side), side.contents, { pre: options.pre });
  },
  sync: async (facts) => checkBumped((await compare(facts)).changes),
  async policy(facts) {
    const { recommendedBundle } = facts.side.repository.policy;
    return checkFrozen((await compare(facts)).changes, recommendedBundle);
  },
  async python({ side, options }) {
    const { checkPython } = await import("../../../templates/packages/mod.ts");
    return checkPython(allPackages(side), pythonVersions(options));
  },
  remote: async (facts) =>
    facts.context.options.offline ? "the network is switched off" : await checkRemote(facts),
  async ci({ side }) {
    const { checkCi } = await import("../../../templates/checks/mod.ts");
    return await checkCi(side.repository.files);
  },
  async commits(facts) {
    const { checkCommits } = await import("../../../templates/checks/mod.ts");
    const { root, side, context } = facts;
    const { commit } = (await compare(facts)).changes.base;
    const rev = commit === undefined ? "HEAD" : `${commit}..HEAD`;
    const commits = await repositoryGit(context).log(root, { rev });
    return checkCommits(commits, side.repository.config.commitPattern);
  },
  async tools({ root, context }) {
    const [{ checkTools }, { createRunner }] = await Promise.all([
      import("../../../templates/checks/mod.ts"),
      import("../../../tools/mod.ts"),
    ]);
    return await checkTools(createRunner({ env: context.env }), root, context.signal);
  },
};

function pythonVersions({ versions }: AreaFacts["options"]): readonly string[] {
  const all = versions.flatMap((one) => one.split(",")).map((one) => one.trim())
    .filter((one) => one !== "");
  const wrong = all.find((one) => !/^\d{1,3}\.\d{1,3}$/.test(one));
  if (wrong === undefined) return all;
  throw new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    `Cannot use "${wrong}" for --versions: it is no version of Python`,
    { hint: "Give two numbers, such as 3.12" },
  );
}

async function compare({ root, options, context }: AreaFacts): Promise<Comparison> {
  return (await compareNamedRepository({ root, since: options.since }, context)).comparison;
}

/** Normalised names of the packages that the last release had; none where the history does not tell. */
async function namesBefore(facts: AreaFacts): Promise<ReadonlySet<string>> {
  try {
    return formerNames((await compare(facts)).before);
  } catch (error) {
    if (!isKind(error, templateErrors.E_NO_GIT) && !isKind(error, templateErrors.E_SHALLOW)) {
      throw error;
    }
    return new Set();
  }
}

function allPackages(
  { repository: { packages, meta } }: NamedSide["side"],
): readonly TemplatePackage[] {
  return [...packages, ...meta ? [meta] : []];
}

async function checkRemote(
  { root, side: { repository: { meta, packages } }, options, context }: AreaFacts,
): Promise<readonly Finding[]> {
  const [{ openIndex }, { exactly, missingOnIndex }] = await Promise.all([
    import("./package_index.ts"),
    import("../../../templates/publishing/mod.ts"),
  ]);
  const versions = options.name === undefined
    ? pinnedVersions(meta, packages)
    : [namedVersion(options)];
  const index = await openIndex(context, root, options, meta);
  const missing = await missingOnIndex(index, versions, context.signal);
  return missing.map(({ at, ...one }) => {
    const { pyproject: file = "pyproject.toml", text = "" } = meta ?? {};
    const place = at ? { file, line: lineOfToml(text, at, file), path: at.join(".") } : { file };
    return finding("E_PIN_NOT_ON_INDEX", place, `The index does not have ${exactly(one)}`, {
      details: one,
    });
  });
}

/** A version that the index is asked for, and where the meta package pins it. */
interface WantedVersion {
  readonly name: string;
  readonly version: string;
  readonly at?: readonly (string | number)[];
}

function namedVersion(
  { name = "", version }: AreaFacts["options"],
): WantedVersion {
  if (version !== undefined) return { name, version };
  throw new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    `Cannot look "${name}" up: --name needs --version`,
    { hint: "Add --version with the version that is looked for" },
  );
}

/** What the meta package pins of the repository's own packages, as it is written. */
function pinnedVersions(
  meta: TemplatePackage | undefined,
  packages: readonly TemplatePackage[],
): readonly WantedVersion[] {
  const own = new Set(packages.map(({ normalizedName }) => normalizedName));
  const lists = meta ? [meta.dependencies, ...Object.values(meta.extras)] : [];
  const pins = new Map<string, WantedVersion>();
  for (const { name, specifier, at } of lists.flat()) {
    if (!own.has(name) || !/^==[^*,]+$/.test(specifier) || pins.has(name + specifier)) continue;
    pins.set(name + specifier, { name, version: specifier.slice(2), at });
  }
  return [...pins.values()];
}
