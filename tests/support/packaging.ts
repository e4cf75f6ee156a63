import { pythonProgram } from "./python_program.ts";

const ASK = `
import json, sys
try:
    import packaging.requirements as requirements, packaging.version, packaging
    if int(packaging.__version__.split(".")[0]) < 22: raise ImportError
except ImportError:
    from pip._vendor.packaging import requirements
    from pip._vendor import packaging
answers = []
for text in json.load(sys.stdin):
    try:
        r = requirements.Requirement(text)
        answers.append({"name": r.name, "extras": sorted(r.extras), "specifiers": sorted(str(s).replace(" ", "") for s in r.specifier), "url": r.url, "marker": r.marker is not None})
    except ValueError:
        answers.append(None)
json.dump({"strict": int(packaging.__version__.split(".")[0]) >= 22, "answers": answers}, sys.stdout)
`;

/** A requirement as Python's own library reads it. */
export interface PackagingAnswer {
  readonly name: string;
  readonly extras: readonly string[];
  /** Sorted, without blanks. */
  readonly specifiers: readonly string[];
  readonly url: string | null;
  readonly marker: boolean;
}

/**
 * Reads requirements with Python's `packaging`, which pip carries, all in one process.
 *
 * @returns One answer each, `null` for what it refuses; `strict` is false for versions before 22, which let through
 *   what PEP 508 does not.
 */
export async function askPackaging(
  texts: readonly string[],
): Promise<{ strict: boolean; answers: readonly (PackagingAnswer | null)[] }> {
  const child = new Deno.Command(await pythonProgram(), {
    args: ["-c", ASK],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = child.output();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(texts)));
  await writer.close();
  return JSON.parse(new TextDecoder().decode((await output).stdout));
}
