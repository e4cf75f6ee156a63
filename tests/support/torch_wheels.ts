import { join } from "node:path";
import { normalizePackageName } from "../../src/pyproject/mod.ts";
import { writeWheel } from "./wheels.ts";

/** What PyTorch's own index has beside torch and its sisters, by the beginning of a backend's name. */
const COMPANIONS: Readonly<Record<string, string>> = {
  rocm: "pytorch_triton_rocm",
  xpu: "triton_xpu",
};

/**
 * Writes wheels of nothing but names and versions, as PyTorch's index has them for one backend.
 *
 * @param directory Where to; made when missing.
 * @param backend Such as `cu128`.
 */
export async function writeTorchWheels(directory: string, backend: string): Promise<void> {
  const companion = Object.entries(COMPANIONS).find(([start]) => backend.startsWith(start))?.[1];
  const local = (version: string) => `${version}+${backend}`;
  await writeWheel(directory, {
    name: "torch",
    version: local("2.8.0"),
    requires: companion ? [`${companion}==3.4.0; sys_platform == 'linux'`] : [],
  });
  for (const [name, version] of [["torchvision", "0.23.0"], ["torchaudio", "2.8.0"]] as const) {
    await writeWheel(directory, {
      name,
      version: local(version),
      requires: [`torch==${local("2.8.0")}`],
    });
  }
  if (companion) await writeWheel(directory, { name: companion, version: "3.4.0" });
}

/** An index on loopback. */
export interface WheelServer {
  readonly url: string;
  /** The names of the wheels that were fetched. */
  readonly fetched: readonly string[];
}

/** Serves a directory of wheels as a simple index (PEP 503) while work goes on. */
export async function withWheelServer(
  directory: string,
  work: (server: WheelServer) => Promise<void>,
): Promise<void> {
  const fetched: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const parts = new URL(request.url).pathname.split("/").filter((part) => part !== "");
      const name = decodeURIComponent(parts.at(-1) ?? "");
      if (name.endsWith(".whl")) {
        fetched.push(name);
        return new Response(await Deno.readFile(join(directory, name)));
      }
      const files = (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name)
        .filter((file) => normalizePackageName(file.split("-")[0]!) === name);
      if (files.length === 0) return new Response(null, { status: 404 });
      const links = files.map((file) =>
        `<a href="/files/${encodeURIComponent(file)}">${file}</a><br>`
      );
      return new Response(`<!DOCTYPE html><html><body>${links.join("\n")}</body></html>`, {
        headers: { "content-type": "text/html" },
      });
    },
  );
  try {
    await work({ url: `http://127.0.0.1:${server.addr.port}/simple`, fetched });
  } finally {
    await server.shutdown();
  }
}
