import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { baseErrors, ComfydockError } from "../../../src/base/mod.ts";
import { seededBytes } from "../../support/file_server.ts";
import { serve } from "../../support/http_server.ts";
import { assertFails, BYTES, SHA256, withFile } from "./scene.ts";

Deno.test("content with the wrong digest is kept aside under a name that says so", async () => {
  await withFile(() => ({ bytes: BYTES }), async ({ fetch, names, target }) => {
    const wanted = "0".repeat(64);
    const error = await assertFails(
      fetch({ expected: { sha256: wanted } }),
      "DOWNLOAD_DIGEST_WRONG",
      new RegExp(`its sha256 is ${SHA256}, expected ${wanted}`),
    );
    const aside = `${target}.wrong-sha256-${SHA256.slice(0, 12)}`;
    assert.equal(error.details.aside, aside);
    assert.match(error.hint ?? "", /kept as/);
    assert.deepEqual(await Deno.readFile(aside), BYTES);
    assert.equal((await names()).length, 1);
  });
});

Deno.test("a file of another size than expected is refused before a byte is stored", async () => {
  await withFile(() => ({ bytes: BYTES }), async ({ fetch, names, requests }) => {
    const work = fetch({ size: BYTES.length + 1 });
    await assertFails(work, "DOWNLOAD_LENGTH_WRONG", /has 300000 bytes, expected 300001/);
    assert.deepEqual(await names(), []);
    assert.equal(requests.length, 1);
  });
});

Deno.test("without a length the end is believed only when it comes where it is expected", async () => {
  await withFile(() => ({ bytes: BYTES, chunked: true }), async ({ fetch }) => {
    const short = fetch({ size: BYTES.length + 1 });
    await assertFails(short, "DOWNLOAD_LENGTH_WRONG", /ended after 300000 of 300001 bytes/);
    const long = fetch({ size: BYTES.length - 1 });
    await assertFails(long, "DOWNLOAD_LENGTH_WRONG", /expected 299999/);
    assert.equal((await fetch({ size: BYTES.length })).size, BYTES.length);
  });
});

for (const chunked of [false, true]) {
  Deno.test(`a file over the limit is refused${chunked ? " as soon as it grows over it" : ""}`, async () => {
    await withFile(() => ({ bytes: BYTES, chunked }), async ({ fetch, names }) => {
      await assertFails(fetch({ maxBytes: 299_999 }), "HTTP_BODY_TOO_LARGE", /299999 bytes/);
      assert.deepEqual(await names(), []);
      assert.equal((await fetch({ maxBytes: 300_000 })).size, 300_000);
    });
  });
}

Deno.test("a page of HTML is no model", async () => {
  const page = "<!doctype html><title>Log in</title>";
  const answer = () => new Response(page, { headers: { "content-type": "text/html" } });
  await withFile(answer, async ({ fetch, target, names }) => {
    await assertFails(
      fetch(),
      "DOWNLOAD_NOT_A_FILE",
      /a page of HTML titled "Log in" where "model/,
    );
    assert.deepEqual(await names(), []);
    await fetch({ target: `${target}.html` });
    assert.equal(await Deno.readTextFile(`${target}.html`), page);
  });
});

Deno.test("a server that has no more bytes although it promised them ends with an error", async () => {
  let version = 0;
  await withFile(
    (request) => {
      if (request.headers.has("range")) {
        const headers = { "content-range": "bytes */1000" };
        return new Response(null, { status: 416, headers });
      }
      version += 1;
      return { bytes: BYTES, etag: `"${version}"`, cutAt: 1_000 };
    },
    async ({ fetch, names }) => {
      await assertFails(fetch(), "DOWNLOAD_LENGTH_WRONG", /no bytes after/);
      assert.deepEqual(await names(), []);
    },
  );
});

Deno.test("silence ends a try, not the time that all takes", async () => {
  await withFile(
    (_, count) => ({
      bytes: BYTES,
      etag: '"1"',
      ...(count < 2 ? { stallAt: 50_000 * (count + 1) } : {}),
    }),
    async ({ fetch, requests }) => {
      assert.equal((await fetch({ silenceMs: 300 })).size, BYTES.length);
      assert.equal(requests.length, 3);
    },
  );
  await withFile(() => ({ bytes: BYTES, etag: '"1"', stallAt: 50_000 }), async ({ fetch }) => {
    await assertFails(fetch({ silenceMs: 200 }), "NETWORK_TIMEOUT", /nothing came for 0.2 s/);
  }, { retries: 0 });
});

