import { openIndexIfAny, searchIndex, searchKnown } from "../../models/mod.ts";
import type { WorkspaceLayout } from "../../workspace/mod.ts";
import type { Offered } from "./questions.ts";

const MOST_FOUND = 8;

/** Finds models by words: files that are here before those that can be fetched. */
export async function findModels(
  workspace: WorkspaceLayout,
  words: string,
): Promise<readonly Offered[]> {
  using index = await openIndexIfAny(workspace);
  const here = index ? searchIndex(index, words, MOST_FOUND).models : [];
  const known = await searchKnown(words, MOST_FOUND);
  return [
    ...here.flatMap(({ locations: [location] }) =>
      location ? [{ value: location.relativePath, hint: "here" }] : []
    ),
    ...known.flatMap(({ name, urls: [url] }) =>
      url === undefined ? [] : [{ value: url, hint: name }]
    ),
  ];
}
