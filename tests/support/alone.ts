/** What a program did. */
export interface AloneRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program that can lean on nothing: no PATH, no variables, an empty home, which is also where it runs.
 *
 * @param program Path of the program.
 * @param args Its arguments.
 * @param home An empty directory.
 * @param env Variables that it gets all the same.
 */
export async function runAlone(
  program: string,
  args: readonly string[],
  home: string,
  env: Readonly<Record<string, string>> = {},
): Promise<AloneRun> {
  // Windows programs do not start without these two.
  const needed = ["SystemRoot", "SystemDrive"].flatMap((name) => {
    const value = Deno.build.os === "windows" ? Deno.env.get(name) : undefined;
    return value === undefined ? [] : [[name, value]];
  });
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd: home,
    clearEnv: true,
    env: {
      ...Object.fromEntries(needed),
      HOME: home,
      USERPROFILE: home,
      TMPDIR: home,
      TMP: home,
      TEMP: home,
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Gives a new directory to a piece of work and removes it afterwards. */
export async function withTempDir<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await Deno.makeTempDir({ prefix: "comfydock-test-" });
  try {
    return await work(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}
