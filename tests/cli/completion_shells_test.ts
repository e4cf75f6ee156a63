import { deepEqual, equal } from "node:assert/strict";
import { delimiter, join } from "node:path";
import { findOnPath } from "../../src/tools/find_program.ts";
import { environmentOf, programOf, runCli } from "../support/run_cli.ts";

const { os } = Deno.build;
const shells = os === "windows" ? ["powershell"] : ["bash", "zsh", "fish"];

/** A test in a shell that the system has; only macOS may lack one, since nothing installs it there. */
async function shellTest(shell: string, name: string, fn: () => Promise<void>): Promise<void> {
  if (!shells.includes(shell)) return;
  const absent = (await findOnPath(shell, Deno.env.toObject())).length === 0;
  Deno.test({ name, ignore: absent && os === "darwin", fn });
}

/** Runs a script of a real shell, with `comfydock` on its path and the completion script in a file. */
async function inShell(program: string, args: string[], shell: string, script: string) {
  const home = await Deno.makeTempDir({ prefix: "comfydock-home-" });
  try {
    const [first, ...further] = programOf();
    const quote = os === "windows" ? '"' : "'";
    const words = [first, ...further].map((word) => `${quote}${word}${quote}`).join(" ");
    await (os === "windows"
      ? Deno.writeTextFile(join(home, "comfydock.cmd"), `@${words} %*\r\n`)
      : Deno.writeTextFile(join(home, "comfydock"), `#!/bin/sh\nexec ${words} "$@"\n`, {
        mode: 0o755,
      }));
    const { stdout: completion } = await runCli(["completion", shell]);
    await Deno.writeTextFile(join(home, "completion"), completion);
    await Deno.writeTextFile(join(home, "a-file.txt"), "");
    const env = environmentOf(home);
    const { stdout, stderr } = await new Deno.Command(program, {
      args: [...args, script],
      clearEnv: true,
      env: { ...env, PATH: `${home}${delimiter}${env.PATH}`, TERM: "dumb" },
      cwd: home,
    }).output();
    const decoder = new TextDecoder();
    equal(decoder.decode(stderr), "");
    return decoder.decode(stdout).trimEnd().split(/\r?\n/);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

await shellTest("bash", "bash completes commands, options and values with the script", async () => {
  // Words as bash splits them: the equals sign is a word of its own.
  const lines: [words: string[], expected: string][] = [
    [["comp"], "completion"],
    [["completion", ""], "bash zsh fish powershell"],
    [["--offline", "completion", "po"], "powershell"],
    [["version", "--js"], "--json"],
    [["version", "--color", "al"], "always"],
    [["version", "--color", "=", "al"], "always"],
    [["-w", ""], ""],
  ];
  const script = lines.map(([words]) => {
    const quoted = ["comfydock", ...words].map((word) => `'${word}'`).join(" ");
    return `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _comfydock; echo "\${COMPREPLY[*]}"`;
  });
  const shown = await inShell(
    "bash",
    ["-c"],
    "bash",
    ["source ./completion", ...script].join("\n"),
  );
  deepEqual(shown, lines.map(([, expected]) => expected).join("\n").trimEnd().split("\n"));
});

await shellTest(
  "bash",
  "bash registers the completion, with file names where comfydock knows nothing",
  async () => {
    const shown = await inShell(
      "bash",
      ["-c"],
      "bash",
      "source ./completion; complete -p comfydock",
    );
    deepEqual(shown, ["complete -o bashdefault -o default -F _comfydock comfydock"]);
  },
);

await shellTest("zsh", "zsh completes commands and explains them with the script", async () => {
  // The two builtins that draw are replaced by ones that tell what they were given.
  const script = [
    "compdef() { echo registered $2 }",
    "_describe() { print -l -- ${(P)2} }",
    "_files() { echo files }",
    "source ./completion",
    "words=(comfydock comp) CURRENT=2; _comfydock",
    "words=(comfydock completion '') CURRENT=3; _comfydock",
    "words=(comfydock -w '') CURRENT=3; _comfydock",
  ].join("\n");
  deepEqual(await inShell("zsh", ["-f", "-c"], "zsh", script), [
    "registered comfydock",
    "completion:Print the script that completes comfydock's commands in a shell",
    ...["bash", "zsh", "fish", "powershell"].map((name) =>
      `${name}:The shell to make the script for`
    ),
    "files",
  ]);
});

await shellTest(
  "fish",
  "fish completes commands, explains them, and offers files where comfydock knows nothing",
  async () => {
    const script = [
      "source ./completion",
      "complete -C 'comfydock comp'",
      "complete -C 'comfydock completion '",
      "complete -C 'comfydock version --js'",
      "complete -C 'comfydock -w a-f'",
    ].join("\n");
    const shown = await inShell("fish", ["--no-config", "-c"], "fish", script);
    deepEqual(shown.map((line) => line.split("\t")[0]).sort(), [
      "--json",
      "a-file.txt",
      "bash",
      "completion",
      "fish",
      "powershell",
      "zsh",
    ]);
  },
);

await shellTest("powershell", "PowerShell completes commands with the script", async () => {
  const script = [
    "Get-Content -Raw ./completion | Invoke-Expression",
    // The PowerShell that comes with Windows asks nobody about words that start with a dash.
    "foreach ($line in 'comfydock comp', 'comfydock completion ') {",
    "  (TabExpansion2 $line $line.Length).CompletionMatches | ForEach-Object CompletionText",
    "}",
  ].join("\n");
  deepEqual(await inShell("powershell", ["-NoProfile", "-Command"], "powershell", script), [
    "completion",
    "bash",
    "zsh",
    "fish",
    "powershell",
  ]);
});
