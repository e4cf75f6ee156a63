import { createHttpClient, downloadFile } from "../../../src/http/mod.ts";

const [url = "", target = ""] = Deno.args;
await downloadFile(createHttpClient(), { url, target, maxBytes: 1e9 });
