import type { FindingFacts } from "../facts.ts";

/** Codes of faults of `pyproject.toml` files. */
export type PyprojectCode =
  | "E_PYPROJECT"
  | "E_NO_VERSION"
  | "E_REQUIREMENT";

/** Faults of `pyproject.toml` files that their reader finds. */
export const pyprojectCodes: Readonly<Record<PyprojectCode, FindingFacts>> = {
  E_PYPROJECT: {
    area: "pyproject",
    severity: "error",
    meaning: "A pyproject.toml is not valid, or a field of it has the wrong type",
  },
  E_NO_VERSION: {
    area: "pyproject",
    severity: "error",
    meaning: "A package has no version of its own under `[project]`",
    hint: 'Write `version = "1.2.3"` under `[project]`',
  },
  E_REQUIREMENT: {
    area: "pyproject",
    severity: "error",
    meaning: "A dependency is not written as PEP 508 has it",
  },
};
