import type { CommandSpec } from "../command.ts";
import { gitCommand, READ_ONLY } from "./commands.ts";
import type { GitRef } from "./refs.ts";

/** Where a directory stands in a git repository. */
export interface GitPlace {
  /** The top directory of the working copy. */
  readonly top: string;
  /** Whether the history was cut off when it was cloned. */
  readonly shallow: boolean;
}

/** Asks for the top directory of a working copy, and whether its history is whole. */
export function gitPlaceCommand(cwd: string): CommandSpec {
  return gitCommand(
    ["rev-parse", "--show-toplevel", "--is-shallow-repository"],
    cwd,
    READ_ONLY,
  );
}

/** Reads the answer to {@linkcode gitPlaceCommand}. */
export function parseGitPlace(output: string): GitPlace {
  const [top = "", shallow] = output.split("\n");
  return { top, shallow: shallow === "true" };
}

/** Asks for the tags that HEAD has in its history. */
export function gitMergedTagsCommand(cwd: string): CommandSpec {
  const format = "--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)";
  return gitCommand(["for-each-ref", "--merged=HEAD", format, "refs/tags"], cwd, READ_ONLY);
}

/** Reads the answer to {@linkcode gitMergedTagsCommand}; an annotated tag gives the commit that it points to. */
export function parseMergedTags(output: string): readonly GitRef[] {
  return output.split("\n").flatMap((line) => {
    const [name, object, pointed] = line.split("\0");
    return name && object ? [{ name, commit: pointed || object }] : [];
  });
}

/** Asks for the files of a working copy that git knows, or would take: without what is ignored. */
export function gitOwnFilesCommand(cwd: string): CommandSpec {
  return gitCommand(
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd,
    READ_ONLY,
  );
}
