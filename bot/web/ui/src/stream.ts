// Keeps the live stream open: through sleep, lost networks and restarts of the server, from the last revision on.

import { ApiError, getConversation, openStream } from "./api";
import { Pause, backoffMs } from "./backoff";
import type { Conversation, Job, Turn } from "./protocol";
import { eventParser, type ServerEvent } from "./sse";
import type { Link } from "./state";

/** The server sends at least a comment every 15 s; three of them missing means that the connection is dead. */
const SILENCE_MS = 45_000;
/** A tab that comes back after this long without a byte does not wait for the silence to be proven. */
const STALE_MS = 20_000;

export interface StreamEvents {
  snapshot: (snapshot: Conversation) => void;
  turn: (turn: Turn) => void;
  job: (job: Job) => void;
  saved: (products: string[]) => void;
  link: (link: Link) => void;
  gone: () => void;
}

export class LiveStream {
  private readonly pause = new Pause();
  private connection: AbortController | null = null;
  private lastByte = 0;
  private rev = 0;
  private known = false;
  private closed = false;

  constructor(private readonly events: StreamEvents) {}

  async run(): Promise<void> {
    for (let attempt = 0; !this.closed; attempt += 1) {
      let retryMs: number | null = null;
      try {
        if (!this.known) await this.load();
        await this.follow(() => {
          attempt = -1;
        });
      } catch (error) {
        if (error instanceof ApiError) {
          retryMs = error.retryAfterMs;
          // The server does not know us: a new start of its data, or another tab erased everything.
          if (!error.retryable) this.known = false;
        } else if (!(error instanceof TypeError || error instanceof DOMException)) {
          console.error(error); // not the network breaking off: a defect, and the connection starts over
        }
      }
      if (this.closed) return;
      this.events.link("lost");
      await this.pause.wait(retryMs ?? backoffMs(Math.max(attempt, 0)));
    }
  }

  /** Try again at once if we are waiting; look whether the open connection still lives. */
  hurry(): void {
    this.pause.cut();
    if (Date.now() - this.lastByte > STALE_MS) this.connection?.abort();
  }

  close(): void {
    this.closed = true;
    this.connection?.abort();
    this.pause.cut();
  }

  private async load(): Promise<void> {
    const snapshot = await getConversation();
    if (this.closed) return;
    this.known = true;
    this.rev = snapshot.rev;
    this.events.snapshot(snapshot);
  }

  private async follow(onOpen: () => void): Promise<void> {
    const connection = new AbortController();
    this.connection = connection;
    this.lastByte = Date.now();
    const watch = setInterval(() => {
      if (Date.now() - this.lastByte > SILENCE_MS) connection.abort();
    }, 5_000);
    try {
      const response = await openStream(this.rev, connection.signal);
      if (response.body === null) return;
      onOpen();
      this.events.link("live");
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      const parse = eventParser();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        this.lastByte = Date.now();
        for (const event of parse(decoder.decode(value, { stream: true }))) this.take(event);
      }
    } finally {
      clearInterval(watch);
      // Whatever threw, a half-read response must not keep one of the browser's few connections.
      connection.abort();
    }
  }

  private take({ event, data }: ServerEvent): void {
    if (this.closed) return;
    if (event === "turn") {
      const turn = JSON.parse(data) as Turn;
      this.rev = Math.max(this.rev, turn.rev);
      this.events.turn(turn);
    } else if (event === "job") {
      this.events.job(JSON.parse(data) as Job);
    } else if (event === "saved") {
      this.events.saved(JSON.parse(data) as string[]);
    } else if (event === "gone") {
      this.close();
      this.events.gone();
    }
  }
}
