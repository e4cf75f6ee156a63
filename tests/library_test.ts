import { deepEqual, equal } from "node:assert/strict";
import { ROOMS } from "../tasks/import_rules.ts";

/** Rooms that only the program needs. */
const PROGRAM = ["cli", "output", "demo", "distribution"];

Deno.test("the library offers every room, and what can be done with environments by noun", async () => {
  const library = await import("../mod.ts");
  const rooms = Object.keys(ROOMS).filter((room) => !PROGRAM.includes(room));
  deepEqual(rooms.filter((room) => !(room in library)), []);
  const { branches, bundles, containers, environmentNodes, environmentWorkflows } = library;
  const { environmentModels, merges, remotes } = library;
  const operations = [
    branches.switchBranch,
    bundles.exportEnvironment,
    bundles.applyImport,
    containers.exportContainer,
    environmentModels.addModel,
    environmentNodes.addNodes,
    environmentWorkflows.compareWorkflows,
    merges.mergeEnvironment,
    remotes.pullEnvironment,
    remotes.pushEnvironment,
  ];
  for (const operation of operations) equal(typeof operation, "function");
});
