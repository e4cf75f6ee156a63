/**
 * Waits for pieces of work that run at once; the first failure is thrown, but only after all have ended.
 *
 * So nothing works on in a directory that is being taken away.
 */
export async function allOf<Results extends readonly unknown[]>(
  ...work: { readonly [At in keyof Results]: Promise<Results[At]> }
): Promise<Results> {
  const settled = await Promise.allSettled(work);
  const failed = settled.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
  return await Promise.all(work) as unknown as Results;
}
