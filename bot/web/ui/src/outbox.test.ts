import { describe, expect, test } from "vitest";
import { ApiError, unreachable } from "./api";
import { Outbox, type OutboxEvents } from "./outbox";

function recorder(): { log: string[]; events: OutboxEvents; done: (id: string) => Promise<void> } {
  const log: string[] = [];
  const waiting = new Map<string, () => void>();
  const end = (id: string, word: string): void => {
    log.push(`${word} ${id}`);
    waiting.get(id)?.();
  };
  return {
    log,
    events: {
      retrying: (id) => log.push(`retrying ${id}`),
      accepted: (id) => end(id, "accepted"),
      refused: (id) => end(id, "refused"),
    },
    done: (id) => new Promise((resolve) => waiting.set(id, resolve)),
  };
}

function failing(times: number, error: ApiError): () => Promise<void> {
  let left = times;
  return () => (left-- > 0 ? Promise.reject(error) : Promise.resolve());
}

describe("the outbox", () => {
  test("sends in order and does not pass one that has to wait", async () => {
    const { log, events, done } = recorder();
    const outbox = new Outbox(events, () => 0);
    const second = done("b");
    outbox.put({ id: "a", send: failing(2, unreachable()) });
    outbox.put({ id: "b", send: failing(0, unreachable()) });
    await second;
    expect(log).toEqual(["retrying a", "retrying a", "accepted a", "accepted b"]);
  });

  test("gives up what the server refuses and goes on", async () => {
    const { log, events, done } = recorder();
    const outbox = new Outbox(events, () => 0);
    const second = done("b");
    outbox.put({ id: "a", send: failing(9, new ApiError(422, "invalid", "Too long.", null)) });
    outbox.put({ id: "b", send: failing(0, unreachable()) });
    await second;
    expect(log).toEqual(["refused a", "accepted b"]);
  });

  test.each([
    ["while it is on its way", queueMicrotask],
    ["while it waits", (settle: () => void) => setTimeout(settle, 0)],
  ])("does not send again what the server has shown back %s", async (_, later) => {
    const { log, events, done } = recorder();
    const outbox = new Outbox(
      {
        ...events,
        retrying: (id) => {
          events.retrying(id);
          later(() => outbox.settle(id));
        },
      },
      () => 3_600_000,
    );
    const second = done("b");
    outbox.put({ id: "a", send: failing(9, unreachable()) });
    outbox.put({ id: "b", send: failing(0, unreachable()) });
    await second;
    expect(log).toEqual(["retrying a", "accepted b"]);
  });

  test("does not sit out a pause when it is hurried", async () => {
    const { log, events, done } = recorder();
    const outbox = new Outbox(
      {
        ...events,
        retrying: (id) => {
          events.retrying(id);
          setTimeout(() => outbox.hurry(), 0);
        },
      },
      () => 3_600_000,
    );
    const first = done("a");
    outbox.put({ id: "a", send: failing(1, unreachable()) });
    await first;
    expect(log).toEqual(["retrying a", "accepted a"]);
  });
});
