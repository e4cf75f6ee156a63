import { VERSION } from "../../base/mod.ts";
import type { Outcome } from "../../output/mod.ts";

/** What `version` tells. */
export interface VersionData {
  readonly version: string;
  /** Version of the runtime. */
  readonly deno: string;
  /** Such as `x86_64-unknown-linux-gnu`. */
  readonly platform: string;
}

/** Tells the versions of the tool and its runtime. */
export function run(): Promise<Outcome<VersionData>> {
  const data = { version: VERSION, deno: Deno.version.deno, platform: Deno.build.target };
  return Promise.resolve({ data });
}

/** The one line that people and scripts know. */
export function view({ version }: VersionData): string[] {
  return [`comfydock ${version}`];
}
