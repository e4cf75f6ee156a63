/**
 * How close the client keeps to a server's limit, over 2,000 requests at `--rate 200` against 40 a second.
 *
 * The bound of 90 % holds for a token bucket that saves up a second's worth, as the test registry has. Servers that
 * count by the second or bear no burst refuse what comes a millisecond early; with `Retry-After: 1` each refusal costs
 * more than a second. Their numbers are told.
 */
import { report } from "./measurement.ts";
import { limitedServers, measureRateLimit } from "./rate_limit.ts";

const how = "2,000 requests, `--rate 200`";
for (const server of limitedServers) {
  const { used, refused } = await measureRateLimit(server);
  const bounded = server.limit.kind === "bucket" && server.limit.burst >= server.limit.rate;
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
