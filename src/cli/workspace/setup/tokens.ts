import { ComfydockError, isKind, readTextBounded } from "../../../base/mod.ts";
import {
  type CredentialService,
  credentialServices,
  findUserConfigDirectory,
  parseCredential,
  readCredentials,
  workspaceErrors,
} from "../../../workspace/mod.ts";
import {
  checkToken,
  readSourceHosts,
  serviceName,
  type TokenCheck,
} from "../../../models/sources/mod.ts";
import type { CommandContext } from "../../types.ts";
import { readStandardInput } from "../config/standard_input.ts";

/** A token that will be stored. */
export interface TokenAnswer {
  readonly service: CredentialService;
  readonly secret: string;
}

/** What flags say about tokens. */
export interface GivenTokens {
  readonly huggingfaceTokenFile?: string;
  readonly civitaiTokenFile?: string;
}

const MAX_BYTES = 100_000;

/** The flags of tokens, by their services. */
export const TOKEN_FLAGS: Readonly<Record<CredentialService, string>> = {
  huggingface: "--huggingface-token-file FILE",
  civitai: "--civitai-token-file FILE",
};

/**
 * Reads the tokens that flags give, and asks their services whether they know them.
 *
 * @throws `TOKEN_REFUSED`, `CONFIG_VALUE_INVALID`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export async function givenTokens(
  given: GivenTokens,
  context: CommandContext,
): Promise<readonly TokenAnswer[]> {
  const files = { huggingface: given.huggingfaceTokenFile, civitai: given.civitaiTokenFile };
  const answers: TokenAnswer[] = [];
  for (const service of credentialServices) {
    const file = files[service];
    if (file === undefined) continue;
    const text = file === "-"
      ? await readStandardInput(context.signal)
      : await readTextBounded(file, MAX_BYTES);
    const secret = parseCredential(service, text);
    const check = await test(service, secret, context);
    if (check.kind === "refused") throw refused(service);
    tell(context, service, check);
    answers.push({ service, secret });
  }
  return answers;
}

/** Asks for tokens; each is tested, and whoever is not sure of one can type it again. */
export async function askTokens(context: CommandContext): Promise<readonly TokenAnswer[]> {
  const { ask, env } = context;
  const known = await readCredentials(findUserConfigDirectory(env), env);
  const answers: TokenAnswer[] = [];
  for (const service of credentialServices) {
    const flag = TOKEN_FLAGS[service];
    const has = known.find((each) => each.service === service);
    const verb = has ? `Replace the token (it is in ${has.origin})` : "Store a token";
    if (!await ask.confirm({ message: `${verb} for ${serviceName(service)}?`, flag })) continue;
    const secret = await askToken(service, context);
    if (secret !== undefined) answers.push({ service, secret });
  }
  return answers;
}

async function askToken(
  service: CredentialService,
  context: CommandContext,
): Promise<string | undefined> {
  const flag = TOKEN_FLAGS[service];
  const name = serviceName(service);
  for (;;) {
    const typed = await context.ask.secret({ message: `The token for ${name}`, flag });
    const secret = readTyped(service, typed, context);
    if (secret !== undefined) {
      const check = await test(service, secret, context);
      tell(context, service, check);
      if (check.kind !== "refused") return secret;
    }
    const next = await context.ask.choose({
      message: "What now?",
      flag,
      choices: [
        { value: "again", label: "type it again" },
        ...secret === undefined ? [] : [{ value: "keep", label: "store it all the same" } as const],
        { value: "without", label: "do without" },
      ],
    });
    if (next !== "again") return next === "keep" ? secret : undefined;
  }
}

function readTyped(
  service: CredentialService,
  typed: string,
  { report }: CommandContext,
): string | undefined {
  try {
    return parseCredential(service, typed);
  } catch (error) {
    if (!isKind(error, workspaceErrors.CONFIG_VALUE_INVALID)) throw error;
    report.emit({
      kind: "logged",
      level: "INFO",
      message: "It is empty, too short, or holds blanks",
    });
    return undefined;
  }
}

async function test(
  service: CredentialService,
  secret: string,
  context: CommandContext,
): Promise<TokenCheck> {
  const { env, signal, report } = context;
  const id = `token-${service}`;
  report.emit({ kind: "started", id, label: `Asking ${serviceName(service)}` });
  try {
    const world = { http: await context.http(), hosts: await readSourceHosts(env), signal };
    return await checkToken(world, service, secret);
  } finally {
    report.emit({ kind: "finished", id });
  }
}

function tell(context: CommandContext, service: CredentialService, check: TokenCheck): void {
  const name = serviceName(service);
  switch (check.kind) {
    case "accepted": {
      const whose = check.user === undefined ? "" : `: it is ${check.user}'s`;
      const message = `${name} knows this token${whose}`;
      return context.report.emit({ kind: "logged", level: "INFO", message });
    }
    case "refused": {
      const message = `${name} does not know this token`;
      return context.report.emit({ kind: "logged", level: "INFO", message });
    }
    case "unknown":
      return context.warn(
        "TOKEN_UNTESTED",
        `${name} could not be asked about the token, which is stored untested: ${check.why}`,
      );
  }
}

function refused(service: CredentialService): ComfydockError {
  return new ComfydockError(
    workspaceErrors.TOKEN_REFUSED,
    `Cannot store the token for ${serviceName(service)}: the service does not know it`,
    {
      hint: `Make a new one there; comfydock config set api_keys.${service} stores it untested`,
      details: { service },
    },
  );
}
