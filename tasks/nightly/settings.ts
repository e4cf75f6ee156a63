import { DATA_BRANCH } from "../../src/distribution/mod.ts";

/** What a nightly run is to do, and where. */
export interface NightlySettings {
  /** `repository`: a data repository with dated history; `releases`: releases `cache-N` of the repository itself. */
  readonly layout: "repository" | "releases";
  /** Where the run keeps its files. */
  readonly directory: string;
  /** The repository that publishes the mappings, as git fetches it. */
  readonly remote: string;
  /** Its branch for the mappings. */
  readonly branch: string;
  /** The data repository, as git fetches it; only with the layout `repository`. */
  readonly dataRemote?: string;
  /** `OWNER/NAME` for the API. */
  readonly repository: string;
  readonly apiUrl: string;
  readonly serverUrl: string;
  readonly token: string;
  /** The data repository's own token. */
  readonly dataToken: string;
  /** The number of the run, which names a release. */
  readonly run: number;
  /** Where the run can be read, for the issue. */
  readonly runUrl: string;
  readonly full: boolean;
  readonly allowShrink: boolean;
  readonly budget?: number;
  /** Further options of `registry update`. */
  readonly options: readonly string[];
}

/**
 * Reads the settings from the environment of a GitHub job.
 *
 * @param env Reads a variable.
 * @throws when one is missing or makes no sense.
 */
export function readSettings(env: (name: string) => string | undefined): NightlySettings {
  const need = (name: string) => {
    const value = env(name);
    if (!value) throw new Error(`The variable ${name} is not set`);
    return value;
  };
  const serverUrl = env("GITHUB_SERVER_URL") || "https://github.com";
  const repository = need("GITHUB_REPOSITORY");
  const address = (name: string) => /^[\w.-]+\/[\w.-]+$/.test(name) ? `${serverUrl}/${name}` : name;
  const data = env("DATA_REPOSITORY") || undefined;
  const layout = env("NIGHTLY_LAYOUT") || (data ? "repository" : "releases");
  if (layout !== "repository" && layout !== "releases") {
    throw new Error(`NIGHTLY_LAYOUT is "${layout}", and not repository or releases`);
  }
  if (layout === "repository" && !data) throw new Error("The variable DATA_REPOSITORY is not set");
  const budget = env("REQUEST_BUDGET") || undefined;
  if (budget !== undefined && !/^[1-9]\d{0,7}$/.test(budget)) {
    throw new Error(`REQUEST_BUDGET is "${budget}", and not a number of requests`);
  }
  return {
    layout,
    directory: need("NIGHTLY_DIRECTORY"),
    remote: env("PUBLISH_REMOTE") || address(repository),
    branch: DATA_BRANCH,
    ...(layout === "repository" ? { dataRemote: address(data!) } : {}),
    repository,
    apiUrl: env("GITHUB_API_URL") || "https://api.github.com",
    serverUrl,
    token: env("GITHUB_TOKEN") ?? "",
    dataToken: env("DATA_TOKEN") ?? "",
    run: Number(need("GITHUB_RUN_NUMBER")),
    runUrl: `${serverUrl}/${repository}/actions/runs/${env("GITHUB_RUN_ID") ?? ""}`,
    full: env("FORCE_FULL") === "true",
    allowShrink: env("ALLOW_SHRINK") === "true",
    ...(budget === undefined ? {} : { budget: Number(budget) }),
    options: (env("UPDATE_OPTIONS") ?? "").split(/\s+/).filter(Boolean),
  };
}
