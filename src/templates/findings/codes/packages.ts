import type { FindingFacts } from "../facts.ts";

/** Codes of faults of packages and of their release. */
export type PackageCode =
  | "E_PIN_RANGE"
  | "E_PIN_MISMATCH"
  | "E_PIN_MISSING"
  | "E_PIN_CONFLICT"
  | "E_PIN_LEFT_BEHIND"
  | "W_PIN_UNKNOWN"
  | "W_INTERNAL_RANGE"
  | "E_BAD_VERSION"
  | "E_BAD_PROJECT"
  | "W_NAME_MISMATCH"
  | "E_UNKNOWN_KEY"
  | "E_PACKAGE_DATA"
  | "W_PACKAGE_DATA"
  | "E_UNBUMPED"
  | "E_FROZEN_CHANGE"
  | "W_STALE_INVENTORY"
  | "E_PIN_NOT_ON_INDEX"
  | "E_PYTHON_EXCLUDED"
  | "W_CLASSIFIER"
  | "W_PYTHON_DIFFERS";

const PIN_HINT = "Run `comfydock templates packages pin`";

/** Faults of packages and of their release. */
export const packageCodes: Readonly<Record<PackageCode, FindingFacts>> = {
  E_PIN_RANGE: {
    area: "pins",
    severity: "error",
    meaning: "A package of the repository is not pinned to exactly one version",
    hint: PIN_HINT,
  },
  E_PIN_MISMATCH: {
    area: "pins",
    severity: "error",
    meaning: "A package of the repository is pinned to another version than it has",
    hint: PIN_HINT,
  },
  E_PIN_MISSING: {
    area: "pins",
    severity: "error",
    meaning: "The meta package does not depend on a package of the repository",
    hint: PIN_HINT,
  },
  E_PIN_CONFLICT: {
    area: "pins",
    severity: "error",
    meaning: "A list of requirements pins a package more than once, to different versions",
    hint: "Keep one of them",
  },
  E_PIN_LEFT_BEHIND: {
    area: "pins",
    severity: "error",
    meaning: "The meta package pins a package that the repository does not have any more",
    hint: "Take the requirement out of pyproject.toml",
  },
  W_PIN_UNKNOWN: {
    area: "pins",
    severity: "warning",
    meaning: "A dependency of the meta package is called like its packages, and is none of them",
    hint: "Take it out, unless it is published from elsewhere",
  },
  W_INTERNAL_RANGE: {
    area: "pins",
    severity: "warning",
    meaning: "A package other than the meta package asks for a range of another's versions",
  },
  E_BAD_VERSION: {
    area: "pyproject",
    severity: "error",
    meaning: "A version is not three numbers without leading zeros, or is a pre-release unasked",
    hint: 'Write it like `version = "1.2.3"`; `--pre LABEL` allows pre-releases',
  },
  E_BAD_PROJECT: {
    area: "pyproject",
    severity: "error",
    meaning: "A field that releases need is missing in a pyproject.toml, or is not valid",
  },
  W_NAME_MISMATCH: {
    area: "pyproject",
    severity: "warning",
    meaning: "Directory, distribution and module of a package are not called alike",
  },
  E_UNKNOWN_KEY: {
    area: "pyproject",
    severity: "error",
    meaning: "A table of pyproject.toml has a key that its specification does not know",
  },
  E_PACKAGE_DATA: {
    area: "pyproject",
    severity: "error",
    meaning: "`package-data` does not cover a file that the package ships",
    hint: "Add a pattern, such as `templates/**/*`, to `package-data`",
  },
  W_PACKAGE_DATA: {
    area: "pyproject",
    severity: "warning",
    meaning: "A pattern of `package-data` fits no file",
  },
  E_UNBUMPED: {
    area: "sync",
    severity: "error",
    meaning: "A package ships something else than at the last release, with the same version",
    hint: "Run `comfydock templates packages bump`",
  },
  E_FROZEN_CHANGE: {
    area: "policy",
    severity: "error",
    meaning: "A frozen package would have to ship something new",
  },
  W_STALE_INVENTORY: {
    area: "policy",
    severity: "warning",
    meaning: "An id left a frozen bundle, whose inventory still has it",
  },
  E_PIN_NOT_ON_INDEX: {
    area: "remote",
    severity: "error",
    meaning: "The index does not have a version that is pinned",
    hint: "Publish it, or pin a version that the index has",
  },
  E_PYTHON_EXCLUDED: {
    area: "python",
    severity: "error",
    meaning: "A package does not allow a version of Python that it has to run on",
  },
  W_CLASSIFIER: {
    area: "python",
    severity: "warning",
    meaning: "The classifiers of a package do not name a version of Python that it allows",
  },
  W_PYTHON_DIFFERS: {
    area: "python",
    severity: "warning",
    meaning: "Packages of the repository ask for different versions of Python",
  },
};
