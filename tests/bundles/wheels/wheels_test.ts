import assert from "node:assert/strict";
import {
  checkWheels,
  fits,
  isSameVersion,
  planWheels,
  readLockedPackages,
  readPlatform,
  readWheelName,
} from "../../../src/bundles/wheels/mod.ts";
import { requireFit } from "../../../src/bundles/wheels/build.ts";

const LINUX = readPlatform("linux");
const WINDOWS = readPlatform("windows");
const MAC = readPlatform("macos");

for (
  const [file, platform, python, expected] of [
    ["six-1.17.0-py2.py3-none-any.whl", MAC, "3.12", true],
    ["x-1-py2-none-any.whl", LINUX, "3.12", false],
    ["x-1-py311-none-any.whl", LINUX, "3.12", true],
    ["x-1-py313-none-any.whl", LINUX, "3.12", false],
    ["x-1-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", LINUX, "3.12.7", true],
    ["x-1-cp312-cp312-manylinux_2_17_x86_64.whl", LINUX, "3.13", false],
    ["x-1-cp313-cp313t-manylinux_2_17_x86_64.whl", LINUX, "3.13", false],
    ["x-1-cp312-cp312-manylinux_2_17_aarch64.whl", LINUX, "3.12", false],
    ["x-1-cp312-cp312-musllinux_1_2_x86_64.whl", LINUX, "3.12", false],
    ["x-1-cp38-abi3-linux_x86_64.whl", LINUX, "3.12", true],
    ["x-1-cp313-abi3-linux_x86_64.whl", LINUX, "3.12", false],
    ["x-1-pp311-pypy311_pp73-linux_x86_64.whl", LINUX, "3.11", false],
    ["torch-2.8.0+cpu-2-cp312-cp312-win_amd64.whl", WINDOWS, "3.12", true],
    ["x-1-cp312-cp312-win32.whl", WINDOWS, "3.12", false],
    ["x-1-cp312-cp312-macosx_11_0_universal2.whl", MAC, "3.12", true],
    ["x-1-cp312-cp312-macosx_10_9_x86_64.whl", MAC, "3.12", false],
  ] as const
) {
  Deno.test(`${file} ${expected ? "fits" : "does not fit"} Python ${python} on ${platform.name}`, () => {
    assert.equal(fits(readWheelName(file)!, platform, python), expected);
  });
}

for (const file of ["x.whl", "x-1.tar.gz", "../x-1-py3-none-any.whl", "x-1-py3-none-any.whl/y"]) {
  Deno.test(`${file} is no name of a wheel`, () => {
    assert.equal(readWheelName(file), undefined);
  });
}

Deno.test("an unknown platform is refused with those that are known", () => {
  assert.throws(() => readPlatform("beos"), {
    code: "BUNDLE_PLATFORM_UNKNOWN",
    hint: /linux, windows, macos/,
  });
});

const digest = (letter: string) => letter.repeat(64);
const file = (name: string, letter: string) =>
  `{ url = "https://wheels.test/${name}", hash = "sha256:${digest(letter)}", size = 7 }`;
const LOCK = `version = 1

[[package]]
name = "demo"
version = "0.1.0"
source = { virtual = "." }

[[package]]
name = "both"
version = "1.0+cpu"
source = { registry = "https://wheels.test/simple" }
sdist = ${file("both-1.0.tar.gz", "a")}
wheels = [
  ${file("both-1.0%2Bcpu-cp312-cp312-manylinux_2_28_x86_64.whl", "b")},
  ${file("both-1.0%2Bcpu-cp312-cp312-win_amd64.whl", "c")},
]

[[package]]
name = "old-way"
version = "2.0"
source = { registry = "https://wheels.test/simple" }
sdist = ${file("old_way-2.0.tar.gz", "d")}

[[package]]
name = "forked"
version = "4.0"
source = { registry = "https://mac.test/simple" }
resolution-markers = ["sys_platform == 'darwin'"]
wheels = [
  ${file("forked-4.0-cp312-cp312-macosx_11_0_arm64.whl", "f")},
]

[[package]]
name = "forked"
version = "4.0"
source = { registry = "https://wheels.test/simple" }
resolution-markers = ["sys_platform != 'darwin'"]
wheels = [
  ${file("forked-4.0-cp312-cp312-manylinux_2_28_x86_64.whl", "0")},
]

[[package]]
name = "from-git"
version = "3.0"
source = { git = "https://git.test/x?rev=y&subdirectory=py#${"9".repeat(40)}" }

[[package]]
name = "from-address"
version = "5.0"
source = { url = "https://wheels.test/from.zip", subdirectory = "py" }
sdist = { hash = "sha256:${digest("f")}" }

[[package]]
name = "beside"
version = "4.0"
source = { editable = "../../beside" }
`;
const PACKAGES = readLockedPackages(LOCK, "uv.lock");
const HERE = "3.12";
const need = (...names: string[]) =>
  names.map((name) => ({
    name,
    version: PACKAGES.find((one) => one.name === name)!.version,
  }));

