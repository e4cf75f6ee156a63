import { openDigests } from "../../../src/templates/digests/mod.ts";
import {
  type FileChange,
  openRepository,
  readIndexes,
  readManifestFile,
  workingFiles,
} from "../../../src/templates/mod.ts";
import { planSync } from "../../../src/templates/sync/mod.ts";

/** What a sync would change in the manifest; nothing when it is up to date. */
export async function manifestChanges(root: string): Promise<readonly FileChange[]> {
  const repository = await openRepository(workingFiles(root));
  const { value } = await readIndexes(repository.files, repository.config);
  const manifest = (await readManifestFile(repository)).value;
  const digests = await openDigests(root, { cache: false });
  return (await planSync(repository, { ...value, manifest }, digests)).manifest;
}
