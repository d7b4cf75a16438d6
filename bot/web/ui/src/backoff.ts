/** Milliseconds to wait before try number `attempt` (from 0): doubling to 15 s, spread so that clients do not march in step. */
export function backoffMs(attempt: number): number {
  const ceiling = Math.min(15_000, 500 * 2 ** attempt);
  return ceiling * (0.6 + 0.4 * Math.random());
}

/** A pause that can be cut short, for instance when the network is back. */
export class Pause {
  private wake: (() => void) | null = null;

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      this.wake = done;
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
    });
  }

  cut(): void {
    this.wake?.();
    this.wake = null;
  }
}
