import type { Outcome, Style } from "../../../output/mod.ts";
import { readIndexes, readManifestFile, requireSound } from "../../../templates/mod.ts";
import { applySync, planSync, readGenerated, type SyncPlan } from "../../../templates/sync/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { type FileChangeData, renderChanges, showChanges } from "../packages/changes_view.ts";
import { openNamedDigests } from "./facts.ts";
import type { syncOptions } from "./options.ts";

/** What `templates sync` did, or would do. */
export interface SyncData {
  readonly dry_run: boolean;
  /** Changes of the manifest. */
  readonly manifest: readonly FileChangeData[];
  readonly copies: readonly {
    readonly package: string;
    readonly target: string;
    readonly source: string;
    readonly fault: "missing" | "outdated";
  }[];
  /** Copies that nothing ships any more. */
  readonly removed: readonly string[];
  /** Files among the copies that no sync made; they stay. */
  readonly foreign: readonly string[];
}

/** Brings manifest and copies in step with templates, bundles, index and policy. */
export async function run(
  { options: { check, ...choice }, dryRun }: InputOf<typeof syncOptions>,
  context: CommandContext,
): Promise<Outcome<SyncData>> {
  const { root, repository, digests } = await openNamedDigests(choice, context);
  const { value, findings } = await readIndexes(repository.files, repository.config);
  const manifest = await readManifestFile(repository);
  const areas = new Set(["repository", "sync"]);
  const broken = [...repository.findings, ...findings, ...manifest.findings]
    .filter(({ area }) => areas.has(area));
  requireSound(broken, "Cannot sync");
  const facts = { ...value, manifest: manifest.value };
  const generated = await readGenerated(root, context.env);
  const plan = await planSync(repository, facts, digests, generated);
  await digests.save();
  const stays = check || dryRun;
  if (!stays) await applySync(root, plan, context.env);
  for (const path of plan.foreign) {
    context.warn("W_FOREIGN_COPY", `"${path}" lies among copies, and no package ships it`);
  }
  return {
    data: {
      dry_run: stays,
      manifest: showChanges(plan.manifest),
      copies: plan.copies.map(({ package: id, target, source, fault }) => ({
        ...{ package: id, target, source, fault },
      })),
      removed: plan.removed,
      foreign: plan.foreign,
    },
    exit: check && differs(plan) ? 1 : 0,
  };
}

function differs({ manifest, copies, removed }: SyncPlan): boolean {
  return manifest.length + copies.length + removed.length > 0;
}

/** What changed, file by file. */
export function view(
  { dry_run, manifest, copies, removed, foreign }: SyncData,
  style: Style,
): readonly string[] {
  if (manifest.length + copies.length + removed.length === 0) return ["Everything is in step"];
  return [
    ...dry_run ? renderChanges(manifest, style) : manifest.map(({ path }) => `changed ${path}`),
    ...copies.map(({ target, fault }) =>
      `${fault === "missing" ? style.green("copy") : style.yellow("renew")} ${target}`
    ),
    ...removed.map((path) => `${style.red("remove")} ${path}`),
    ...foreign.map((path) => style.dim(`keep ${path}`)),
  ];
}