Deno.test("slow but steady bytes may take longer than the time-out", async () => {
  await using server = serve(() => {
    let at = 0;
    const body = new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 120));
        if (at === 15) controller.close();
        else controller.enqueue(BYTES.slice(at * 20_000, ++at * 20_000));
      },
    });
    return new Response(body);
  });
  await withFile(() => ({ bytes: BYTES }), async ({ fetch }) => {
    const work = fetch({ url: server.url, silenceMs: 1_500, expected: { sha256: SHA256 } });
    assert.equal((await work).size, BYTES.length);
  }, { retries: 0 });
});

Deno.test("room is asked for once the size is known and before a byte is stored", async () => {
  await withFile(() => ({ bytes: BYTES }), async ({ fetch, names }) => {
    const full = new ComfydockError(baseErrors.DISK_FULL, "No room");
    const asked: number[] = [];
    const checkSpace = (bytes: number) => {
      asked.push(bytes);
      throw full;
    };
    await assertFails(fetch({ checkSpace }), "DISK_FULL", /No room/);
    assert.deepEqual(asked, [BYTES.length]);
    assert.deepEqual(await names(), []);
  });
});

Deno.test("two at once do not write one file", async () => {
  await withFile(() => ({ bytes: BYTES, etag: '"1"', stallAt: 50_000 }), async ({ fetch }) => {
    const stop = new AbortController();
    let begun: () => void = () => {};
    const underWay = new Promise<void>((resolve) => begun = resolve);
    const first = fetch({ signal: stop.signal, onBytes: begun });
    await underWay;
    await assertFails(fetch(), "DOWNLOAD_BUSY", /another process/);
    stop.abort();
    await assertFails(first, "INTERRUPTED", /Interrupted/);
  });
});

Deno.test("a redirect to another host gets the range, but not the credentials", async () => {
  await using elsewhere = serve((request) => {
    assert.equal(request.headers.get("authorization"), null);
    const start = Number(/\d+/.exec(request.headers.get("range") ?? "")?.[0] ?? 0);
    const headers = {
      etag: '"1"',
      "content-length": String(BYTES.length - start),
      "content-range": `bytes ${start}-${BYTES.length - 1}/${BYTES.length}`,
    };
    const end = start === 0 ? 100_000 : undefined;
    const body = new Blob([BYTES.slice(start, end)]).stream();
    return new Response(body, { status: start === 0 ? 200 : 206, headers });
  });
  const token = "Bearer secret-of-this-test";
  await withFile(
    (request) => {
      assert.equal(request.headers.get("authorization"), token);
      return Response.redirect(`${elsewhere.url}/real`);
    },
    async ({ fetch }) => {
      const file = await fetch({ headers: { authorization: token }, expected: { sha256: SHA256 } });
      assert.equal(file.url, `${elsewhere.url}/real`);
      assert.equal(elsewhere.requests.length, 2);
    },
  );
});

Deno.test("the URL beside a .part holds no secret", async () => {
  await withFile(
    () => ({ bytes: BYTES, etag: '"1"', cutAt: 10_000 }),
    async ({ fetch, url, target }) => {
      const secret = "abcdefgh12345678";
      await assertFails(fetch({ url: `${url}?token=${secret}` }), "NETWORK_UNREACHABLE", /Cannot/);
      assert.doesNotMatch(await Deno.readTextFile(`${target}.part.json`), new RegExp(secret));
    },
  );
});

Deno.test("wherever a transfer is cut, the next run ends with the right bytes", async () => {
  const bytes = seededBytes(200_000, 3);
  await fc.assert(
    fc.asyncProperty(fc.nat(200_000), fc.boolean(), async (cutAt, changed) => {
      await withFile(
        (_, count) =>
          count === 0
            ? { bytes: changed ? BYTES : bytes, etag: changed ? '"0"' : '"1"', cutAt }
            : { bytes, etag: '"1"' },
        async ({ fetch, target }) => {
          const whole = (changed ? BYTES : bytes).length;
          if (cutAt < whole) await assertFails(fetch(), "NETWORK_UNREACHABLE", /Cannot fetch/);
          await fetch();
          assert.deepEqual(await Deno.readFile(target), bytes);
        },
        { retries: 0 },
      );
    }),
    { numRuns: 25 },
  );
});

Deno.test("a directory that cannot be written is named", async () => {
  await withFile(() => ({ bytes: BYTES }), async ({ fetch, target }) => {
    await Deno.writeTextFile(target, "a file");
    const below = join(target, "model.safetensors");
    await assertFails(fetch({ target: below }), "FILE_UNWRITABLE", /a part of its path is a file/);
  });
});
