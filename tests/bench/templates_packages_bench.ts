/** How long it takes to find what changed since a release, and to build large packages, beside `zip -1`. */
import { join } from "node:path";
import { projectRoot } from "../../tasks/run_deno.ts";
import { largeAssets, longHistory, zipQuickly } from "../support/templates/long_history.ts";
import { syncFixture } from "../support/templates/synced.ts";
import { measureProcess, report } from "./measurement.ts";
import { costOf } from "./whole_process.ts";

const packages = ["run", "-A", join(projectRoot, "main.ts"), "templates", "packages"];

{
  await using fixture = await longHistory(600, 1_000);
  const args = [...packages, "changed", "-C", fixture.root];
  report({
    name: "`templates packages changed`, 600 templates, 1,000 commits since the release",
    value: await measureProcess(Deno.execPath(), args, 5),
    unit: "ms",
    bound: 700,
    how: "whole process, median of 5",
  });
}
{
  await using fixture = await largeAssets(200e6, 200);
  await syncFixture(fixture);
  const zipping = performance.now();
  await zipQuickly(fixture.root, "packages");
  const zipped = (performance.now() - zipping) / 1000;
  const { code, seconds, peakMb } = await costOf(
    Deno.execPath(),
    [...packages, "build", "-C", fixture.root],
  );
  if (code !== 0) throw new Error("The build failed");
  report({
    name: "`templates packages build`, 9 packages, 200 MB, wheels and source distributions",
    value: seconds,
    unit: "s",
    bound: 2 * zipped,
    how: "whole process, twice the time of `zip -1` is allowed",
  });
  report({
    name: "`templates packages build`, memory",
    value: peakMb,
    unit: "MB",
    how: "largest resident memory",
  });
}
