import assert from "node:assert/strict";
import { parseRequirement } from "../../../src/pyproject/mod.ts";
import { askPackaging } from "../../support/packaging.ts";
import { askPack, codesOf, textsOf } from "../../support/pack_files.ts";

// As they stand in the files of published node packs.
const REAL = [
  "torch>=2.0.0",
  "opencv-python>=4.7.0.72",
  "opencv-contrib-python-headless",
  "numpy>=1.25.0, <=1.26.4",
  "numpy<2",
  "transformers >= 4.36.0",
  "diffusers~=0.27.0",
  "huggingface_hub[hf_xet]>=0.20",
  "onnxruntime-gpu; sys_platform != 'darwin' and platform_machine == 'x86_64'",
  'onnxruntime;python_version<"3.12"',
  "bitsandbytes ; platform_system != 'Darwin'",
  "pytorch-lightning==1.9.*",
  "scikit_image!=0.23,>=0.20",
  "ultralytics[export] >=8.3.162, !=8.3.40",
  "Pillow>=9.5.0rc1",
  "spandrel@git+https://github.com/chaiNNer-org/spandrel.git@v0.3.4#subdirectory=libs/spandrel",
];

Deno.test("readPackRequirements() takes over real lines as Python's packaging reads them", async () => {
  const pack = await askPack({ "requirements.txt": REAL.join("\n") });
  assert.deepEqual(pack.findings, []);
  assert.deepEqual(textsOf(pack), REAL);
  const { answers } = await askPackaging(REAL);
  for (const [at, text] of REAL.entries()) {
    const { name, specifier, url = null } = parseRequirement(text);
    const wanted = answers[at]!;
    assert.deepEqual([name, url], [wanted.name, wanted.url]);
    assert.deepEqual(specifier.split(",").filter(Boolean).sort(), wanted.specifiers);
  }
});

const TAKEN: readonly (readonly [line: string, requirement: string, ...codes: string[]])[] = [
  [
    "git+https://github.com/openai/CLIP.git",
    "CLIP @ git+https://github.com/openai/CLIP.git",
    "NAME_GUESSED",
  ],
  ["git+https://h.example/u/r.git@v1#egg=real[x]", "real[x] @ git+https://h.example/u/r.git@v1"],
  [
    "git+https://h.example/u/r@main#egg=real&subdirectory=py",
    "real @ git+https://h.example/u/r@main#subdirectory=py",
  ],
  ["git+ssh://git@h.example/u/r.git", "r @ git+ssh://git@h.example/u/r.git", "NAME_GUESSED"],
  ["git@h.example:u/r.git", "r @ git+ssh://git@h.example/u/r.git", "MADE_GIT", "NAME_GUESSED"],
  ["https://github.com/u/r.git", "r @ git+https://github.com/u/r.git", "MADE_GIT", "NAME_GUESSED"],
  [
    "https://h.example/w/insight_face-0.7.3-cp312-cp312-win_amd64.whl; sys_platform == 'win32'",
    "insight_face @ https://h.example/w/insight_face-0.7.3-cp312-cp312-win_amd64.whl ; sys_platform == 'win32'",
  ],
  ["https://h.example/a/xyz-1.2.tar.gz", "xyz @ https://h.example/a/xyz-1.2.tar.gz"],
  [
    "https://github.com/u/r/archive/refs/heads/main.zip",
    "r @ https://github.com/u/r/archive/refs/heads/main.zip",
    "NAME_GUESSED",
  ],
  [
    "https://user:secret@h.example/w/a-1-py3-none-any.whl",
    "a @ https://h.example/w/a-1-py3-none-any.whl",
    "CREDENTIALS",
  ],
  ["x @ git+https://token@h.example/r.git", "x @ git+https://h.example/r.git", "CREDENTIALS"],
  [
    "x @ https://h.example/x.whl; python_version < '3.13'",
    "x @ https://h.example/x.whl ; python_version < '3.13'",
  ],
  ["-e git+https://h.example/u/r.git#egg=r", "r @ git+https://h.example/u/r.git", "EDITABLE"],
  ["numpy;", "numpy"],
  ["numpy --hash=sha256:00", "numpy", "HASHES"],
  ["numpy --config-settings='a=b c'", "numpy", "OPTION"],
  ["numpy --no-deps", "numpy", "OPTION_UNKNOWN"],
];

