import assert from "node:assert/strict";
import { join } from "node:path";
import { ComfydockError } from "../../../src/base/mod.ts";
import {
  memorySource,
  readFormat,
  readFormatKnowledge,
  readModelFormat,
  UNKNOWN_GLOBAL,
} from "../../../src/models/formats/mod.ts";
import { rawZip } from "../../support/archives.ts";
import { pythonProgram } from "../../support/python_program.ts";

const knowledge = await readFormatKnowledge();

function read(bytes: Uint8Array<ArrayBuffer>, extension = ".pt") {
  return readFormat(memorySource(bytes), extension, knowledge);
}

/** Bytes from a text with one letter for each. */
function latin(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

const SYSTEM = latin("\x80\x02cposix\nsystem\nq\x00X\x02\x00\x00\x00id\x85q\x01R.");

Deno.test("pickles that Python wrote name what loading them would import, in every protocol", async () => {
  const directory = await Deno.makeTempDir();
  try {
    const program = join(directory, "write.py");
    await Deno.writeTextFile(program, WRITER);
    const { code, stderr } = await new Deno.Command(await pythonProgram(), {
      args: [program, directory],
    }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    for (const protocol of [0, 1, 2, 3, 4, 5]) {
      const { kind, unsafe } = await readModelFormat(join(directory, `evil${protocol}.ckpt`));
      assert.equal(kind, "pickle");
      const names = new Set(unsafe);
      // Python 2's names of the modules, in the old protocols.
      const opener = protocol < 3 ? "commands.Popen" : "subprocess.Popen";
      assert.ok(names.has(opener), `${protocol}: ${unsafe}`);
      assert.ok([...names].some((name) => /^(posix|nt)\.system$/.test(name)), `${unsafe}`);
      const lookup = protocol < 3 ? "__builtin__.getattr" : "builtins.getattr";
      assert.ok(names.has(lookup), `${protocol}: ${unsafe}`);
      const tame = await readModelFormat(join(directory, `tame${protocol}.pt`));
      assert.deepEqual(tame, { kind: "pickle", unsafe: [] });
    }
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

const WRITER = `
import collections, os, pickle, subprocess, sys
class Evil:
    def __init__(self, call, *given): self.call, self.given = call, given
    def __reduce__(self): return self.call, self.given
for protocol in range(6):
    evil = [Evil(os.system, "id"), {"a": Evil(subprocess.Popen, "id")}, Evil(getattr, "x", "upper")]
    tame = collections.OrderedDict(weight=[1.5, 2, b"x" * 100_000, "y" * 5000, (1, (2, 3, 4)), True, None, 10**30])
    for name, value in (("evil", evil), ("tame", tame)):
        ending = ".ckpt" if name == "evil" else ".pt"
        with open(os.path.join(sys.argv[1], name + str(protocol) + ending), "wb") as file:
            pickle.dump(value, file, protocol)
`;

Deno.test("PyTorch's zip files are looked into: their pickles, and nothing else", () => {
  const evil = rawZip([{ name: "archive/data.pkl", data: SYSTEM }, { name: "archive/data/0" }]);
  assert.deepEqual(read(evil), { kind: "pickle", unsafe: ["posix.system"] });
  const plain = rawZip([{ name: "readme.txt", data: "hello" }]);
  assert.deepEqual(read(plain), { kind: "zip" });
  // A second entry of the same name must not hide behind the first.
  const twice = rawZip([{ name: "a/data.pkl", data: latin("\x80\x02}.") }, {
    name: "a/data.pkl",
    data: SYSTEM,
  }]);
  assert.deepEqual(read(twice).unsafe, ["posix.system"]);
});

Deno.test("zip bombs and broken zip files are told, and never unpacked in full", () => {
  const zeros = new Uint8Array(80 * 1024 ** 2);
  const whole = rawZip([{ name: "a/data.pkl", data: SYSTEM }]);
  const cases: readonly (readonly [string, Uint8Array<ArrayBuffer>, string])[] = [
    ["honest bomb", rawZip([{ name: "a/data.pkl", data: zeros }]), "MODEL_ARCHIVE_BOMB"],
    [
      "bomb that claims 10 bytes",
      rawZip([{ name: "a/data.pkl", data: zeros, declaredSize: 10 }]),
      "MODEL_ARCHIVE_BOMB",
    ],
    [
      "bomb beside the pickle",
      rawZip([{ name: "a/data/0", data: "x", declaredSize: 3_000_000_000 }]),
      "MODEL_ARCHIVE_BOMB",
    ],
    ["cut off", whole.slice(0, -30), "MODEL_BROKEN"],
    ["no pickle inside", rawZip([{ name: "a/data.pkl", data: "\xff\xfe" }]), "MODEL_BROKEN"],
  ];
  for (const [name, bytes, code] of cases) {
    assert.throws(
      () => read(bytes),
      (error) => error instanceof ComfydockError && error.code === code,
      name,
    );
  }
});

Deno.test("tricks that hide a name make it an unknown one, and damage names what comes before it", () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ["name from a call", "\x80\x04\x8c\x02os\x8c\x01a\x85\x93.", [UNKNOWN_GLOBAL]],
    ["name by memo", "\x80\x04\x8c\x05posix\x94\x8c\x06system\x94h\x00h\x01\x93.", [
      "posix.system",
    ]],
    ["duplicated", "\x80\x04\x8c\x04code2\x93.", ["code.code"]],
    ["extension", "\x80\x02\x82\x05.", [UNKNOWN_GLOBAL]],
    ["instance", "(iposix\nsystem\n.", ["posix.system"]],
    ["behind the first pickle", "\x80\x02}.\x80\x02cposix\nsystem\n.", ["posix.system"]],
    ["without magic number", "cposix\nsystem\n(S'id'\ntR.", ["posix.system"]],
    ["damaged later, without magic number", "cposix\nsystem\n\xff", ["posix.system"]],
  ];
  for (const [name, text, unsafe] of cases) {
    assert.deepEqual(read(latin(text)), { kind: "pickle", unsafe }, name);
  }
  assert.throws(() => read(latin("\x80\x02cposix\nsystem\n")), {
    code: "MODEL_BROKEN",
    message: /loading it would use posix\.system/,
  });
  assert.deepEqual(read(latin("\x93NUMPY")), { kind: "other" });
});

Deno.test("a pickle does not fill the memory by what it claims", () => {
  const huge = latin("\x80\x04\x8e\xff\xff\xff\xff\xff\xff\x00\x00.");
  assert.throws(() => read(huge), { code: "MODEL_BROKEN" });
  const endless = latin("\x80\x04" + "(".repeat(1_100_000));
  assert.throws(() => read(endless), { code: "MODEL_BROKEN" });
});
