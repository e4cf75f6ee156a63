import { resolve } from "node:path";
import { ComfydockError } from "../../../base/mod.ts";
import { getAt, isTable } from "../../../pyproject/mod.ts";
import { templateErrors, type TemplatePackage } from "../../../templates/mod.ts";
import {
  createRunner,
  openPackageIndex,
  type PackageIndex,
  provideUv,
  readUvConfigurations,
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
 * @throws `E_NO_CHANNEL`, `E_NO_CHECK_URL`, `UV_MISSING`
 */
export async function openIndex(
  context: CommandContext,
  root: string,
  choice: IndexChoice & {
    /** Whether files are to be uploaded to it. */
    readonly publishes?: boolean;
  },
  meta: TemplatePackage | undefined,
): Promise<PackageIndex> {
  const { env, signal, report, options } = context;
  const named = choice.channel === undefined
    ? undefined
    : await indexOfChannel(choice.channel, { root, env, meta });
  const publishUrl = choice.publishUrl ?? named?.publishUrl;
  const checkUrl = choice.checkUrl ?? named?.url ?? env.UV_PUBLISH_CHECK_URL;
  if (named && choice.publishes && publishUrl === undefined) {
    throw noChannel(named.name, "publish-url");
  }
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
    offline: options.offline,
  });
}

/** An index of uv's configuration: that of the repository, of the user or of the system. */
interface NamedIndex {
  readonly name: string;
  readonly url?: string;
  readonly publishUrl?: string;
}

async function indexOfChannel(
  name: string,
  { root, env, meta }: {
    readonly root: string;
    readonly env: CommandContext["env"];
    readonly meta: TemplatePackage | undefined;
  },
): Promise<NamedIndex> {
  const own = meta && getAt(meta.table, ["tool", "uv", "index"]);
  const others = (await readUvConfigurations(env, root)).map(({ index }) => index);
  const found = [own, ...others].flatMap((list) => Array.isArray(list) ? list : [])
    .filter(isTable).find((one) => one.name === name);
  if (!found) throw noChannel(name, "url");
  const text = (value: unknown) => typeof value === "string" ? value : undefined;
  return { name, url: text(found.url), publishUrl: text(found["publish-url"]) };
}

// Without it uv would take the public index.
function noChannel(name: string, key: "url" | "publish-url"): ComfydockError {
  return new ComfydockError(
    templateErrors.E_NO_CHANNEL,
    `Cannot use the channel "${name}": uv's configuration has no index of this name with a ${key}`,
    {
      hint:
        "Add [[tool.uv.index]] with name, url and publish-url, or name --publish-url and --check-url",
    },
  );
}
