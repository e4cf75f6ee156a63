import { ComfydockError, type ErrorKind, isKind } from "../base/mod.ts";
import { pyprojectErrors } from "../pyproject/mod.ts";
import { toolErrors } from "../tools/mod.ts";

/** How something to import came: packed, so that only its sender can change it, or as plain files. */
export type Sending = "packed" | "plain";

/**
 * Does a part of an import; what is wrong with what was sent gets advice for whoever holds only that.
 *
 * The same faults in an environment of one's own are mended with commands that know nothing of what is imported.
 *
 * @param named What is imported, as people named it.
 * @throws what the work throws
 */
export async function withSenderAdvice<Result>(
  named: string,
  sending: Sending,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    for (const [kind, advice] of ADVICE) {
      if (!isKind(error, kind)) continue;
      const { message, details } = error;
      throw new ComfydockError(kind, message, {
        hint: advice(named)[sending],
        details,
        cause: error,
      });
    }
    throw error;
  }
}

type Advice = (named: string) => Readonly<Record<Sending, string>>;

const aboutManifest: Advice = (named) => ({
  packed: `Ask whoever made "${named}" to correct it and to export it again`,
  plain: `Correct it in "${named}", or ask whoever it is from to`,
});

const aboutLock: Advice = (named) => ({
  packed: `Ask whoever made "${named}" to run \`comfydock lock\` there and to export it again`,
  plain: `Ask whoever "${named}" is from to run \`comfydock lock\` there, or take uv.lock out of ` +
    "a copy, which resolves all packages anew",
});

const ADVICE: readonly (readonly [ErrorKind, Advice])[] = [
  [pyprojectErrors.MANIFEST_INVALID, aboutManifest],
  [toolErrors.LOCK_OUTDATED, aboutLock],
  [toolErrors.UV_INPUT_INVALID, aboutLock],
];
