import { ComfydockError, counted, ExitCode } from "../../base/mod.ts";
import { modelErrors, openIndexIfAny, verifyModels } from "../../models/mod.ts";
import { formatBytes, type Outcome, type Style } from "../../output/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { openNamedWorkspace } from "../workspace/access.ts";
import type { verifyOptions } from "./options.ts";

/** What `model verify` tells. */
export interface ModelVerifyData {
  /** Whether all bytes were read. */
  readonly full: boolean;
  readonly checked: number;
  readonly bytes: number;
  readonly problems: readonly {
    readonly code: string;
    readonly message: string;
    readonly path: string;
  }[];
}

/** Checks every file of the index; exit code 1 when one is not what it was. */
export async function run(
  { options: { full } }: InputOf<typeof verifyOptions>,
  context: CommandContext,
): Promise<Outcome<ModelVerifyData>> {
  const { layout } = await openNamedWorkspace(context);
  using index = await openIndexIfAny(layout);
  if (!index) {
    throw new ComfydockError(
      modelErrors.MODEL_NOT_FOUND,
      `Cannot verify the models of "${layout.root}": nothing has been scanned yet`,
      { hint: "Run comfydock model scan" },
    );
  }
  const { report, signal } = context;
  const found = await verifyModels(index, { full, report, signal });
  const exit = found.problems.length > 0 ? ExitCode.failed : ExitCode.ok;
  return { data: { full, ...found }, exit };
}

/** What is wrong, and how much was looked at. */
export function view({ full, checked, bytes, problems }: ModelVerifyData, style: Style): string[] {
  return [
    ...problems.map(({ message }) => `${style.red("error")} ${message}`),
    `${counted(checked, "file")}, ${problems.length} with a problem; ${
      full ? `${formatBytes(bytes)} read` : "only headers were read, --full reads everything"
    }`,
  ];
}
