import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { answerFile } from "../../support/file_server.ts";
import { serve } from "../../support/http_server.ts";
import { pythonProgram } from "../../support/python_program.ts";
import { projectRoot } from "../../../tasks/run_deno.ts";

const BYTES = new TextEncoder().encode("weights ".repeat(40_000));
const SHA256 = createHash("sha256").update(BYTES).digest("hex");
const TOKEN = "a-token-4711";
const MAIN = 'import sys\nprint("started", *sys.argv[1:])\n';

/** What a container finds when it starts. */
interface Image {
  readonly root: string;
  /** Where the model comes to. */
  readonly model: string;
  /** Starts it with a list of models. */
  start(
    model: Readonly<Record<string, unknown>>,
    args?: readonly string[],
  ): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
}

/** Containers are Linux; a Python of Windows cannot become another program. */
function imageTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: Deno.build.os === "windows", fn });
}

async function withImage(work: (image: Image) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "comfydock-image-" });
  try {
    const scripts = join(projectRoot, "data", "container");
    await Deno.mkdir(join(root, "ComfyUI", "models"), { recursive: true });
    await Deno.mkdir(join(root, "secrets"));
    await Deno.copyFile(join(scripts, "start.py"), join(root, "start.py"));
    await Deno.writeTextFile(join(root, "ComfyUI", "main.py"), MAIN);
    await Deno.writeTextFile(join(root, "secrets", "huggingface_token"), `${TOKEN}\n`);
    const base = { key: "base", path: "loras/a.bin", sha256: SHA256, size: BYTES.length };
    await work({
      root,
      model: join(root, "ComfyUI", "models", "loras", "a.bin"),
      async start(model, args = []) {
        const models = [{ ...base, required: true, ...model }];
        await Deno.writeTextFile(join(root, "models.json"), JSON.stringify({ models }));
        const { code, stdout, stderr } = await new Deno.Command(await pythonProgram(), {
          args: [join(root, "start.py"), ...args],
          env: { FETCH_MODELS: "1", SECRETS_DIR: join(root, "secrets"), NO_PROXY: "127.0.0.1" },
        }).output();
        const [out = "", told = ""] = [stdout, stderr].map((each) =>
          new TextDecoder().decode(each)
        );
        return { code, stdout: out, stderr: told };
      },
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

imageTest(
  "a container that starts sends a token to its own service alone, and becomes ComfyUI",
  async () => {
    const sent: (string | null)[] = [];
    const note = ({ headers }: Request) => void sent.push(headers.get("authorization"));
    await using storage = serve((request) => {
      note(request);
      return answerFile(request, { bytes: BYTES });
    });
    await using service = serve((request) => {
      note(request);
      return Response.redirect(`${storage.url}/a.bin`, 302);
    });
    await withImage(async ({ model, start }) => {
      const sources = [{ url: `${service.url}/a.bin`, service: "huggingface" }];
      const { code, stdout, stderr } = await start({ sources }, ["--cpu", "--port", "9"]);
      assert.equal(code, 0, stderr);
      assert.equal(stdout.trim(), "started --listen 0.0.0.0 --cpu --port 9");
      assert.deepEqual(await Deno.readFile(model), BYTES);
      assert.deepEqual(sent, [`Bearer ${TOKEN}`, null]);
      assert.equal(stderr.includes(TOKEN), false);
      await start({ sources });
      assert.equal(service.requests.length, 1, "what is there is not fetched again");
    });
  },
);

imageTest(
  "a container goes on with a download that was cut off, and takes no other bytes",
  async () => {
    const other = new TextEncoder().encode("x".repeat(BYTES.length));
    await using cut = serve((request, count) =>
      answerFile(request, { bytes: BYTES, cutAt: count === 0 ? 100_000 : undefined })
    );
    await using wrong = serve((request) => answerFile(request, { bytes: other }));
    await withImage(async ({ model, start }) => {
      const first = await start({ sources: [{ url: `${wrong.url}/a.bin` }] });
      assert.equal(first.code, 1);
      assert.match(first.stderr, /its SHA-256 is another\n.*could not be fetched: loras\/a\.bin/);
      const optional = await start({ sources: [{ url: `${wrong.url}/a.bin` }], required: false });
      assert.deepEqual([optional.code, optional.stdout.startsWith("started")], [0, true]);
      const { code, stderr } = await start({
        sources: [{ url: `${cut.url}/a.bin` }, { url: `${cut.url}/a.bin` }],
      });
      assert.equal(code, 0, stderr);
      assert.match(stderr, /the answer was cut off/);
      assert.equal(cut.requests[1]?.headers.get("range"), `bytes=100000-`);
      assert.deepEqual(await Deno.readFile(model), BYTES);
    });
  },
);

imageTest("a model that leads out of its place is not fetched", async () => {
  await withImage(async ({ root, start }) => {
    const { code, stderr } = await start({ path: "../../outside.bin", sources: [] });
    assert.equal(code, 1);
    assert.match(stderr, /leads out of the models/);
    await assert.rejects(Deno.stat(join(root, "outside.bin")), Deno.errors.NotFound);
  });
});
