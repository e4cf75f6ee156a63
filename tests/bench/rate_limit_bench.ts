/** How close the client keeps to a server's limit, over 2,000 requests at `--rate 200` against 40 a second. */
import { report } from "./measurement.ts";
import { limitedServers, measureRateLimit } from "./rate_limit.ts";

const how = "2,000 requests, `--rate 200`";
for (const { server, used, refused } of await Promise.all(limitedServers.map(measureRateLimit))) {
  report({
    name: `allowed rate used, ${server}`,
    value: used * 100,
    unit: "%",
    bound: 90,
    atLeast: true,
    how,
  });
  report({
    name: `answers that are 429, ${server}`,
    value: refused * 100,
    unit: "%",
    bound: 1,
    how,
  });
}
