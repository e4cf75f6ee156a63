import { createHash } from "node:crypto";
import { VERSION } from "../../src/base/mod.ts";
import { checksumsText, programName } from "../../src/distribution/mod.ts";
import { serve, type TestServer } from "./http_server.ts";

/** A server with the release of the present version for this system. */
export interface ReleaseServer extends TestServer {
  /** What is sent as the program, whatever its digest should be. */
  program: Uint8Array<ArrayBuffer>;
  /** The names of the files that were asked for since the last question. */
  asked(): readonly string[];
}

/** Serves a program as a release, with its digest. */
export function serveRelease(program: Uint8Array<ArrayBuffer>): ReleaseServer {
  const name = programName(Deno.build.target);
  const sha256 = createHash("sha256").update(program).digest("hex");
  const checksums = checksumsText([{ name, size: program.length, sha256 }]);
  let sent = program;
  let told = 0;
  const server = serve((request) => {
    const { pathname } = new URL(request.url);
    const file = /^\/releases\/(?:latest\/download|download\/v([^/]+))\/([^/]+)$/.exec(pathname);
    if (file && (file[1] ?? VERSION) === VERSION) {
      if (file[2] === "SHA256SUMS") return new Response(checksums);
      if (file[2] === name) return new Response(sent);
    }
    return new Response("", { status: 404 });
  });
  return {
    ...server,
    get program() {
      return sent;
    },
    set program(bytes) {
      sent = bytes;
    },
    asked() {
      const names = server.requests.slice(told).map(({ url }) =>
        url.slice(url.lastIndexOf("/") + 1)
      );
      told = server.requests.length;
      return names;
    },
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}
