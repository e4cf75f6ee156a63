import { deepEqual, equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import type { DoctorData, FindingData } from "../../../src/cli/workspace/doctor.ts";
import { environmentLayout } from "../../../src/workspace/mod.ts";
import { serve } from "../../support/http_server.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { withStubs } from "../../support/stub_programs.ts";
import {
  dataOf,
  MANIFEST,
  textsBelow,
  withWorkspace,
  type WorkspaceFixture,
} from "./support/workspace.ts";

const PYTHONS = JSON.stringify([{ version: "3.12.7", path: "/opt/python3.12" }]);
const TOOLS = {
  git: { "*": "git version 2.44.0" },
  uv: {
    script: `case "$*" in
*"python list"*) printf '%s\\n' '${PYTHONS}';;
*--version) echo "uv 0.99.0";;
esac`,
  },
};
/** What nvidia-smi says, whichever way it is asked. */
const NVIDIA_SMI = `case "$*" in
*--query-gpu*) echo "NVIDIA GeForce RTX 4090, 580.65.06, 8.9";;
*) echo "| NVIDIA-SMI 580.65.06  Driver Version: 580.65.06  CUDA Version: 13.0 |";;
esac`;
const posixOnly = Deno.build.os === "windows";

/** Runs doctor with stub programs alone on PATH. */
async function look(
  { run }: WorkspaceFixture,
  argv: readonly string[] = ["--offline"],
  stubs: Parameters<typeof withStubs>[0] = TOOLS,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly findings: readonly FindingData[] }> {
  let done: Awaited<ReturnType<typeof run>> | undefined;
  await withStubs(stubs, async (env) => {
    done = await run(["doctor", ...argv, "--json"], { env: { ...env, ...more } });
  });
  await assertPublishedShape(done!.json);
  const { findings, healthy } = dataOf<DoctorData>(done!);
  equal(done!.code, healthy ? 0 : 1);
  for (const { severity, hint, message } of findings) {
    if (severity === "warning" || severity === "error") ok(hint, message);
  }
  return { code: done!.code, findings };
}

function of(findings: readonly FindingData[], check: FindingData["check"]): string[] {
  return findings.filter((each) => each.check === check)
    .map(({ severity, message }) => `${severity}: ${message}`);
}

Deno.test({
  name: "doctor finds nothing wrong with a new workspace, and changes nothing",
  ignore: posixOnly,
  fn: () =>
    withWorkspace(async (fixture) => {
      const before = await textsBelow(fixture.layout.root);
      const { code, findings } = await look(fixture);
      equal(code, 0);
      deepEqual(findings.filter(({ severity }) => severity === "error"), []);
      deepEqual(of(findings, "git"), ["ok: git 2.44"]);
      match(of(findings, "uv")[0]!, /^ok: uv 0\.99\.0, /);
      deepEqual(of(findings, "python"), ["ok: Python 3.12.7, /opt/python3.12"]);
      match(of(findings, "network")[0]!, /^info: Not asked/);
      match(of(findings, "torch")[0]!, /^ok: PyTorch for this machine is cpu/);
      deepEqual(await textsBelow(fixture.layout.root), before);
    }),
});

Deno.test({
  name: "doctor tells which tools are missing or too old, with what installs them",
  ignore: posixOnly,
  fn: () =>
    withWorkspace(async (fixture) => {
      const none = await look(fixture, ["--offline"], {});
      equal(none.code, 1);
      match(of(none.findings, "git")[0]!, /^error: .*git/);
      match(of(none.findings, "uv")[0]!, /^error: uv is not installed/);
      const old = await look(fixture, ["--offline"], {
        git: { "*": "git version 1.8.0" },
        uv: { "*": "uv 0.1.0" },
      });
      match(of(old.findings, "git")[0]!, /^error: .*older than 2\.25/);
      match(of(old.findings, "uv")[0]!, /0\.1\.0, older than/);
    }),
});

Deno.test({
  name: "doctor asks the driver of the GPU, and tells environments that it cannot run",
  ignore: posixOnly,
  fn: () =>
    withWorkspace(async (fixture) => {
      for (const [name, backend] of [["amd", "rocm6.4"], ["nvidia", "cu126"], ["none", "none"]]) {
        const { cec, manifest } = environmentLayout(fixture.layout, name!);
        await Deno.mkdir(cec, { recursive: true });
        await Deno.writeTextFile(manifest, `${MANIFEST}torch_backend = "${backend}"\n`);
      }
      const stubs = { ...TOOLS, "nvidia-smi": { script: NVIDIA_SMI } };
      const { findings } = await look(fixture, ["--offline"], stubs);
      const [found, ...others] = of(findings, "torch");
      match(found!, /^ok: PyTorch for this machine is cu\d+ \(nvidia-smi: /);
      equal(others.length, 1);
      match(others[0]!, /^warning: amd has PyTorch for rocm6\.4/);
    }),
});

Deno.test({
  name: "doctor asks the configured servers and no other",
  ignore: posixOnly,
  fn: () =>
    withWorkspace(async (fixture) => {
      const methods: string[] = [];
      await using server = serve(({ method }) => {
        methods.push(method);
        return new Response(null, { status: 404 });
      });
      await using elsewhere = serve(() => new Response("not asked"));
      await using moved = serve(() =>
        new Response(null, { status: 302, headers: { location: elsewhere.url } })
      );
      const gone = "http://127.0.0.1:9";
      const { code, findings } = await look(fixture, [], TOOLS, {
        COMFYDOCK_REGISTRY_URL: server.url,
        COMFYDOCK_MANAGER_URL: moved.url,
        COMFYDOCK_COMFYUI_SOURCE: `${gone}/ComfyUI.git`,
      });
      equal(code, 0);
      const network = of(findings, "network");
      match(network[0]!, /^ok: 127\.0\.0\.1:\d+ answers \(registry_url\)/);
      match(network[1]!, /^ok: .* \(manager_url\)/);
      match(network[2]!, /^warning: 127\.0\.0\.1:9 cannot be reached \(comfyui_source\)/);
      deepEqual(methods, ["HEAD"]);
      equal(elsewhere.requests.length, 0);
    }),
});

Deno.test({
  name: "doctor tells environments that are damaged and directories that are none",
  ignore: posixOnly,
  fn: () =>
    withWorkspace(async (fixture) => {
      const { layout, makeEnvironments } = fixture;
      await makeEnvironments("whole", "broken", "gone");
      await Deno.writeTextFile(environmentLayout(layout, "broken").manifest, "[project\n");
      const { venv } = environmentLayout(layout, "gone");
      await Deno.mkdir(join(venv, "bin"), { recursive: true });
      await Deno.writeTextFile(join(venv, "pyvenv.cfg"), "");
      await Deno.symlink("/nowhere/python", join(venv, "bin", "python"));
      await Deno.mkdir(join(layout.environments, "stranger"));
      const { code, findings } = await look(fixture);
      equal(code, 1);
      const told = of(findings, "environments").join("\n");
      match(told, /error: .*broken/);
      match(told, /error: The Python of gone is gone/);
      match(told, /warning: ".*stranger" is no environment/);
      equal(told.includes("whole"), false);
    }),
});
