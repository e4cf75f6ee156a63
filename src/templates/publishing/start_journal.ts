import type { JournalEntry, PublishJournal, PublishPlan, PublishTarget } from "./types.ts";

/**
 * The journal of a plan before anything is uploaded.
 *
 * @param former Of a publication that was begun before: what it uploaded in the same versions, and what it changed,
 * is kept where it did not come to its end, so that all of it can be taken back.
 */
export function startJournal(
  plan: PublishPlan,
  facts: PublishTarget & Pick<PublishJournal, "dist" | "changed">,
  former?: PublishJournal,
): PublishJournal {
  const unfinished = former?.complete || former?.takenBack ? undefined : former;
  const packages = plan.packages.map(({ id, name, version, action, files }): JournalEntry => {
    if (action === "upload") return { ...{ id, name, version, files }, state: "pending" };
    const before = unfinished?.packages.find((one) => one.id === id && one.version === version);
    const done = before?.state === "done" || before?.state === "uploading";
    return { ...{ id, name, version, files }, state: done ? "done" : "skipped" };
  });
  return {
    ...facts,
    ...keptTarget(facts),
    changed: joinChanged(unfinished?.changed ?? [], facts.changed),
    pins: plan.pins,
    packages,
    complete: false,
  };
}

/** Joins changes: where one follows upon another of the same file, what was there at first counts. */
function joinChanged(
  former: PublishJournal["changed"],
  now: PublishJournal["changed"],
): PublishJournal["changed"] {
  const first = new Map(former.map((one) => [one.path, one]));
  const later = new Set(now.map(({ path }) => path));
  return [
    ...former.filter(({ path }) => !later.has(path)),
    ...now.map((one) => {
      const { before, after } = first.get(one.path) ?? one;
      return after === one.before ? { ...one, before } : one;
    }),
  ];
}

/** What the journal says of an index: never the credentials that an address may hold. */
export function keptTarget({ channel, publishUrl, checkUrl }: PublishTarget): PublishTarget {
  return {
    channel,
    publishUrl: withoutCredentials(publishUrl),
    checkUrl: withoutCredentials(checkUrl),
  };
}

function withoutCredentials(address: string | undefined): string | undefined {
  const url = address === undefined ? null : URL.parse(address);
  if (!url || `${url.username}${url.password}` === "") return address;
  url.username = "";
  url.password = "";
  return url.href;
}

/** Whether an entry has still to be uploaded. */
export function isOpen({ state }: Pick<JournalEntry, "state">): boolean {
  return state === "pending" || state === "uploading";
}
