import { ComfydockError } from "../base/mod.ts";
import { workspaceErrors } from "./errors.ts";

const LONGEST_NAME = 64;
/** A name is part of file names, which hold 255 bytes. */
const MOST_BYTES = 160;
const RESERVED = new Set(["workspace", "logs", "models", "input", "output", ".comfydock"]);
/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const WINDOWS_DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/;

/** The form in which two names are the same: file systems may ignore case and Unicode composition. */
export function foldName(name: string): string {
  return name.normalize("NFC").toLowerCase().normalize("NFC");
}

/**
 * Checks that a text can name an environment on every system.
 *
 * @throws `ENVIRONMENT_NAME_INVALID`
 */
export function checkEnvironmentName(name: string): void {
  const fault = faultOf(name);
  if (!fault) return;
  throw new ComfydockError(
    workspaceErrors.ENVIRONMENT_NAME_INVALID,
    `Cannot name an environment ${JSON.stringify(name.slice(0, 80))}: ${fault}`,
    { hint: "Use letters, digits, - and _, such as my-env", details: { name, fault } },
  );
}

/**
 * Checks that a text can name a new environment beside those that exist.
 *
 * @param existing The names in use.
 * @throws `ENVIRONMENT_NAME_INVALID`, `ENVIRONMENT_EXISTS`
 */
export function checkNewEnvironmentName(name: string, existing: readonly string[]): void {
  checkEnvironmentName(name);
  const clash = existing.find((other) => foldName(other) === foldName(name));
  if (clash === undefined) return;
  const why = clash === name ? "it exists" : `it differs from "${clash}" only in case`;
  throw new ComfydockError(
    workspaceErrors.ENVIRONMENT_EXISTS,
    `Cannot name an environment "${name}": ${why}`,
    {
      hint: `Choose another name, or run comfydock delete ${clash} first`,
      details: { name, existing: clash },
    },
  );
}

function faultOf(name: string): string | undefined {
  if (name.trim() === "") return "it is empty";
  if (name.length > LONGEST_NAME) return `it is longer than ${LONGEST_NAME} characters`;
  if (new TextEncoder().encode(name).length > MOST_BYTES) return "it is too long for a file name";
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(name)) return "it holds invisible characters";
  if (/[\\/]/.test(name)) return "it holds a path separator";
  if (/[<>:"|?*]/.test(name)) return 'it holds one of < > : " | ? *, which Windows forbids';
  if (name.startsWith(".")) return "it starts with a dot";
  if (name.startsWith("-")) return "it starts like an option";
  if (/^\s|[\s.]$/u.test(name)) return "it starts or ends with a blank, or ends with a dot";
  if (RESERVED.has(foldName(name))) return "the workspace uses that name itself";
  if (WINDOWS_DEVICE.test(foldName(name))) return "it is the name of a device on Windows";
  return undefined;
}
