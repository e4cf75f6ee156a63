import { join } from "node:path";

/** What a stub does: the text it prints for given arguments (joined by blanks; `*` for any), or a shell script. */
export type Stub = Readonly<Record<string, string>> | { readonly script: string };

/**
 * Runs work with a directory of stub programs that is all of PATH; needs a POSIX shell.
 *
 * @param stubs Name of a program to what it does.
 */
export async function withStubs(
  stubs: Readonly<Record<string, Stub>>,
  work: (env: Readonly<Record<string, string>>) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    for (const [name, stub] of Object.entries(stubs)) {
      await Deno.writeTextFile(join(directory, name), `#!/bin/sh\n${scriptOf(stub)}\n`);
      await Deno.chmod(join(directory, name), 0o755);
    }
    await work({ PATH: directory });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

function scriptOf(stub: Stub): string {
  if (typeof stub.script === "string") return stub.script;
  const cases = Object.entries(stub).map(([args, text]) =>
    `${args === "*" ? "*" : quote(args)}) printf '%s\\n' ${quote(text)};;`
  );
  return `case "$*" in\n${cases.join("\n")}\nesac`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
