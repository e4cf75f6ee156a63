import { collectGarbage } from "../../base/mod.ts";
import type { HttpClient } from "../../http/mod.ts";

/** Answers between two collections: they leave some tens of megabytes, and a collection takes some milliseconds. */
const ANSWERS = 500;

/** A client that frees the memory of old answers now and then, so that a long crawl takes no more than a short one. */
export function tidying(http: HttpClient): Pick<HttpClient, "send"> {
  let answers = 0;
  return {
    async send(request) {
      const response = await http.send(request);
      if (++answers % ANSWERS === 0) await collectGarbage();
      return response;
    },
  };
}
