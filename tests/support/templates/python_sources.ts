/** Source of the core package's module: the loader that ComfyUI calls, after the one that is published. */
export function coreSource(modules: Readonly<Record<string, string>>, json?: string): string {
  return `"""Finds the files of workflow templates in the installed packages."""
import json
from importlib import resources

MODULES = ${JSON.stringify(modules, null, 4)}
JSON_MODULE = ${json === undefined ? "None" : JSON.stringify(json)}


def load_manifest():
    return json.loads(resources.files(__name__).joinpath("manifest.json").read_text("utf-8"))


def template_ids():
    return [entry["id"] for entry in load_manifest()["templates"]]


def asset_path(template_id, filename):
    entry = {one["id"]: one for one in load_manifest()["templates"]}[template_id]
    asset = {one["filename"]: one for one in entry["assets"]}[filename]
    module = MODULES[asset.get("bundle", entry["bundle"])]
    if filename.endswith(".json") and JSON_MODULE:
        module = JSON_MODULE
    path = resources.files(module).joinpath("templates", filename)
    if not path.is_file():
        raise FileNotFoundError(str(path))
    return path


def load_all_templates():
    return {
        entry["id"]: [asset_path(entry["id"], asset["filename"]) for asset in entry["assets"]]
        for entry in load_manifest()["templates"]
    }
`;
}

/** What a `pyproject.toml` of a fixture says. */
export interface PyprojectFacts {
  readonly name: string;
  readonly version: string;
  readonly module: string;
  readonly data?: readonly string[];
  readonly dependencies?: readonly string[];
  readonly hatchling?: boolean;
}

/** The `pyproject.toml` of a package below `packages/`, written as the real ones are. */
export function packagePyproject(facts: PyprojectFacts): string {
  const { name, version, module, data = [], dependencies = [], hatchling } = facts;
  const build = hatchling
    ? ['requires = ["hatchling"]', 'build-backend = "hatchling.build"']
    : ['requires = ["setuptools>=61.0"]', 'build-backend = "setuptools.build_meta"'];
  const sources = hatchling
    ? ["[tool.hatch.build.targets.wheel]", `packages = ["src/${module}"]`]
    : [
      "[tool.setuptools.packages.find]",
      'where = ["src"]',
      ...data.length > 0
        ? ["", "[tool.setuptools.package-data]", `${module} = [${quoted(data).join(", ")}]`]
        : [],
    ];
  return lines([
    "[build-system]",
    ...build,
    "",
    "[project]",
    `name = "${name}"`,
    `version = "${version}"`,
    `description = "${name} of a fixture"`,
    'requires-python = ">=3.9"',
    'license = "MIT"',
    ...dependencies.length > 0 ? ["dependencies = [", ...listed(dependencies), "]"] : [],
    "",
    ...sources,
  ]);
}

/** The `pyproject.toml` of the root: the meta package with its pins. */
export function metaPyproject(
  { name, version, dependencies = [] }: PyprojectFacts,
  extras: Readonly<Record<string, readonly string[]>>,
): string {
  return lines([
    "[build-system]",
    'requires = ["setuptools>=61.0"]',
    'build-backend = "setuptools.build_meta"',
    "",
    "[project]",
    `name = "${name}"`,
    `version = "${version}"`,
    'description = "Templates of a fixture"',
    'readme = "README.md"',
    'requires-python = ">=3.9"',
    'license = {text = "MIT"}',
    "",
    "dependencies = [",
    ...listed(dependencies),
    "]",
    "",
    "[project.optional-dependencies]",
    ...Object.entries(extras).flatMap(([extra, pins]) =>
      pins.length === 1 ? [`${extra} = ["${pins[0]}"]`] : [`${extra} = [`, ...listed(pins), "]"]
    ),
    "",
    "[tool.setuptools.packages.find]",
    'where = ["packages/meta/src"]',
    "",
    "[tool.ruff]",
    "line-length = 100",
    'target-version = "py312"',
  ]);
}

function listed(texts: readonly string[]): readonly string[] {
  return quoted(texts).map((text) => `    ${text},`);
}

function quoted(texts: readonly string[]): readonly string[] {
  return texts.map((text) => JSON.stringify(text));
}

function lines(texts: readonly string[]): string {
  return `${texts.join("\n")}\n`;
}