Deno.test("readPackRequirements() turns what pip takes into what a project takes, and tells it", async () => {
  for (const [line, requirement, ...codes] of TAKEN) {
    const pack = await askPack({ "requirements.txt": `${line}\n` });
    assert.deepEqual(textsOf(pack), [requirement], line);
    assert.deepEqual(codesOf(pack), codes.map((code) => `${code}:1`), line);
    assert.doesNotMatch(JSON.stringify(pack), /secret|token@/);
  }
});

const LEFT_OUT: readonly (readonly [line: string, code: string])[] = [
  ["./wheels/a-1-py3-none-any.whl", "LOCAL_PATH"],
  ["wheels/a.whl", "LOCAL_PATH"],
  ["a-1-py3-none-any.whl", "LOCAL_PATH"],
  ["C:\\wheels\\a.whl", "LOCAL_PATH"],
  ["/opt/a", "LOCAL_PATH"],
  ["..", "LOCAL_PATH"],
  ["file:///opt/a.whl", "LOCAL_PATH"],
  ["a @ file:///opt/a.whl", "LOCAL_PATH"],
  ["a @ ./a.whl", "LOCAL_PATH"],
  ["-e .", "EDITABLE"],
  ["--editable=./[all]", "EDITABLE"],
  ["-e ./src", "LOCAL_PATH"],
  ["hg+https://h.example/r#egg=r", "SCHEME"],
  ["git://h.example/r.git#egg=r", "SCHEME"],
  ["https://h.example/download?id=1", "NAMELESS"],
  ["a @ https://${TOKEN}@h.example/a.whl", "VARIABLE"],
  ["numpy=1.26", "UNREADABLE"],
  ["numpy>=1.26 scipy", "UNREADABLE"],
  ["numpy>=1.*", "UNREADABLE"],
  ["a; sys_platform = 'linux'", "UNREADABLE"],
  ["a; nonsense == 'x'", "UNREADABLE"],
  ["pip install numpy", "UNREADABLE"],
  ["<<<<<<< HEAD", "UNREADABLE"],
  ["--no-index", "OPTION"],
  ["--pre", "OPTION"],
  ["--only-binary :all:", "OPTION"],
  ["--trusted-host h.example", "OPTION"],
  ["--require-hashes", "HASHES"],
  ["--frobnicate", "OPTION_UNKNOWN"],
  ["-r", "UNREADABLE"],
  ["--index-url 'https://h.example", "UNREADABLE"],
];

Deno.test("readPackRequirements() tells every line that it leaves out", async () => {
  for (const [line, code] of LEFT_OUT) {
    const pack = await askPack({ "requirements.txt": `# first\n${line}\nlast\n` });
    assert.deepEqual(textsOf(pack), ["last"], line);
    assert.deepEqual(codesOf(pack), [`${code}:2`], line);
    assert.doesNotMatch(pack.findings[0]!.message, /undefined|[^.]\.$/);
  }
});

Deno.test("readPackRequirements() keeps indexes for the user to decide, without credentials", async () => {
  const lines = [
    "--index-url https://h.example/simple",
    "-i https://me:secret@h.example/simple",
    "--extra-index-url=https://h.example/cu128 --find-links ./wheels",
    "torch --extra-index https://h.example/cu130",
  ];
  const pack = await askPack({ "requirements.txt": lines.join("\n") });
  assert.deepEqual(pack.indexes.map(({ kind, url, line }) => [kind, url, line]), [
    ["index", "https://h.example/simple", 1],
    ["index", "https://***@h.example/simple", 2],
    ["extra-index", "https://h.example/cu128", 3],
    ["find-links", "./wheels", 3],
    ["extra-index", "https://h.example/cu130", 4],
  ]);
  assert.deepEqual(textsOf(pack), ["torch"]);
});
