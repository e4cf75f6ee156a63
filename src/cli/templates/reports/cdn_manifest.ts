import { ComfydockError, writeFileAtomic } from "../../../base/mod.ts";
import { formatBytes, formatCount, type Outcome, type Style } from "../../../output/mod.ts";
import type { Finding } from "../../../templates/mod.ts";
import { type CdnFile, cdnManifest } from "../../../templates/reports/mod.ts";
import { cliErrors } from "../../errors.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { readNamedFacts } from "../check/facts.ts";
import { renderFindings } from "../findings_view.ts";
import type { cdnOptions } from "./options.ts";

/** What `templates cdn manifest` lists. */
export interface CdnManifestData {
  readonly dry_run: boolean;
  readonly out: string | null;
  readonly bytes: number;
  readonly files: readonly (CdnFile & { readonly url: string | null })[];
  readonly findings: readonly Finding[];
}

/** Lists what goes to a content delivery network. */
export async function run(
  { options: { out, baseUrl, ...choice }, dryRun }: InputOf<typeof cdnOptions>,
  context: CommandContext,
): Promise<Outcome<CdnManifestData>> {
  const { facts } = await readNamedFacts(choice, context);
  const { files, bytes, findings } = cdnManifest(facts);
  const base = baseUrl === undefined ? undefined : readBase(baseUrl);
  const listed = files.map((file) => ({
    ...file,
    url: base === undefined
      ? null
      : `${base}/${file.path.split("/").map(encodeURIComponent).join("/")}`,
  }));
  if (out !== undefined && !dryRun && findings.length === 0) {
    await writeFileAtomic(out, `${JSON.stringify({ files: listed }, null, 2)}\n`);
  }
  const data = { dry_run: dryRun, out: out ?? null, bytes, files: listed, findings };
  return { data, exit: findings.length > 0 ? 1 : 0 };
}

/** An address without the slash at its end. */
function readBase(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, "");
  throw new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    `Cannot use "${text}" for --base-url: it is no address of the web`,
    { hint: "Give one that begins with https://" },
  );
}

/** What is wrong, or how much there is. */
export function view(
  { dry_run, out, files, bytes, findings }: CdnManifestData,
  style: Style,
): readonly string[] {
  if (findings.length > 0) return renderFindings(findings, style);
  const total = `${formatCount(files.length)} files, ${formatBytes(bytes)}`;
  return out === null
    ? [...files.map(({ path, url }) => url ?? path), style.dim(total)]
    : [`${dry_run ? "Would write" : "Wrote"} ${out}: ${total}`];
}
