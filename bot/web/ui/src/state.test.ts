import { describe, expect, test } from "vitest";
import type { Conversation, Job, Turn } from "./protocol";
import { EMPTY, awaitsAnswer, pressOf, reduce, spokenIn, type Outgoing, type State } from "./state";

function turn(seq: number, change: Partial<Turn> = {}): Turn {
  return {
    id: `t${seq}`,
    seq,
    rev: seq,
    author: "stylist",
    at: "2026-01-31T12:00:00Z",
    event: null,
    text: `turn ${seq}`,
    lang: null,
    choices: [],
    products: [],
    pictures: [],
    job: null,
    ...change,
  };
}

function outgoing(id: string, change: Partial<Outgoing> = {}): Outgoing {
  return {
    id,
    kind: "text",
    at: "2026-01-31T12:00:00Z",
    status: "sending",
    text: "white t-shirt",
    preview: null,
    turn: null,
    action: null,
    since: 0,
    progress: 0,
    error: null,
    ...change,
  };
}

function job(change: Partial<Job> = {}): Job {
  const known = { id: "j1", status: "running" as const, position: 0, eta_s: 5, stage: "warp", fraction: 0.5 };
  return { ...known, refining: false, sketch: null, ...change };
}

function snapshot(turns: Turn[], change: Partial<Conversation> = {}): Conversation {
  return { conversation: "c1", rev: Math.max(0, ...turns.map((t) => t.rev)), turns, jobs: [], ...change };
}

const started = reduce(EMPTY, { type: "snapshot", snapshot: snapshot([turn(1)]) });
const ids = (state: State): string[] => state.turns.map((t) => t.id);

describe("turns", () => {
  test("are ordered by seq however they arrive", () => {
    let state = EMPTY;
    for (const seq of [3, 1, 2]) state = reduce(state, { type: "turn", turn: turn(seq) });
    expect(ids(state)).toEqual(["t1", "t2", "t3"]);
    expect(state.rev).toBe(3);
  });

  test("that come twice are shown once", () => {
    const once = reduce(started, { type: "turn", turn: turn(2) });
    expect(reduce(once, { type: "turn", turn: turn(2) })).toBe(once);
  });

  test("with a newer revision replace the old one in its place", () => {
    const later = reduce(started, { type: "turn", turn: turn(2) });
    const state = reduce(later, { type: "turn", turn: turn(1, { rev: 3, text: "changed" }) });
    expect(ids(state)).toEqual(["t1", "t2"]);
    expect(state.turns[0]?.text).toBe("changed");
    expect(state.rev).toBe(3);
  });

  test("with an older revision change nothing", () => {
    const newer = reduce(started, { type: "turn", turn: turn(1, { rev: 5, text: "new" }) });
    expect(reduce(newer, { type: "turn", turn: turn(1, { rev: 4, text: "old" }) })).toBe(newer);
  });
});

describe("a snapshot", () => {
  test("of the same conversation adds what was missed and keeps the rest", () => {
    const live = reduce(started, { type: "turn", turn: turn(2, { rev: 7, text: "live" }) });
    const state = reduce(live, { type: "snapshot", snapshot: snapshot([turn(2), turn(3)]) });
    expect(ids(state)).toEqual(["t1", "t2", "t3"]);
    expect(state.turns[1]?.text).toBe("live");
    expect(state.rev).toBe(7);
  });

  test("of another conversation starts from nothing", () => {
    const sent = reduce(started, { type: "queued", item: outgoing("e1") });
    const state = reduce(sent, { type: "snapshot", snapshot: snapshot([turn(1, { id: "n1" })], { conversation: "c2" }) });
    expect(ids(state)).toEqual(["n1"]);
    expect(state.outgoing).toEqual([]);
    expect(state.rev).toBe(1);
  });

  test("moves the stream's start past turns that it does not show", () => {
    expect(reduce(EMPTY, { type: "snapshot", snapshot: snapshot([turn(1)], { rev: 9 }) }).rev).toBe(9);
  });
});

