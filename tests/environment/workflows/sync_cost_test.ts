import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import { syncWorkflows } from "../../../src/environment/workflows/tracked/mod.ts";
import { withEnvironment } from "../../support/environment_fixture.ts";
import { placesOf, put, track } from "../../support/tracked_workflows.ts";

Deno.test({
  name: "a sync starts git three times: for ComfyUI's state, for that of .cec, and for the commit",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withEnvironment(async (fixture) => {
      const log = join(fixture.root, "git.log");
      const gitPath = join(fixture.root, "git");
      await Deno.writeTextFile(gitPath, `#!/bin/sh\necho "$*" >> '${log}'\nexec git "$@"\n`);
      await Deno.chmod(gitPath, 0o755);
      await track(fixture, { one: '{"nodes": []}', two: '{"nodes": []}', three: '{"nodes": []}' });
      await syncWorkflows(fixture.world());
      await put(placesOf(fixture, "one").copy, '{"nodes": [], "version": 0.4}');
      await put(placesOf(fixture, "two").copy, '{"nodes": [], "version": 1}');
      const { steps, commit } = await syncWorkflows(fixture.world({ gitPath }));
      deepEqual(steps.map(({ name }) => name), ["one", "two"]);
      const asked = (await Deno.readTextFile(log)).trim().split("\n");
      deepEqual(asked.map((line) => /(status|commit|\S+) --/.exec(line)?.[1]), [
        "status",
        "status",
        "commit",
      ]);
      equal(await fixture.world().git.resolve(fixture.environment.cec, "HEAD"), commit);
      deepEqual((await fixture.world().git.status(fixture.environment.cec)).entries, []);
    }),
});
