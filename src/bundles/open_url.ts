import { join } from "node:path";
import { sha256OfText } from "../base/mod.ts";
import type { EnvironmentWorld } from "../environment/mod.ts";
import { downloadFile } from "../http/mod.ts";
import { removeTree } from "../workspace/mod.ts";
import { bundleLimits } from "./read_archive.ts";
import type { UrlReference } from "./reference.ts";
import type { BundleSource } from "./types.ts";

/**
 * Fetches a bundle and opens it; what a cut left is gone on with, and the file is taken away when it is closed.
 *
 * @param open Opens the file.
 * @throws what downloads and opening throw
 */
export async function openUrl(
  { workspace, http, report, signal }: EnvironmentWorld,
  { url, shown }: UrlReference,
  open: (path: string, named: string) => Promise<BundleSource>,
): Promise<BundleSource> {
  const digest = sha256OfText(url).slice(0, 16);
  const target = join(workspace.downloads, `import-${digest}`);
  report.emit({ kind: "started", id: "bundle", label: `Fetching ${shown}` });
  try {
    const { maxBytes } = bundleLimits;
    await downloadFile(await http(), { url, target, maxBytes, signal });
  } finally {
    report.emit({ kind: "finished", id: "bundle" });
  }
  try {
    const opened = await open(target, shown);
    return { ...opened, named: shown, [Symbol.asyncDispose]: () => removeTree(target) };
  } catch (error) {
    await removeTree(target);
    throw error;
  }
}
