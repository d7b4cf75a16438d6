// What the person did goes out one after the other, under the same id until the server has accepted it.

import { ApiError } from "./api";
import { Pause, backoffMs } from "./backoff";

export interface Parcel {
  id: string;
  send: () => Promise<void>;
}

export interface OutboxEvents {
  retrying: (id: string) => void;
  accepted: (id: string) => void;
  refused: (id: string, message: string) => void;
}

export class Outbox {
  private readonly waiting: Parcel[] = [];
  private readonly pause = new Pause();
  private busy = false;

  constructor(
    private readonly events: OutboxEvents,
    private readonly delayMs: (attempt: number) => number = backoffMs,
  ) {}

  put(parcel: Parcel): void {
    this.waiting.push(parcel);
    if (!this.busy) void this.drain();
  }

  /** The network is back, or the tab awake: do not sit out the pause. */
  hurry(): void {
    this.pause.cut();
  }

  /** The server has shown this one back to us, so it has it, even if its answer was lost on the way. */
  settle(id: string): void {
    const place = this.waiting.findIndex((parcel) => parcel.id === id);
    if (place < 0) return;
    this.waiting.splice(place, 1);
    this.pause.cut();
  }

  private async drain(): Promise<void> {
    this.busy = true;
    for (let attempt = 0; this.waiting.length > 0; ) {
      const parcel = this.waiting[0] as Parcel;
      const retryMs = await this.deliver(parcel, attempt);
      if (retryMs === null) this.settle(parcel.id);
      if (this.waiting[0] !== parcel) {
        attempt = 0;
      } else if (retryMs !== null) {
        await this.pause.wait(retryMs);
        attempt += 1;
      }
    }
    this.busy = false;
  }

  /** Milliseconds until the next try, or null when there is nothing more to do. */
  private async deliver(parcel: Parcel, attempt: number): Promise<number | null> {
    try {
      await parcel.send();
      this.events.accepted(parcel.id);
      return null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!error.retryable) {
        this.events.refused(parcel.id, error.message);
        return null;
      }
      this.events.retrying(parcel.id);
      return error.retryAfterMs ?? this.delayMs(attempt);
    }
  }
}
