/**
 * The command line: words become a typed request, a request becomes an exit code.
 *
 * A command is a value, a {@linkcode CommandDefinition}; parser, help, completion and reference are made from it.
 * To add the command `registry stats`:
 *
 * 1. Its definition goes into `src/cli/registry/definitions.ts`, which exports the group as a `GroupDefinition`
 *    (brief and examples are for people who type `comfydock registry --help`). Definitions load nothing but types.
 *    Options are declared `as const satisfies OptionDefinitions` in `options.ts` beside it: the body takes their types
 *    from there and never imports the definitions that load it.
 * 2. Its body goes into `src/cli/registry/stats.ts`, named by `load: () => import("./stats.ts")`. The module exports
 *    `run(input, context)`, which asks the nouns and returns `{ data }`, and `view(data, style)`, which turns the data
 *    into lines. A long view gets a file of its own beside it, `stats_view.ts`.
 * 3. The shape of `data` is written down in `data/schema/registry-stats.schema.json`.
 * 4. The group stands in `src/cli/commands.ts`, and in `src/cli/routes.ts` where it shall start quickly; its room's
 *    error kinds stand in `src/cli/error_codes.ts`.
 *
 * A body prints nothing: it returns data, reports progress to `context.report`, warns through `context.warn`, asks
 * through `context.ask` and throws a `ComfydockError`. With `changes: true` the command takes `--dry-run`, and
 * `input.dryRun` says that it shall return its plan.
 *
 * @example
 * ```ts ignore
 * import { commandsFor, processHost, runCli } from "./mod.ts";
 *
 * const argv = ["version"];
 * const code = await runCli(argv, processHost(Deno.exit), await commandsFor(argv));
 * ```
 *
 * @module
 */
export { type Host, processHost } from "./host.ts";
export { PERMISSIONS } from "./own_command.ts";
export { commandsFor } from "./routes.ts";
export { runCli } from "./run.ts";
export type * from "./types.ts";
