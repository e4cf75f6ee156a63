import type { EnvironmentLayout } from "../../../workspace/mod.ts";
import { lookAt } from "../../../workspace/mod.ts";
import { findUntracked } from "../compare.ts";
import { workflowPlaces } from "../places.ts";
import { shownFiles } from "../survey.ts";

/** A text that changes with any file of a workflow, the manifest and the rules of what is ignored; no file is read. */
export async function workflowFingerprint(environment: EnvironmentLayout): Promise<string> {
  const files = new Set([
    ...await shownFiles(environment),
    ...await findUntracked(environment, { workflows: {} }),
  ]);
  const paths = [...files].flatMap((file) => {
    const places = workflowPlaces(environment, { file });
    return places === undefined ? [] : [places.tracked, places.copy];
  });
  const all = [environment.manifest, environment.ignoreFile, ...paths.sort()];
  return (await Promise.all(all.map(markOf))).join("\n");
}

async function markOf(path: string): Promise<string> {
  const info = await lookAt(path);
  return info ? `${path}\0${info.size}\0${info.mtime?.getTime()}\0${info.ino}` : "";
}
