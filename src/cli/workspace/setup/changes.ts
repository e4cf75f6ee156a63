import {
  credentialsFile,
  maskSecret,
  type SettingValue,
  userConfigDirectory,
  writeCredential,
} from "../../../workspace/mod.ts";
import type { CommandContext } from "../../types.ts";
import type { TokenAnswer } from "./tokens.ts";

/** One answer that changes something. */
export interface SetupChange {
  readonly key: string;
  /** Masked when it is a credential. */
  readonly value: SettingValue;
  readonly layer: "user" | "workspace";
  readonly path: string;
}

/** What storing tokens changes. */
export function tokenChanges(
  tokens: readonly TokenAnswer[],
  { env }: Pick<CommandContext, "env">,
): readonly SetupChange[] {
  return tokens.map(({ service, secret }) => ({
    key: `api_keys.${service}`,
    value: maskSecret(secret),
    layer: "user",
    path: credentialsFile(userConfigDirectory(env)),
  }));
}

/** Stores tokens, each readable for the user alone. */
export async function writeTokens(
  tokens: readonly TokenAnswer[],
  { env }: Pick<CommandContext, "env">,
): Promise<void> {
  for (const { service, secret } of tokens) {
    await writeCredential(userConfigDirectory(env), service, secret);
  }
}

/** A line a change. */
export function renderChanges(changes: readonly SetupChange[], dryRun: boolean): string[] {
  return changes.map(({ key, value, path }) =>
    `${dryRun ? "Would set" : "Set"} ${key} to ${value} in ${path}`
  );
}
