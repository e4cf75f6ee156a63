import type { ContainerStep, Mount } from "./types.ts";

const SYNTAX = "# syntax=docker/dockerfile:1";
const HEALTH = "--interval=30s --timeout=10s --start-period=15m --retries=3";

/**
 * Writes steps down as a Dockerfile.
 *
 * Source of the form: https://docs.docker.com/reference/dockerfile/
 *
 * @param steps From the base image to the command.
 * @param head Lines for people, without `#`.
 */
export function renderDockerfile(
  steps: readonly ContainerStep[],
  head: readonly string[],
): string {
  let user: string | undefined;
  const parts = steps.map((step) => {
    if (step.kind === "user") user = step.user;
    else if (step.kind === "from") user = undefined;
    const lines = [
      ...step.comment === undefined ? [] : [`# ${oneLine(step.comment)}`],
      ...exceptions(step),
      instruction(step, user),
    ];
    return (step.comment === undefined && step.kind !== "from" ? "" : "\n") + lines.join("\n");
  });
  const top = head.map((line) => line === "" ? "#" : `# ${oneLine(line)}`);
  return [SYNTAX, ...top, ...parts, ""].join("\n");
}

function exceptions(step: ContainerStep): readonly string[] {
  if (step.kind !== "run" || step.except === undefined) return [];
  return Object.entries(step.except).flatMap(([rule, why]) => [
    `# ${rule}: ${why}`,
    `# hadolint ignore=${rule}`,
  ]);
}

function instruction(step: ContainerStep, user: string | undefined): string {
  const owner = user === undefined ? "" : `--chown=${user} `;
  switch (step.kind) {
    case "from":
      return `FROM ${step.image}${step.name === undefined ? "" : ` AS ${step.name}`}`;
    case "env":
      return `ENV ${
        Object.entries(step.variables).map(([name, value]) => `${name}=${quoted(value)}`)
          .join(" \\\n    ")
      }`;
    case "workdir":
      return `WORKDIR ${literal(step.path)}`;
    case "copy": {
      const from = step.stage === undefined ? owner : `--from=${step.stage} ${owner}`;
      return `COPY ${from}${list([...step.sources, step.target])}`;
    }
    case "add":
      return `ADD --checksum=sha256:${step.sha256} ${owner}${list([step.url, step.target])}`;
    case "run": {
      const mounts = (step.mounts ?? []).map((mount) => `${renderMount(mount, user)} \\\n    `);
      return `RUN ${mounts.join("")}${step.lines.join(" \\\n    && ")}`;
    }
    case "user":
      return `USER ${step.user}`;
    case "expose":
      return `EXPOSE ${step.port}`;
    case "healthcheck":
      return `HEALTHCHECK ${HEALTH} \\\n    CMD ${JSON.stringify(step.command)}`;
    case "entrypoint":
      return `ENTRYPOINT ${JSON.stringify(step.command)}`;
    case "cmd":
      return `CMD ${JSON.stringify(step.command)}`;
  }
}

function renderMount(mount: Mount, user: string | undefined): string {
  const uid = user === undefined ? "" : `,uid=${user.split(":")[0]}`;
  switch (mount.kind) {
    case "cache":
      return `--mount=type=cache,target=${mount.target}${uid}`;
    case "bind":
      return `--mount=type=bind,from=${mount.stage},source=${mount.source},target=${mount.target}`;
    case "secret":
      return `--mount=type=secret,id=${mount.id},target=${mount.target}${uid}`;
  }
}

// COPY and ADD take variables also from a list, https://docs.docker.com/reference/dockerfile/#environment-replacement
function list(paths: readonly string[]): string {
  const plain = paths.every((path) => /^[\w@%+=:,./?&~-]+$/.test(path));
  return plain ? paths.join(" ") : JSON.stringify(paths.map(literal));
}

function literal(text: string): string {
  return oneLine(text).replaceAll("$", "\\$");
}

function quoted(value: string): string {
  return /^[\w@%+=:,./-]*$/.test(value) ? value : JSON.stringify(literal(value));
}

// What is written into one line must never begin another.
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}
