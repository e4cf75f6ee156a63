import { commandsOf, type Instruction, optionOf, pathsOf, script } from "./parse.ts";

/** What a rule finds: the lines that break it. */
type Check = (all: readonly Instruction[]) => readonly Instruction[];

const RUN_AS_ROOT = /^(?:0|root)(?::|$)/;
const PATHLESS = ["ssh", "vim", "shutdown", "service", "ps", "free", "top", "kill", "mount"];

const named = (name: string): (all: readonly Instruction[]) => readonly Instruction[] => (all) =>
  all.filter((each) => each.name === name);
const runs = (test: (command: string) => boolean): Check => (all) =>
  named("RUN")(all).filter((run) => commandsOf(run).some(test));
const each = (name: string, test: (instruction: Instruction) => boolean): Check => (all) =>
  named(name)(all).filter(test);

/** The stages, each with its instructions from FROM on. */
function stages(all: readonly Instruction[]): readonly (readonly Instruction[])[] {
  const found: Instruction[][] = [];
  for (const instruction of all) {
    if (instruction.name === "FROM") found.push([]);
    found.at(-1)?.push(instruction);
  }
  return found;
}

const perStage = (check: Check): Check => (all) => stages(all).flatMap(check);
const moreThanOne = (name: string): Check => perStage((all) => named(name)(all).slice(0, -1));
const aptInstall = (command: string) => /^apt-get\b.*\binstall\b/.test(command);

function imageOf({ text }: Instruction): string {
  return text.replace(/^(?:--\S+\s+)*/, "").split(/\s+/)[0] ?? "";
}

function aliasOf({ text }: Instruction): string | undefined {
  return /\s+AS\s+(\S+)$/i.exec(text)?.[1];
}

function isJsonList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

const isUnpinned: (all: readonly Instruction[]) => readonly Instruction[] = (all) => {
  const aliases = new Set(named("FROM")(all).map(aliasOf));
  return each("FROM", (from) => {
    const image = imageOf(from);
    return image !== "scratch" && !aliases.has(image) && !/:[^/]+$|@sha256:/.test(image);
  })(all);
};

const lastUserIsRoot: Check = (all) => {
  const last = stages(all).at(-1) ?? [];
  const user = named("USER")(last).at(-1);
  return user === undefined ? last.slice(0, 1) : RUN_AS_ROOT.test(user.text) ? [user] : [];
};

const unknownStage: Check = (all) => {
  const aliases = new Set<string | undefined>(named("FROM")(all).map(aliasOf));
  return each("COPY", (copy) => {
    const from = optionOf(copy, "from");
    return from !== undefined && !aliases.has(from) && !/^\d+$|:/.test(from);
  })(all);
};

const hasPipeWithoutPipefail: Check = perStage((all) => {
  const shell = all.findIndex(({ name, text }) => name === "SHELL" && text.includes("pipefail"));
  return all.filter((run, at) =>
    run.name === "RUN" && /[^|]\|[^|]/.test(script(run.text)) && (shell < 0 || at < shell) &&
    !/set -\w*o pipefail/.test(run.text)
  );
});

const consecutiveRuns: Check = (all) =>
  all.filter(({ name }, at) => name === "RUN" && all[at - 1]?.name === "RUN");

const copyToRelative: Check = perStage((all) => {
  const workdir = all.findIndex(({ name }) => name === "WORKDIR");
  return all.filter((copy, at) =>
    copy.name === "COPY" && !pathsOf(copy).at(-1)!.startsWith("/") && (workdir < 0 || at < workdir)
  );
});

const repeatedAlias: Check = (all) => {
  const aliases = named("FROM")(all).map(aliasOf);
  return named("FROM")(all).filter((_, at) =>
    aliases[at] !== undefined && aliases.indexOf(aliases[at]) < at
  );
};

const unpinnedPackages = (command: string) =>
  aptInstall(command) &&
  command.split(/\s+/).slice(command.split(/\s+/).indexOf("install") + 1)
    .some((word) => !word.startsWith("-") && !word.includes("="));

/**
 * The rules of hadolint that say something about a Dockerfile such as ours, by their numbers.
 *
 * Source: https://github.com/hadolint/hadolint#rules
 */
export const DOCKERFILE_RULES: Readonly<Record<string, Check>> = {
  DL3000: each("WORKDIR", ({ text }) => !/^["']?(?:\/|\$)/.test(text)),
  DL3001: runs((command) => PATHLESS.includes(command.split(/\s+/)[0]!)),
  DL3002: lastUserIsRoot,
  DL3003: runs((command) => /^cd\s/.test(command)),
  DL3004: runs((command) => /\bsudo\b/.test(command)),
  DL3006: isUnpinned,
  DL3007: each("FROM", (from) => /:latest(?:@|$)/.test(imageOf(from))),
  DL3008: runs(unpinnedPackages),
  DL3009: each(
    "RUN",
    (run) =>
      commandsOf(run).some((command) => /^apt(?:-get)?\s+update\b/.test(command)) &&
      !run.text.includes("rm -rf /var/lib/apt/lists/*"),
  ),
  DL3011: each(
    "EXPOSE",
    ({ text }) => text.split(/\s+/).some((port) => Number.parseInt(port) > 65_535),
  ),
  DL3012: moreThanOne("HEALTHCHECK"),
  DL3013: runs((command) => /^pip3? install\s+[^-\s]/.test(command) && !command.includes("==")),
  DL3014: runs((command) =>
    aptInstall(command) && !/\s(?:-y|--yes|-qq|--assume-yes)\b/.test(command)
  ),
  DL3015: runs((command) => aptInstall(command) && !command.includes("--no-install-recommends")),
  DL3020: each(
    "ADD",
    (add) =>
      pathsOf(add).slice(0, -1).some((path) => !/^https?:|\.(?:tar|tgz|gz|zst|xz|bz2)$/.test(path)),
  ),
  DL3021: each("COPY", (copy) => pathsOf(copy).length > 2 && !pathsOf(copy).at(-1)!.endsWith("/")),
  DL3022: unknownStage,
  DL3024: repeatedAlias,
  DL3025: (all) =>
    all.filter(({ name, text }) => (name === "CMD" || name === "ENTRYPOINT") && !isJsonList(text)),
  DL3027: runs((command) => /^apt\s/.test(command)),
  DL3029: each("FROM", ({ text }) => text.includes("--platform=")),
  DL3045: copyToRelative,
  DL3046: runs((command) =>
    /^useradd\b/.test(command) && /\s(?:-u|--uid)\s*=?\d{6}/.test(command) &&
    !/\s(?:-l|--no-log-init)\b/.test(command)
  ),
  DL3047: runs((command) => /^wget\b/.test(command) && !/--progress|-q\b|-nv\b/.test(command)),
  DL3059: consecutiveRuns,
  DL3066: each("USER", ({ text }) => !/^(?:\d|\$)/.test(text)),
  DL4000: named("MAINTAINER"),
  DL4001: (all) =>
    runs((command) => /^wget\b/.test(command))(all).length > 0
      ? runs((command) => /^curl\b/.test(command))(all)
      : [],
  DL4003: moreThanOne("CMD"),
  DL4004: moreThanOne("ENTRYPOINT"),
  DL4006: hasPipeWithoutPipefail,
};
