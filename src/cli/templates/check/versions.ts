import { alignColumns, type Outcome, type Style } from "../../../output/mod.ts";
import { readTemplateVersions } from "../../../templates/releases/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { repositoryGit } from "../access.ts";
import { openNamedDigests } from "./facts.ts";
import type { contentOptions } from "./options.ts";

/** What `templates versions` tells. */
export interface VersionsData {
  /** By id. */
  readonly templates: readonly {
    readonly id: string;
    /** Digest of all its files. */
    readonly content: string;
    readonly revision: number;
    readonly first_release: string | null;
    readonly last_release: string | null;
    readonly released: boolean;
  }[];
}

/** Tells the version of each template. */
export async function run(
  { options }: InputOf<typeof contentOptions>,
  context: CommandContext,
): Promise<Outcome<VersionsData>> {
  const { root, repository, digests } = await openNamedDigests(options, context);
  const git = repositoryGit(context);
  const templates = await readTemplateVersions(git, root, repository, digests);
  await digests.save();
  return {
    data: {
      templates: templates.map((
        { id, content, revision, firstRelease, lastRelease, released },
      ) => ({
        ...{ id, content, revision },
        first_release: firstRelease ?? null,
        last_release: lastRelease ?? null,
        released,
      })),
    },
  };
}

/** A line for each template. */
export function view({ templates }: VersionsData, style: Style): readonly string[] {
  return alignColumns(templates.map((one) => [
    one.id,
    `r${one.revision}`,
    style.dim(one.content.slice(0, 12)),
    one.first_release === null ? "" : `${one.first_release} … ${one.last_release}`,
    one.released ? "" : style.yellow("not released"),
  ]));
}
