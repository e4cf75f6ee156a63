import { ComfydockError, fileError } from "../base/mod.ts";
import { httpErrors } from "./errors.ts";

/** Sends one request and follows nothing. */
export type Transport = (url: URL, init: RequestInit) => Promise<Response>;

/** The size that a file of certificates may have; a system's whole bundle has a quarter of a megabyte. */
const MAX_CERTIFICATES_BYTES = 8 * 1024 * 1024;

/**
 * Makes the runtime's `fetch` trust the certificates of `SSL_CERT_FILE` besides its own.
 *
 * The runtime itself honours `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in capitals or not.
 *
 * @param env Reads an environment variable.
 */
export function createTransport(env: (name: string) => string | undefined): Transport {
  let trust: { readonly client?: Deno.HttpClient } | undefined;
  return (url, init) => {
    trust ??= readTrust(env("SSL_CERT_FILE"));
    return fetch(url, trust.client ? { ...init, client: trust.client } : init);
  };
}

function readTrust(path: string | undefined): { readonly client?: Deno.HttpClient } {
  if (!path) return {};
  const certificates = readCertificates(path);
  // The pool must hold as many idle connections as there may be requests at once, or they are opened anew.
  return { client: Deno.createHttpClient({ caCerts: [certificates], poolMaxIdlePerHost: 256 }) };
}

function readCertificates(path: string): string {
  let text = "";
  try {
    if (Deno.statSync(path).size <= MAX_CERTIFICATES_BYTES) text = Deno.readTextFileSync(path);
  } catch (error) {
    throw fileError("Cannot read the certificates of SSL_CERT_FILE", path, error);
  }
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new ComfydockError(
    httpErrors.NETWORK_UNTRUSTED,
    `Cannot use SSL_CERT_FILE "${path}": it holds no PEM certificate`,
    { hint: "Name a PEM file in SSL_CERT_FILE, or unset it", details: { path } },
  );
}
