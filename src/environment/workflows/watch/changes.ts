import { interrupted } from "../../../base/mod.ts";
import type { EnvironmentWorld } from "../../types.ts";
import { type Burst, type BurstRule, dueAt, growBurst } from "./burst.ts";
import { isChange, watchedRoots } from "./file_events.ts";
import { workflowFingerprint } from "./fingerprint.ts";

const RULE: BurstRule = { quietMs: 250, longestMs: 2_000 };
const POLL_MS = 1_000;
/** Events get lost where a drive or a replaced directory does not tell; so it is looked now and then all the same. */
const LOOK_MS = 3_000;

/** Changes to the workflows of an environment, as they settle. */
export class WorkflowChanges {
  readonly #world: EnvironmentWorld;
  readonly #poll: boolean;
  #watcher?: Deno.FsWatcher;
  #marks = "";
  #burst?: Burst;
  #seen = "";
  #wake = (): void => {};

  private constructor(world: EnvironmentWorld, poll: boolean) {
    this.#world = world;
    this.#poll = poll;
  }

  /** Begins to follow, as if something had just changed; falls back to looking where the system tells no file events. */
  static async open(world: EnvironmentWorld, poll: boolean): Promise<WorkflowChanges> {
    const changes = new WorkflowChanges(world, poll);
    await changes.#follow();
    // What changed before is looked at first.
    changes.#note();
    return changes;
  }

  /** How changes are noticed. */
  get by(): "events" | "polling" {
    return this.#watcher ? "events" : "polling";
  }

  /**
   * Waits until something may have changed and nothing more comes; a burst is told once.
   *
   * @param isOver Asked now and then.
   * @returns False when it is over.
   * @throws `INTERRUPTED`
   */
  async settled(isOver: () => Promise<boolean>): Promise<boolean> {
    const { clock, signal, environment } = this.#world;
    while (!this.#burst) {
      await this.#pause(this.#watcher ? LOOK_MS : POLL_MS);
      if (this.#burst) break;
      if (await isOver()) return false;
      await this.#look();
    }
    for (;;) {
      const wait = dueAt(this.#burst!, RULE) - clock.now();
      if (wait <= 0) break;
      await clock.sleep(wait, signal);
    }
    // What comes from now on belongs to the next burst, what comfydock itself writes included.
    this.#burst = undefined;
    this.#seen = await workflowFingerprint(environment);
    return true;
  }

  /** Has it looked again after a while, in milliseconds. */
  async again(milliseconds: number): Promise<void> {
    await this.#pause(milliseconds);
    this.#note();
  }

  /** Stops following. */
  [Symbol.dispose](): void {
    this.#stopFollowing();
  }

  #note(): void {
    this.#burst = growBurst(this.#burst, this.#world.clock.now());
    this.#wake();
  }

  async #pause(milliseconds: number): Promise<void> {
    const { clock, signal } = this.#world;
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    const either = AbortSignal.any([woken.signal, ...(signal ? [signal] : [])]);
    try {
      await clock.sleep(milliseconds, either);
    } catch (error) {
      if (signal?.aborted) throw interrupted(signal);
      if (!woken.signal.aborted) throw error;
    } finally {
      this.#wake = () => {};
    }
  }

  async #look(): Promise<void> {
    await this.#follow();
    const now = await workflowFingerprint(this.#world.environment);
    if (now !== this.#seen) this.#note();
  }

  /** Follows the directories that are there now; anew when one came, went or was replaced. */
  async #follow(): Promise<void> {
    if (this.#poll) return;
    const roots = await watchedRoots(this.#world.environment);
    const marks = roots.map(({ mark }) => mark).join("\n");
    if (marks === this.#marks) return;
    this.#stopFollowing();
    this.#marks = marks;
    try {
      const watcher = Deno.watchFs(roots.map(({ path }) => path));
      this.#watcher = watcher;
      this.#read(watcher, roots);
    } catch (error) {
      // The system has no more room for watches, or none at all for this kind of drive.
      this.#tellPolling(error);
    }
  }

  async #read(watcher: Deno.FsWatcher, roots: Parameters<typeof isChange>[1]): Promise<void> {
    try {
      for await (const event of watcher) {
        if (isChange(event, roots)) this.#note();
      }
    } catch (error) {
      this.#stopFollowing();
      this.#tellPolling(error);
    }
  }

  #tellPolling(error: unknown): void {
    this.#world.report.emit({
      kind: "logged",
      level: "DEBUG",
      message: `File events cannot be followed, so it is looked every second: ${error}`,
    });
  }

  #stopFollowing(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}
