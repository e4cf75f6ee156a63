import { deepEqual, rejects } from "node:assert/strict";
import { join } from "node:path";
import { readUvConfigurations } from "../../../src/tools/mod.ts";

Deno.test("uv's configuration is that of the project, then of the user, unless variables say another", async () => {
  const root = await Deno.makeTempDir({ prefix: "comfydock-uv-" });
  try {
    const write = async (path: string, name: string) => {
      await Deno.mkdir(join(root, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(root, path), `[[index]]\nname = "${name}"\n`);
    };
    const names = async (env: Record<string, string>, project?: string) => {
      const found = await readUvConfigurations(
        { PROGRAMDATA: join(root, "none"), ...env },
        project,
      );
      return found.flatMap(({ index }) => index as { name: string }[]).map(({ name }) => name);
    };
    await write("project/uv.toml", "project");
    await write("home/.config/uv/uv.toml", "home");
    await write("config/uv/uv.toml", "config");
    await write("other.toml", "other");
    const project = join(root, "project");
    const config = join(root, "config");
    const user = Deno.build.os === "windows" ? "APPDATA" : "XDG_CONFIG_HOME";
    // What the machine has for all its users comes last.
    const system = await names({ [user]: join(root, "nowhere") });
    deepEqual(await names({ [user]: config }, project), ["project", "config", ...system]);
    deepEqual(await names({ [user]: config }), ["config", ...system]);
    if (Deno.build.os !== "windows") {
      deepEqual(await names({ HOME: join(root, "home") }, project), ["project", "home", ...system]);
    }
    const file = { [user]: config, UV_CONFIG_FILE: join(root, "other.toml") };
    deepEqual(await names(file, project), ["other"]);
    deepEqual(await names({ ...file, UV_NO_CONFIG: "1" }, project), []);
    await Deno.writeTextFile(join(project, "uv.toml"), "[[index]\n");
    await rejects(names({}, project), { code: "DATA_INVALID" });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
