import { resolve } from "node:path";
import { ComfydockError } from "../../../base/mod.ts";
import { getAt, isArray, isTable } from "../../../pyproject/mod.ts";
import { templateErrors, type TemplatePackage } from "../../../templates/mod.ts";
import {
  createRunner,
  openPackageIndex,
  type PackageIndex,
  provideUv,
  readUvPin,
} from "../../../tools/mod.ts";
import { workspaceLayout } from "../../../workspace/mod.ts";
import type { CommandContext } from "../../types.ts";

/** Which index is meant; what is left out, uv's configuration says. */
export interface IndexChoice {
  readonly publishUrl?: string;
  readonly checkUrl?: string;
  /** Name of an index in uv's configuration. */
  readonly channel?: string;
}

/**
 * Opens the package index that is meant, as uv reaches it.
 *
 * @param root Absolute path of the repository, whose configuration of uv counts.
 * @throws `E_NO_CHECK_URL`, `UV_MISSING`
 */
export async function openIndex(
  context: CommandContext,
  root: string,
  choice: IndexChoice,
  meta: TemplatePackage | undefined,
): Promise<PackageIndex> {
  const { env, signal, report, options } = context;
  const named = choice.channel === undefined ? undefined : indexOfChannel(choice.channel, meta);
  const publishUrl = choice.publishUrl ?? named?.publishUrl;
  const checkUrl = choice.checkUrl ?? named?.url ?? env.UV_PUBLISH_CHECK_URL;
  if (publishUrl !== undefined && checkUrl === undefined) {
    throw new ComfydockError(
      templateErrors.E_NO_CHECK_URL,
      "Cannot tell what the index has: --publish-url needs --check-url",
      { hint: "Add --check-url with the address of its simple index" },
    );
  }
  const runner = createRunner({ env });
  const program = env.COMFYDOCK_UV ?? (await provideUv(runner, {
    env,
    directory: workspaceLayout(resolve(options.workspace)).uvBin,
    pin: await readUvPin(),
    http: options.offline ? undefined : await context.http(),
    ...{ offline: options.offline, report, signal },
  })).program;
  return openPackageIndex(runner, {
    ...{ program, directory: root, env, publishUrl, checkUrl, signal },
    index: choice.channel !== undefined && named === undefined ? choice.channel : undefined,
    offline: options.offline,
  });
}

/** An index that the root's pyproject names; others stand in the user's own configuration. */
function indexOfChannel(
  name: string,
  meta: TemplatePackage | undefined,
): { readonly url?: string; readonly publishUrl?: string } | undefined {
  const list = meta && getAt(meta.table, ["tool", "uv", "index"]);
  const found = (isArray(list) ? list : []).filter(isTable).find((one) => one.name === name);
  if (!found) return undefined;
  const text = (value: unknown) => typeof value === "string" ? value : undefined;
  return { url: text(found.url), publishUrl: text(found["publish-url"]) };
}
