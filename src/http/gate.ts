import { type Clock, interrupted } from "../base/mod.ts";
import { nextPermitted, onSent, onWaited, type PaceState, startPace } from "./limiter.ts";

interface Waiter {
  readonly admit: (sentAt: number) => void;
}

/** The way to one host: so many requests at once, at the pace that the host allows. */
export class HostGate {
  /** What is known about the host's pace; callers put in what the limiter's functions return. */
  pace: PaceState;
  #waiting: Waiter[] = [];
  #open = 0;
  #timer: AbortController | undefined;
  readonly #clock: Clock;
  readonly #concurrency: number;

  /**
   * Opens the way to a host that nothing is known about.
   *
   * @param options.rate Requests per second that are never exceeded.
   * @param options.concurrency Requests under way at once.
   */
  constructor(options: { readonly rate: number; readonly concurrency: number; clock: Clock }) {
    this.#clock = options.clock;
    this.#concurrency = options.concurrency;
    this.pace = startPace(options.rate, this.#clock.now());
  }

  /** The gate's own time, for the limiter's functions. */
  now(): number {
    return this.#clock.now();
  }

  /**
   * Waits for a turn, first come first served; every `enter` is followed by one `leave`.
   *
   * @returns When the request goes out.
   * @throws `INTERRUPTED`
   */
  enter(signal: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(interrupted(signal));
      const waiter: Waiter = {
        admit: (sentAt) => {
          signal.removeEventListener("abort", giveUp);
          resolve(sentAt);
        },
      };
      const giveUp = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter);
        // Nobody waits any more, so the timer must not keep the process alive.
        if (this.#waiting.length === 0) this.#timer?.abort();
        reject(interrupted(signal));
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(waiter);
      this.#admit();
    });
  }

  /** Gives the place back. */
  leave(): void {
    this.#open -= 1;
    this.#admit();
  }

  #admit(): void {
    while (
      this.#timer === undefined && this.#waiting.length > 0 && this.#open < this.#concurrency
    ) {
      const now = this.#clock.now();
      const at = nextPermitted(this.pace);
      if (at > now) return this.#wake(at - now);
      this.pace = onSent(this.pace, now);
      this.#open += 1;
      this.#waiting.shift()?.admit(now);
    }
  }

  #wake(milliseconds: number): void {
    const timer = new AbortController();
    this.#timer = timer;
    this.pace = onWaited(this.pace, this.#clock.now() + milliseconds);
    const again = () => {
      this.#timer = undefined;
      this.#admit();
    };
    this.#clock.sleep(milliseconds, timer.signal).then(again, again);
  }
}
