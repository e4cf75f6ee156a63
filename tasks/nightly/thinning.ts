const DAY = 86_400_000;

/** So many days every snapshot stays; of older ones the first of each week. */
const DAILY_DAYS = 90;

/**
 * Decides which dated snapshots go.
 *
 * @param dates `YYYY-MM-DD`, in any order.
 * @param today `YYYY-MM-DD`.
 * @returns Those that go, oldest first.
 */
export function planThinning(dates: readonly string[], today: string): readonly string[] {
  const weeks = new Set<number>();
  return dates.toSorted().filter((date) => {
    const day = Date.parse(date) / DAY;
    // 1 January 1970 was a Thursday, and weeks begin on Monday.
    const week = Math.floor((day + 3) / 7);
    const isFirst = !weeks.has(week);
    weeks.add(week);
    return !isFirst && Date.parse(today) / DAY - day > DAILY_DAYS;
  });
}