describe("what the person sends", () => {
  test("is shown until the server's turn for it comes", () => {
    let state = reduce(started, { type: "queued", item: outgoing("e1") });
    expect(state.outgoing).toHaveLength(1);
    state = reduce(state, { type: "accepted", id: "e1" });
    expect(state.outgoing[0]?.status).toBe("accepted");
    state = reduce(state, { type: "turn", turn: turn(2, { author: "person", event: "e1" }) });
    expect(state.outgoing).toEqual([]);
    expect(ids(state)).toEqual(["t1", "t2"]);
  });

  test("stays gone when the acknowledgement comes after the turn", () => {
    let state = reduce(started, { type: "queued", item: outgoing("e1") });
    state = reduce(state, { type: "turn", turn: turn(2, { author: "person", event: "e1" }) });
    expect(reduce(state, { type: "accepted", id: "e1" })).toBe(state);
    expect(reduce(state, { type: "retrying", id: "e1" })).toBe(state);
  });

  test("is not queued again after a reload when the server already has it", () => {
    const state = reduce(started, { type: "turn", turn: turn(2, { author: "person", event: "e1" }) });
    expect(reduce(state, { type: "queued", item: outgoing("e1") })).toBe(state);
  });

  test("keeps the reason when it is refused, and goes when discarded", () => {
    let state = reduce(started, { type: "queued", item: outgoing("e1") });
    state = reduce(state, { type: "refused", id: "e1", error: "Too long." });
    expect(state.outgoing[0]).toMatchObject({ status: "refused", error: "Too long." });
    expect(reduce(state, { type: "discarded", id: "e1" }).outgoing).toEqual([]);
  });

  test("keeps a photo's preview after the server's turn has come", () => {
    let state = reduce(started, { type: "queued", item: outgoing("e1", { kind: "photo", preview: "blob:1" }) });
    state = reduce(state, { type: "turn", turn: turn(2, { author: "person", event: "e1" }) });
    expect(state.previews["e1"]).toBe("blob:1");
  });
});

describe("a press", () => {
  const press = outgoing("p1", { kind: "press", turn: "t1", action: "try:1" });

  test("looks busy until the stylist answers", () => {
    let state = reduce(started, { type: "queued", item: press });
    state = reduce(state, { type: "accepted", id: "p1" });
    expect(pressOf(state, "t1", "try:1")?.id).toBe("p1");
    state = reduce(state, { type: "turn", turn: turn(2) });
    expect(pressOf(state, "t1", "try:1")).toBeUndefined();
  });

  test("is over when the answer overtakes the acknowledgement", () => {
    let state = reduce(started, { type: "queued", item: press });
    state = reduce(state, { type: "turn", turn: turn(2) });
    state = reduce(state, { type: "accepted", id: "p1" });
    expect(state.outgoing).toEqual([]);
  });
});

describe("a job", () => {
  test("shows its latest progress", () => {
    let state = reduce(started, { type: "job", job: job({ fraction: 0.2 }) });
    state = reduce(state, { type: "job", job: job({ fraction: 0.8 }) });
    expect(state.jobs["j1"]?.fraction).toBe(0.8);
  });

  test("does not run backwards, unless it starts over", () => {
    const half = reduce(started, { type: "job", job: job({ fraction: 0.5 }) });
    expect(reduce(half, { type: "job", job: job({ fraction: 0.1 }) })).toBe(half);
    const waiting = reduce(half, { type: "job", job: job({ status: "queued", fraction: 0 }) });
    const again = reduce(waiting, { type: "job", job: job({ fraction: 0.1 }) });
    expect(again.jobs["j1"]?.fraction).toBe(0.1);
    const finer = reduce(half, { type: "job", job: job({ refining: true, fraction: 0.2, sketch: "/media/so-far" }) });
    expect(finer.jobs["j1"], "a better picture begins from the start").toMatchObject({ fraction: 0.2 });
  });

  test("that ended is not woken by late progress", () => {
    const ended = reduce(started, { type: "job", job: job({ status: "cancelled" }) });
    expect(reduce(ended, { type: "job", job: job() })).toBe(ended);
  });
});

describe("the stylist's turn to speak", () => {
  test("comes after the person's turn and ends with the answer", () => {
    expect(awaitsAnswer(started)).toBe(false);
    const asked = reduce(started, { type: "turn", turn: turn(2, { author: "person" }) });
    expect(awaitsAnswer(asked)).toBe(true);
    expect(awaitsAnswer(reduce(asked, { type: "turn", turn: turn(3) }))).toBe(false);
  });
});

test("the stylist's latest words tell the language", () => {
  const turns = [turn(1, { lang: "de" }), turn(2, { lang: "hi" }), turn(3, { author: "person" })];
  expect(spokenIn(turns.reduce((state, one) => reduce(state, { type: "turn", turn: one }), EMPTY))).toBe("hi");
  expect(spokenIn(EMPTY)).toBeNull();
});
