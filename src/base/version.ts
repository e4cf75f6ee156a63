import project from "../../deno.json" with { type: "json" };

/** The version of comfydock; `deno.json` is the one place that says it. */
export const VERSION: string = project.version;
