import { credentialsFile, listInterrupted, lookAt } from "../../workspace/mod.ts";
import { toFinding } from "./to_finding.ts";
import type { DoctorWorld, Finding } from "./types.ts";

/** Looks for commands that were cut off. */
export async function checkJournal({ workspace }: DoctorWorld): Promise<readonly Finding[]> {
  let found: Awaited<ReturnType<typeof listInterrupted>>;
  try {
    found = await listInterrupted(workspace);
  } catch (error) {
    return [toFinding("journal", error)];
  }
  return found.map(({ directory, command, scope, damage }): Finding => {
    if (damage) {
      return {
        check: "journal",
        severity: "error",
        message: damage.message,
        hint:
          `Look into "${directory}", which holds old files; comfydock doctor --fix moves it to the trash`,
        fix: { kind: "trash", paths: [directory] },
      };
    }
    const what = command === undefined ? "A command" : `"comfydock ${command}" (${scope})`;
    return {
      check: "journal",
      severity: "error",
      message: `${what} was interrupted and is half-done`,
      hint: "Run comfydock doctor --fix, or any command that changes something",
      fix: { kind: "recover" },
    };
  });
}

/** Looks whether others may read the user's credentials. */
export async function checkCredentials(
  { userDirectory }: DoctorWorld,
): Promise<readonly Finding[]> {
  if (userDirectory === undefined) return [];
  const path = credentialsFile(userDirectory);
  const info = await lookAt(path);
  if (!info || info.mode === null || Deno.build.os === "windows" || (info.mode & 0o077) === 0) {
    return [];
  }
  return [{
    check: "credentials",
    severity: "warning",
    message: `Other users may read "${path}"`,
    hint: "Run comfydock doctor --fix",
    fix: { kind: "private", path },
  }];
}