Deno.test("wheels are chosen for each platform, what has none is built here, and what cannot be packed is refused", () => {
  const { wheels, builds } = planWheels(
    PACKAGES,
    new Map([[LINUX, need("both", "old-way")], [WINDOWS, need("both")]]),
    HERE,
  );
  assert.deepEqual(wheels.map(({ file, sha256, size }) => [file, sha256, size]), [
    ["both-1.0+cpu-cp312-cp312-manylinux_2_28_x86_64.whl", digest("b"), 7],
    ["both-1.0+cpu-cp312-cp312-win_amd64.whl", digest("c"), 7],
  ]);
  assert.deepEqual(builds.map(({ name, version }) => [name, version]), [["old-way", "2.0"]]);
  const refused = { code: "BUNDLE_INCOMPLETE" };
  const everywhere = new Map([[LINUX, need("old-way")], [WINDOWS, need("old-way")]]);
  assert.deepEqual(planWheels(PACKAGES, everywhere, HERE).builds[0]?.platforms, [LINUX, WINDOWS]);
  assert.throws(() => planWheels(PACKAGES, new Map([[LINUX, need("beside")]]), HERE), {
    ...refused,
    message: /package beside: it lies at "\.\.\/\.\.\/beside"/,
    hint: /git repository/,
  });
});

Deno.test("packages of git and of addresses are built of just what the lock names", () => {
  const unknown = { name: "from-git", version: "git+https://git.test/x@9" };
  const needed = new Map([[LINUX, [unknown, ...need("from-address", "old-way")]]]);
  assert.deepEqual(planWheels(PACKAGES, needed, HERE).builds.map(({ from }) => from), [
    {
      file: "from.zip",
      url: "https://wheels.test/from.zip",
      sha256: digest("f"),
      size: undefined,
      subdirectory: "py",
      index: undefined,
    },
    { url: "https://git.test/x", commit: "9".repeat(40), subdirectory: "py" },
    {
      file: "old_way-2.0.tar.gz",
      url: "https://wheels.test/old_way-2.0.tar.gz",
      sha256: digest("d"),
      size: 7,
      subdirectory: undefined,
      index: "https://wheels.test/simple",
    },
  ]);
});

const build = { name: "built", version: "1.0", platforms: [LINUX, WINDOWS] };
for (
  const [file, refused] of [
    ["built-1.0-py3-none-any.whl", undefined],
    ["built-1.0.0-py3-none-any.whl", undefined],
    ["built-1.0-cp312-cp312-linux_x86_64.whl", /no wheel for x86_64-pc-windows-msvc/],
    ["built-1.0-py313-none-any.whl", /no wheel for x86_64-unknown-linux-gnu/],
    ["built-1.1-py3-none-any.whl", /gave version 1\.1, uv\.lock says 1\.0/],
    ["other-1.0-py3-none-any.whl", /gave "other/],
  ] as const
) {
  Deno.test(`${file}, built for Linux and Windows, ${refused ? "is refused" : "goes along"}`, () => {
    const check = () => requireFit(file, build, HERE);
    if (refused) assert.throws(check, { code: "BUNDLE_INCOMPLETE", message: refused });
    else assert.doesNotThrow(check);
  });
}

for (
  const [one, other, same] of [
    ["1.0", "1.0.0", true],
    ["1.0", "1", true],
    ["1.0rc1", "1rc1", true],
    ["1.0+Local-1", "1.0+local.1", true],
    ["1.0.1", "1.0", false],
    ["1.0+cpu", "1.0", false],
    ["10", "1", false],
  ] as const
) {
  Deno.test(`${one} and ${other} are ${same ? "one version" : "two versions"}`, () => {
    assert.equal(isSameVersion(one, other), same);
  });
}

Deno.test("a version that a lock has from several indexes is packed from the one that has a wheel for the platform", () => {
  const filesFor = (platform: typeof LINUX) =>
    planWheels(PACKAGES, new Map([[platform, need("forked")]]), HERE).wheels.map(({ file }) =>
      file
    );
  assert.deepEqual(filesFor(LINUX), ["forked-4.0-cp312-cp312-manylinux_2_28_x86_64.whl"]);
  assert.deepEqual(filesFor(MAC), ["forked-4.0-cp312-cp312-macosx_11_0_arm64.whl"]);
});

const along = (name: string, letter: string) => ({
  path: `wheels/${name}`,
  size: 7,
  sha256: digest(letter),
  executable: false,
});
const check = (...files: ReturnType<typeof along>[]) =>
  checkWheels({ lockText: LOCK, python: "3.12" }, files, "x");

Deno.test("only wheels of the lock come in, and built ones only where the lock has none", () => {
  const { files, built } = check(
    along("both-1.0+cpu-cp312-cp312-manylinux_2_28_x86_64.whl", "b"),
    along("old_way-2.0-py3-none-any.whl", "e"),
  );
  assert.deepEqual([files.size, built], [2, ["old-way"]]);
  const { origins } = check(
    along("from_git-3.0-py3-none-any.whl", "e"),
    along("from_address-5.0-py3-none-any.whl", "e"),
  );
  assert.deepEqual([...origins], [
    ["from-git", {
      version: "3.0",
      directUrl: {
        url: "https://git.test/x",
        vcs_info: { vcs: "git", commit_id: "9".repeat(40) },
        subdirectory: "py",
      },
    }],
    ["from-address", {
      version: "5.0",
      directUrl: { url: "https://wheels.test/from.zip", archive_info: {}, subdirectory: "py" },
    }],
  ]);
  for (
    const wrong of [
      along("both-1.0+cpu-cp312-cp312-manylinux_2_28_x86_64.whl", "e"),
      along("both-1.0+cpu-1-cp312-cp312-manylinux_2_28_x86_64.whl", "b"),
      along("stranger-1.0-py3-none-any.whl", "b"),
      along("old_way-2.0.tar.gz", "d"),
      along("beside-4.0-py3-none-any.whl", "b"),
    ]
  ) {
    assert.throws(() => check(wrong), { code: "BUNDLE_INVALID" }, wrong.path);
  }
  assert.throws(() => checkWheels({}, [along("six-1-py3-none-any.whl", "a")], "x"), {
    code: "BUNDLE_INVALID",
  });
});
