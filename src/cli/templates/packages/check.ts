import { ComfydockError } from "../../../base/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import {
  countFindings,
  type Finding,
  finding,
  sortFindings,
  type TemplatePackage,
} from "../../../templates/mod.ts";
import {
  checkBumped,
  checkFrozen,
  checkPins,
  type RepositorySide,
} from "../../../templates/packages/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { cliErrors } from "../../errors.ts";
import { renderFindings } from "../findings_view.ts";
import { compareNamedRepository } from "./compare.ts";
import type { checkOptions } from "./options.ts";
import { readNamedSide } from "./side.ts";

/** What can be checked, in the order of checking. */
export const PACKAGE_AREAS = ["pins", "pyproject", "sync", "policy", "python", "remote"] as const;

type Area = typeof PACKAGE_AREAS[number];
type Options = InputOf<typeof checkOptions>["options"];

/** What `templates packages check` found. */
export interface PackageCheckData {
  readonly areas: readonly string[];
  readonly skipped: readonly { readonly area: string; readonly why: string }[];
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly Finding[];
}

/** Checks what a release needs. */
export async function run(
  { options, args }: InputOf<typeof checkOptions>,
  context: CommandContext,
): Promise<Outcome<PackageCheckData>> {
  const areas = PACKAGE_AREAS.filter((area) => args.length === 0 || args.includes(area));
  const named = await readNamedSide(options);
  const { root, side } = named;
  const broken = side.repository.findings.filter(({ severity }) => severity === "error");
  const findings: Finding[] = args.length === 0 || args.includes("pyproject") ? [...broken] : [];
  const skipped: { area: string; why: string }[] = [];
  for (const area of areas) {
    const found = await checkArea(area, root, side, options, context);
    if (typeof found === "string") skipped.push({ area, why: found });
    else findings.push(...found);
  }
  const { errors, warnings } = countFindings(findings);
  const failed = errors > 0 || (options.strict && warnings > 0);
  return {
    data: { areas, skipped, errors, warnings, findings: sortFindings(findings) },
    exit: failed ? 1 : 0,
  };
}

/** @returns Findings, or why the area was passed over. */
async function checkArea(
  area: Area,
  root: string,
  side: RepositorySide,
  options: Options,
  context: CommandContext,
): Promise<readonly Finding[] | string> {
  const { repository, contents } = side;
  const all = [...repository.packages, ...repository.meta ? [repository.meta] : []];
  switch (area) {
    case "pins":
      return checkPins(repository);
    case "pyproject": {
      const { checkPyprojects } = await import("../../../templates/packages/mod.ts");
      return checkPyprojects(all, contents, { pre: options.pre });
    }
    case "python": {
      const versions = options.versions.flatMap((one) => one.split(",")).map((one) => one.trim());
      const { checkPython } = await import("../../../templates/packages/mod.ts");
      return checkPython(all, versions.filter((one) => one !== ""));
    }
    case "remote":
      return context.options.offline
        ? "the network is switched off"
        : await checkRemote(root, side, options, context);
    default: {
      const { comparison: { changes } } = await compareNamedRepository(
        { root, since: options.since },
        context,
      );
      return area === "sync"
        ? checkBumped(changes)
        : checkFrozen(changes, repository.policy.recommendedBundle);
    }
  }
}

async function checkRemote(
  root: string,
  { repository: { meta, packages } }: RepositorySide,
  options: Options,
  context: CommandContext,
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
  return missing.map((one) =>
    finding(
      "E_PIN_NOT_ON_INDEX",
      { file: meta?.pyproject ?? "pyproject.toml" },
      `The index does not have ${exactly(one)}`,
      { details: { ...one } },
    )
  );
}

function namedVersion({ name = "", version }: Options): { name: string; version: string } {
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
): readonly { readonly name: string; readonly version: string }[] {
  const own = new Set(packages.map(({ normalizedName }) => normalizedName));
  const lists = meta ? [meta.dependencies, ...Object.values(meta.extras)] : [];
  const pins = lists.flat().flatMap(({ name, specifier }) =>
    own.has(name) && /^==[^*,]+$/.test(specifier) ? [{ name, version: specifier.slice(2) }] : []
  );
  return [...new Map(pins.map((one) => [`${one.name}==${one.version}`, one])).values()];
}

/** The findings, and what was passed over. */
export function view({ findings, skipped }: PackageCheckData, style: Style): readonly string[] {
  return [
    ...renderFindings(findings, style),
    ...skipped.map(({ area, why }) => style.dim(`${area} was not checked: ${why}`)),
  ];
}
