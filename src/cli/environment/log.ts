import { requireHistory } from "../../environment/history/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { logOptions } from "./options.ts";
import { commandEnvironment } from "./world.ts";

/** What `log` tells, newest first. */
export interface LogData {
  readonly commits: readonly {
    readonly commit: string;
    readonly author: string;
    readonly date: string;
    readonly subject: string;
    readonly body: string;
  }[];
}

/** Lists the commits of an environment. */
export async function run(
  { options: { limit } }: InputOf<typeof logOptions>,
  context: CommandContext,
): Promise<Outcome<LogData>> {
  const { world } = await commandEnvironment(context);
  await requireHistory(world);
  const commits = await world.git.log(world.environment.cec, { limit });
  return {
    data: {
      commits: commits.map(({ commit, author, date, subject, body }) => ({
        commit,
        author,
        date,
        subject,
        body,
      })),
    },
  };
}

/** One commit a line. */
export function view({ commits }: LogData, style: Style): string[] {
  return commits.map(({ commit, date, subject }) =>
    `${style.yellow(commit.slice(0, 8))} ${
      style.dim(date.slice(0, 16).replace("T", " "))
    } ${subject}`
  );
}
