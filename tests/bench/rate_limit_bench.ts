/**
 * How close the client keeps to a server's limit, over 2,000 requests at `--rate 200` against 40 a second.
 *
 * The bounds hold for servers that bear a second's worth at once or count by the second. Servers that bear no burst
 * at all refuse each request that comes a millisecond early, on a machine whose timers are no better than that; their
 * numbers are told.
 */
import { report } from "./measurement.ts";
import { limitedServers, measureRateLimit } from "./rate_limit.ts";

const how = "2,000 requests, `--rate 200`";
for (const server of limitedServers) {
  const { used, refused } = await measureRateLimit(server);
  const bounded = server.limit.kind === "window" || server.limit.burst >= server.limit.rate;
  report({
    name: `allowed rate used, ${server.name}`,
    value: used * 100,
    unit: "%",
    bound: bounded ? 90 : undefined,
    atLeast: true,
    how,
  });
  report({
    name: `answers that are 429, ${server.name}`,
    value: refused * 100,
    unit: "%",
    bound: 1,
    how,
  });
}
