import { readManifest } from "../../src/pyproject/mod.ts";
import type { ContainerFacts } from "../../src/bundles/container/types.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const SHA256 = "ab".repeat(32);

const MANIFEST = `[project]
name = "demo"
version = "0.1.0"
requires-python = "==3.12.*"
dependencies = ["torch", "aiohttp"]

[dependency-groups]
alpha = ["opencv"]

[tool.comfydock]
version = "1.0.0"
comfyui_commit = "${COMMIT}"
python_version = "3.12"

[tool.comfydock.nodes.alpha]
name = "Alpha"
source = "registry"
version = "1.0.0"
download_url = "https://packs.test/alpha/node.zip?x=$HOME&y=1"
sha256 = "${SHA256}"
directory = "alpha pack"

[tool.comfydock.nodes.beta]
name = "Beta"
source = "git"
repository = "https://git.test/me/be'ta"
commit = "${COMMIT}"
subdirectory = "packs/beta"

[tool.comfydock.nodes.gamma]
name = "Gamma"
source = "development"

[tool.comfydock.nodes.off]
name = "Off"
source = "registry"
enabled = false
`;

/** A lock as uv writes it, of a project that asks for torch and aiohttp, and of a group that asks for opencv. */
export const LOCK = `version = 1
revision = 3
requires-python = "==3.12.*"

[[package]]
name = "aiohttp"
version = "3.0"
source = { registry = "https://index.test/simple" }
dependencies = [
    { name = "yarl" },
]
wheels = [{ url = "https://index.test/aiohttp.whl", hash = "sha256:00" }]

[[package]]
name = "demo"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "aiohttp" },
    { name = "torch", version = "2.7.0", source = { registry = "https://torch.test/cpu" }, marker = "sys_platform == 'darwin'" },
    { name = "torch", version = "2.7.0+cpu", source = { registry = "https://torch.test/cpu" }, marker = "sys_platform != 'darwin'" },
]

[package.dev-dependencies]
alpha = [
    { name = "opencv" },
]

[package.metadata]
requires-dist = [
    { name = "aiohttp" },
    { name = "torch" },
]

[[package]]
name = "opencv"
version = "4.0"
source = { registry = "https://index.test/simple" }

[[package]]
name = "setuptools"
version = "80.0"
source = { registry = "https://index.test/simple" }

[[package]]
name = "torch"
version = "2.7.0"
source = { registry = "https://torch.test/cpu" }

[[package]]
name = "torch"
version = "2.7.0+cpu"
source = { registry = "https://torch.test/cpu" }

[package.optional-dependencies]
build = [
    { name = "setuptools" },
]

[[package]]
name = "yarl"
version = "1.0"
source = { registry = "https://index.test/simple" }
`;

/** Facts of an environment with a pack of each kind. */
export function containerFacts(
  changes: Partial<ContainerFacts> & { readonly backend?: string } = {},
): ContainerFacts {
  const { backend = "cpu", ...facts } = changes;
  const text = MANIFEST.replace("python_version", `torch_backend = "${backend}"\npython_version`);
  return {
    name: "Demo Environment",
    manifest: readManifest(text, "pyproject.toml"),
    lockText: LOCK,
    comfyui: "https://git.test/ComfyUI.git",
    base: { image: "ubuntu:24.04", gpu: "none" },
    uvImage: "ghcr.io/astral-sh/uv:0.13.8",
    packages: ["ca-certificates", "git"],
    packed: new Set(["gamma"]),
    hasWorkflows: true,
    models: [],
    root: "/opt/comfydock",
    ...facts,
  };
}
