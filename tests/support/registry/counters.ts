import type { Endpoint } from "./endpoints.ts";
import type { AnswerFault } from "./faults.ts";

/** What a registry was asked and how it answered. */
export interface RegistryCounters {
  readonly total: number;
  readonly byEndpoint: Readonly<Partial<Record<Endpoint, number>>>;
  /** Calls of `/install`, which counts as a download: a pipeline must never make one. */
  readonly violations: number;
  /** Answers with 429. */
  readonly limited: number;
  /** Answers broken on purpose. */
  readonly broken: Readonly<Partial<Record<AnswerFault, number>>>;
  /** The most requests that were open at once. */
  readonly peak: number;
}

/** Counts requests. */
export class RequestLog {
  #total = 0;
  #limited = 0;
  #open = 0;
  #peak = 0;
  #byEndpoint: Partial<Record<Endpoint, number>> = {};
  #broken: Partial<Record<AnswerFault, number>> = {};

  /** A request came in. */
  begin(endpoint: Endpoint): void {
    this.#total++;
    this.#open++;
    this.#peak = Math.max(this.#peak, this.#open);
    this.#byEndpoint[endpoint] = (this.#byEndpoint[endpoint] ?? 0) + 1;
  }

  /** A request was answered. */
  end(): void {
    this.#open--;
  }

  /** A request came too soon. */
  limited(): void {
    this.#limited++;
  }

  /** An answer was broken. */
  broken(fault: AnswerFault): void {
    this.#broken[fault] = (this.#broken[fault] ?? 0) + 1;
  }

  /** What was counted so far. */
  counters(): RegistryCounters {
    return {
      total: this.#total,
      byEndpoint: { ...this.#byEndpoint },
      violations: this.#byEndpoint.install ?? 0,
      limited: this.#limited,
      broken: { ...this.#broken },
      peak: this.#peak,
    };
  }

  /** Begins at 0 again. */
  reset(): void {
    this.#total = 0;
    this.#limited = 0;
    this.#peak = this.#open;
    this.#byEndpoint = {};
    this.#broken = {};
  }
}
