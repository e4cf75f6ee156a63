import assert from "node:assert/strict";
import { chooseBase, readContainerKnowledge } from "../../../src/bundles/container/knowledge.ts";
import { planContainer } from "../../../src/bundles/container/plan.ts";
import { parseYaml } from "../../../src/base/mod.ts";
import { lintDockerfile } from "../../support/dockerfile/lint.ts";
import { parseDockerfile } from "../../support/dockerfile/parse.ts";
import { DOCKERFILE_RULES } from "../../support/dockerfile/rules.ts";
import { containerFacts } from "../../support/container_facts.ts";

const BAD: Readonly<Record<string, string>> = {
  DL3000: "FROM a:1\nWORKDIR app\nUSER 1",
  DL3001: "FROM a:1\nRUN ssh host\nUSER 1",
  DL3002: "FROM a:1\nUSER 1\nUSER 0",
  DL3003: "FROM a:1\nRUN cd /app && make\nUSER 1",
  DL3004: "FROM a:1\nRUN sudo make\nUSER 1",
  DL3006: "FROM a\nUSER 1",
  DL3007: "FROM a:latest\nUSER 1",
  DL3008:
    "FROM a:1\nRUN apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*\nUSER 1",
  DL3009: "FROM a:1\nRUN apt-get update\nUSER 1",
  DL3011: "FROM a:1\nEXPOSE 80000\nUSER 1",
  DL3012: 'FROM a:1\nHEALTHCHECK CMD ["a"]\nHEALTHCHECK CMD ["b"]\nUSER 1',
  DL3013: "FROM a:1\nRUN pip install flask\nUSER 1",
  DL3014:
    "FROM a:1\nRUN apt-get install --no-install-recommends git=1 && rm -rf /var/lib/apt/lists/*\nUSER 1",
  DL3015: "FROM a:1\nRUN apt-get install -y git=1 && rm -rf /var/lib/apt/lists/*\nUSER 1",
  DL3020: "FROM a:1\nADD file /app/\nUSER 1",
  DL3021: "FROM a:1\nCOPY a b /app\nUSER 1",
  DL3022: "FROM a:1\nCOPY --from=other /a /b\nUSER 1",
  DL3024: "FROM a:1 AS x\nFROM b:1 AS x\nUSER 1",
  DL3025: "FROM a:1\nUSER 1\nCMD python main.py",
  DL3027: "FROM a:1\nRUN apt list\nUSER 1",
  DL3029: "FROM --platform=linux/amd64 a:1\nUSER 1",
  DL3045: "FROM a:1\nCOPY a b\nUSER 1",
  DL3046: "FROM a:1\nRUN useradd -u 100000 me\nUSER 1",
  DL3047: "FROM a:1\nRUN wget https://a.test\nUSER 1",
  DL3059: "FROM a:1\nRUN a\n# why\nRUN b\nUSER 1",
  DL3066: "FROM a:1\nUSER me",
  DL4000: "FROM a:1\nMAINTAINER me\nUSER 1",
  DL4001: "FROM a:1\nRUN wget -q https://a.test && curl https://b.test\nUSER 1",
  DL4003: 'FROM a:1\nUSER 1\nCMD ["a"]\nCMD ["b"]',
  DL4004: 'FROM a:1\nUSER 1\nENTRYPOINT ["a"]\nENTRYPOINT ["b"]',
  DL4006: "FROM a:1\nRUN a | b\nUSER 1",
};

Deno.test("the check of Dockerfiles finds what each of its rules forbids, and nothing else", () => {
  assert.deepEqual(Object.keys(BAD), Object.keys(DOCKERFILE_RULES));
  for (const [rule, source] of Object.entries(BAD)) {
    const found = lintDockerfile(source);
    assert.deepEqual(found.map((each) => each.split(": ")[1]), [rule], source);
  }
  assert.deepEqual(lintDockerfile("FROM a:1\nRUN a\n# hadolint ignore=DL3059\nRUN b\nUSER 1"), []);
});

Deno.test("the Dockerfile of every backend keeps to hadolint's rules, but for two with their reasons", async () => {
  const knowledge = await readContainerKnowledge();
  for (const backend of ["cpu", "none", "cu118", "cu126", "cu128", "cu130", "rocm6.3"]) {
    const base = chooseBase(knowledge, backend);
    const text = fileOf(containerFacts({ backend, base }), "Dockerfile");
    assert.deepEqual(lintDockerfile(text), [], text);
    const ignored = new Set(parseDockerfile(text).flatMap(({ ignored }) => [...ignored]));
    assert.deepEqual([...ignored].sort(), ["DL3008", "DL3059"]);
    assert.equal(/cuda/.test(text.match(/^FROM .*$/gm)!.at(-1)!), backend.startsWith("cu"));
  }
});

