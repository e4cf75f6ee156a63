import { compareCodePoints } from "../../base/mod.ts";
import type { ComparedSide, Comparison } from "../packages/mod.ts";
import { isTemplateId } from "../repository/mod.ts";

/** What a release brings, for people. */
export interface ReleaseNotes {
  /** Version of the meta package as it is now. */
  readonly version: string;
  /** The last release; absent before the first. */
  readonly since?: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Templates whose workflow or media changed. */
  readonly changed: readonly string[];
  readonly packages: readonly {
    readonly name: string;
    /** Absent for a new package. */
    readonly from?: string;
    /** Absent for a package that is gone. */
    readonly to?: string;
  }[];
}

/** Tells what changed since the last release: templates, and versions of packages. */
export function releaseNotes({ changes, before, now }: Comparison): ReleaseNotes {
  const old = templatesOf(before);
  const present = templatesOf(now);
  const added = [...present].filter((id) => !old.has(id));
  const removed = [...old].filter((id) => !present.has(id));
  const reasons = changes.packages.flatMap((one) => one.reasons);
  const renamed = added.flatMap((to) => {
    const reason = reasons.find(({ template, file, from }) =>
      template === to && from !== undefined && file.endsWith(".json")
    );
    const from = removed.find((id) => reason?.from?.file.endsWith(`/${id}.json`));
    return from === undefined ? [] : [{ from, to }];
  });
  const changed = new Set(
    reasons.flatMap(({ template }) =>
      template !== undefined && old.has(template) && present.has(template) ? [template] : []
    ),
  );
  const sorted = (ids: Iterable<string>) => [...ids].sort(compareCodePoints);
  return {
    version: now.repository.meta?.version ?? "?",
    since: changes.base.tag,
    added: sorted(added.filter((id) => !renamed.some(({ to }) => to === id))),
    removed: sorted(removed.filter((id) => !renamed.some(({ from }) => from === id))),
    renamed,
    changed: sorted(changed),
    packages: changes.packages.filter((one) => one.bumped || one.removed)
      .map(({ name, baseVersion: from, version: to }) => ({ name, from, to })),
  };
}

/** The templates that packages ship, by their workflows. */
function templatesOf(side: ComparedSide | undefined): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const files of side?.contents.values() ?? []) {
    for (const { id, kind, source } of files) {
      if (id === undefined || kind !== "copy" || !isTemplateId(id)) continue;
      if (source.endsWith(`/${id}.json`)) ids.add(id);
    }
  }
  return ids;
}

/** The notes as Markdown; equal notes give equal text. */
export function renderNotes(notes: ReleaseNotes): readonly string[] {
  const { version, since, added, removed, renamed, changed, packages } = notes;
  const code = (id: string) => `\`${id}\``;
  const section = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : ["", `### ${title}`, "", ...items.map((item) => `- ${item}`)];
  const body = [
    ...section("Templates added", added.map(code)),
    ...section("Templates changed", changed.map(code)),
    ...section("Templates renamed", renamed.map(({ from, to }) => `${code(from)} → ${code(to)}`)),
    ...section("Templates removed", removed.map(code)),
    ...section(
      "Packages",
      packages.map(({ name, from, to }) =>
        `${code(name)} ${from ?? "(new)"} → ${to ?? "(removed)"}`
      ),
    ),
  ];
  return [
    `## ${version}`,
    ...body.length === 0 ? ["", `Nothing changed${since ? ` since ${since}` : ""}.`] : body,
  ];
}
