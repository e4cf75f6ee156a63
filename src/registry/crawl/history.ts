/** A wanted version in the history of a package, newest first, and what is known of its node classes. */
export interface HistoryPoint {
  readonly version: string;
  /** Digest of the node list when it was read itself. */
  readonly read?: string;
  /** Digest of the node list that was taken from the neighbours. */
  readonly inferred?: string;
  /** False for versions that are at hand and help to decide, but must not be asked for. */
  readonly wanted: boolean;
}

/** What to ask for next, and what follows without asking. */
export interface HistoryPlan {
  readonly read: readonly string[];
  readonly infer: readonly { readonly version: string; readonly digest: string }[];
}

/**
 * Decides which versions of a package to read next so that few requests tell the whole history.
 *
 * The newest and the oldest wanted version come first. Where two versions that were read agree, those between are
 * taken as equal; where they differ, the middle one is read next. Call it again with the answers until it asks for
 * nothing.
 *
 * @param points The package's versions, newest first.
 * @param mode `full` reads every wanted version, `bisect` as few as it can.
 */
export function planHistory(points: readonly HistoryPoint[], mode: "bisect" | "full"): HistoryPlan {
  if (mode === "full") {
    return { read: points.filter(unknown).map((point) => point.version), infer: [] };
  }
  const wanted = points.filter((point) => point.wanted);
  const ends = [wanted[0], wanted.at(-1)].filter((end) => end !== undefined && needed(end));
  if (ends.length > 0) return { read: [...new Set(ends.map((end) => end!.version))], infer: [] };

  const read: string[] = [];
  const infer: { version: string; digest: string }[] = [];
  let from = -1;
  for (const [index, point] of points.entries()) {
    if (anchor(point) === undefined) continue;
    const between = points.slice(from + 1, index).filter((gap) =>
      gap.wanted && gap.read === undefined
    );
    if (from >= 0 && between.length > 0) {
      const digest = anchor(points[from]!)!;
      if (digest === anchor(point)) {
        infer.push(
          ...between.filter((gap) => gap.inferred !== digest).map(({ version }) => ({
            version,
            digest,
          })),
        );
      } else read.push(between[between.length >> 1]!.version);
    }
    from = index;
  }
  return { read, infer };
}

function unknown(point: HistoryPoint): boolean {
  return point.wanted && point.read === undefined;
}

function needed(point: HistoryPoint): boolean {
  return point.read === undefined && point.inferred === undefined;
}

// An inferred version never decides anything, except where nothing else bounds the history.
function anchor(point: HistoryPoint): string | undefined {
  return point.read;
}
