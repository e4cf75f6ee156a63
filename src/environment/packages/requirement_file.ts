import { ComfydockError, readTextBounded } from "../../base/mod.ts";
import { parseRequirementLines } from "../../comfyui/mod.ts";
import { pyprojectErrors } from "../../pyproject/mod.ts";

const MAX_BYTES = 1024 ** 2;

/**
 * Reads the requirements of a file for `py add -r`; a line that cannot be taken over stops it.
 *
 * @param path A file in pip's format.
 * @throws `REQUIREMENT_INVALID` with the lines at fault, `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function readRequirementFile(path: string): Promise<readonly string[]> {
  const { requirements, odd } = parseRequirementLines(await readTextBounded(path, MAX_BYTES), path);
  const [first] = odd;
  if (!first) return requirements;
  throw new ComfydockError(
    pyprojectErrors.REQUIREMENT_INVALID,
    `Cannot take over line ${first.line} of "${path}", ${JSON.stringify(first.text)}: ${first.why}`,
    {
      hint: first.text.startsWith("-")
        ? "Take the line out; indexes belong into [[tool.uv.index]] of pyproject.toml"
        : "Write it like name>=1.0, or take it out",
      details: { path, lines: odd.map(({ line, text, why }) => ({ line, text, why })) },
    },
  );
}
