import { equal } from "node:assert/strict";
import { runInProcess } from "../../support/run_in_process.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

Deno.test("a schema is printed so that it can go into a file", async () => {
  const plain = await runInProcess(["templates", "schema", "print", "bundles"]);
  equal(JSON.parse(plain.stdout).$id, "templates-bundles.schema.json");
  const { json } = await runInProcess(["templates", "schema", "print", "bundles", "--json"]);
  await assertPublishedShape(json);
  equal((await runInProcess(["templates", "schema", "print", "bundle"])).code, 2);
});