Deno.test("an image is by its backend, or as it is named with a tag or a digest", async () => {
  const knowledge = await readContainerKnowledge();
  const digest = `ubuntu@sha256:${"0".repeat(64)}`;
  for (const image of ["ubuntu:24.04", "host.test:5000/my/image:1", digest]) {
    assert.deepEqual(chooseBase(knowledge, "cu999", image), { image, gpu: "nvidia" });
  }
  for (const image of ["ubuntu", "ubuntu:latest", "host.test:5000/image", "a:1\nRUN x", "-a:1"]) {
    assert.throws(() => chooseBase(knowledge, "cpu", image), { code: "CONTAINER_BASE_UNKNOWN" });
  }
  for (const backend of ["xpu", "cu999"]) {
    assert.throws(() => chooseBase(knowledge, backend), { code: "CONTAINER_BASE_UNKNOWN" });
  }
});

Deno.test("what stands in a manifest is nothing but text to Dockerfile and shell", () => {
  const text = fileOf(containerFacts(), "Dockerfile");
  assert.match(
    text,
    /ADD --checksum=sha256:(?:ab){32} \["https:\/\/packs\.test\/alpha\/node\.zip\?x=\\\\\$HOME&y=1",/,
  );
  assert.match(text, /-- 'https:\/\/git\.test\/me\/be'\\''ta' 0123456789abcdef/);
  assert.match(text, /'\/opt\/comfydock\/ComfyUI\/custom_nodes\/alpha pack'/);
});

Deno.test("the compose file is YAML that reaches the GPU of the backend and holds no token", async () => {
  const devices = { none: undefined, nvidia: ["deploy"], amd: ["devices", "group_add"] } as const;
  for (const gpu of ["none", "nvidia", "amd"] as const) {
    const text = fileOf(containerFacts({ base: { image: "a:1", gpu } }), "compose.yaml");
    const file = plain(await parseYaml(text, "compose.yaml")) as {
      readonly name: string;
      readonly services: { readonly comfyui: Readonly<Record<string, unknown>> };
      readonly secrets: Readonly<Record<string, unknown>>;
    };
    const { comfyui } = file.services;
    assert.equal(file.name, "demo-environment");
    for (const key of devices[gpu] ?? []) assert.ok(comfyui[key], `${gpu}: ${key}`);
    assert.equal(comfyui.deploy !== undefined, gpu === "nvidia");
    assert.deepEqual(Object.keys(file.secrets), ["huggingface_token", "civitai_token"]);
    assert.deepEqual(comfyui.ports, ["${ADDRESS:-127.0.0.1}:${PORT:-8188}:8188"]);
  }
});

Deno.test("packs without a pin are refused, those of this machine and disabled ones are told", () => {
  const { notes, packed, fetched } = planContainer(
    containerFacts({ packed: new Set() }),
    [],
    new Map(),
  );
  assert.deepEqual([packed, fetched], [[], ["alpha", "beta"]]);
  assert.deepEqual(notes, [
    "The development node pack gamma does not come along; --with-nodes packs it",
    "The node pack off is disabled and does not come along",
  ]);
  const facts = containerFacts();
  const { alpha: near, beta: far } = facts.manifest.nodes;
  const nodes = {
    ...facts.manifest.nodes,
    alpha: { ...near!, downloadUrl: "http://localhost:8000/alpha.zip" },
    beta: { ...far!, repository: "git@git.test:me/beta.git" },
  };
  const away = planContainer({ ...facts, manifest: { ...facts.manifest, nodes } }, [], new Map());
  assert.deepEqual(
    away.notes.filter((note) => /may not reach/.test(note)).map((note) =>
      / pack (\w+)/.exec(note)?.[1]
    ),
    ["alpha", "beta"],
  );
  const alpha = { ...facts.manifest.nodes.alpha!, sha256: undefined };
  const manifest = { ...facts.manifest, nodes: { ...facts.manifest.nodes, alpha } };
  assert.throws(() => planContainer({ ...facts, manifest }, [], new Map()), {
    code: "CONTAINER_INCOMPLETE",
  });
});

function fileOf(facts: ReturnType<typeof containerFacts>, path: string): string {
  const { from } = planContainer(facts, [], new Map()).files.find((file) => file.path === path)!;
  return new TextDecoder().decode(from as Uint8Array);
}

/** Maps as objects. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, inner]) => [String(key), plain(inner)]));
}
