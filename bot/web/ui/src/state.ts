// Everything the screen shows, and the only way it changes. Pure: the network lives in api, outbox and stream.

import { isOver, type Conversation, type Job, type Turn } from "./protocol";

/** Something the person did that the server has not shown back to us yet. */
export interface Outgoing {
  id: string;
  kind: "text" | "photo" | "press";
  at: string;
  status: "sending" | "retrying" | "accepted" | "refused";
  text: string;
  /** Of a photo: an object URL of the person's own file. */
  preview: string | null;
  /** Of a press: the turn and the action of the button. */
  turn: string | null;
  action: string | null;
  /** The revision we knew when the person did it: what comes later may be the answer. */
  since: number;
  /** Of a photo: how much of it is uploaded, 0 to 1. */
  progress: number;
  /** Why the server refused it, in words for the person. */
  error: string | null;
}

export type Link = "connecting" | "live" | "lost";

export interface State {
  conversation: string | null;
  /** The last revision we have seen: where the stream goes on. */
  rev: number;
  /** Ordered by `seq`, each id once. */
  turns: Turn[];
  jobs: Record<string, Job>;
  outgoing: Outgoing[];
  /** Object URLs of sent photos by event id, so that a picture does not blink while the server's copy loads. */
  previews: Record<string, string>;
  link: Link;
}

export type Action =
  | { type: "snapshot"; snapshot: Conversation }
  | { type: "turn"; turn: Turn }
  | { type: "job"; job: Job }
  | { type: "link"; link: Link }
  | { type: "queued"; item: Outgoing } // `since` is filled in here
  | { type: "progress"; id: string; progress: number }
  | { type: "retrying"; id: string }
  | { type: "accepted"; id: string }
  | { type: "refused"; id: string; error: string }
  | { type: "discarded"; id: string };

export const EMPTY: State = {
  conversation: null,
  rev: 0,
  turns: [],
  jobs: {},
  outgoing: [],
  previews: {},
  link: "connecting",
};

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "snapshot":
      return withSnapshot(state, action.snapshot);
    case "turn":
      return withTurn(state, action.turn);
    case "job":
      return withJob(state, action.job);
    case "link":
      return state.link === action.link ? state : { ...state, link: action.link };
    case "queued":
      return withQueued(state, action.item);
    case "progress":
      return changed(state, action.id, { progress: action.progress });
    case "retrying":
      return changed(state, action.id, { status: "retrying" });
    case "accepted":
      return withAccepted(state, action.id);
    case "refused":
      return changed(state, action.id, { status: "refused", error: action.error });
    case "discarded":
      return { ...state, outgoing: state.outgoing.filter((item) => item.id !== action.id) };
  }
}

function withSnapshot(state: State, snapshot: Conversation): State {
  // Another conversation under the same cookie: the person was erased, or the server started from nothing.
  const fresh = state.conversation !== null && state.conversation !== snapshot.conversation;
  let next: State = fresh ? { ...EMPTY, link: state.link } : state;
  next = { ...next, conversation: snapshot.conversation };
  for (const turn of snapshot.turns) next = withTurn(next, turn);
  const jobs = { ...next.jobs };
  for (const job of snapshot.jobs) jobs[job.id] = job;
  return { ...next, jobs, rev: Math.max(next.rev, snapshot.rev) };
}

function withTurn(state: State, turn: Turn): State {
  const known = state.turns.find((other) => other.id === turn.id);
  if (known !== undefined && known.rev >= turn.rev) return state;
  const turns = state.turns.filter((other) => other.id !== turn.id);
  // Nearly every turn is the newest, so the place is searched for from the end.
  let place = turns.length;
  while (place > 0 && (turns[place - 1] as Turn).seq > turn.seq) place -= 1;
  turns.splice(place, 0, turn);
  return { ...state, turns, rev: Math.max(state.rev, turn.rev), outgoing: settled(state, turn) };
}

/** A person's turn takes the place of what we showed for it; any answer ends the wait of an accepted press. */
function settled(state: State, turn: Turn): Outgoing[] {
  return state.outgoing.filter((item) => {
    if (turn.event === item.id) return false;
    return !(item.kind === "press" && item.status === "accepted" && turn.author === "stylist");
  });
}

function withAccepted(state: State, id: string): State {
  const item = state.outgoing.find((other) => other.id === id);
  // The answer can overtake the acknowledgement: they come over different connections.
  const answered = state.turns.some((turn) => turn.author === "stylist" && turn.rev > (item?.since ?? 0));
  if (item?.kind === "press" && answered) return reduce(state, { type: "discarded", id });
  return changed(state, id, { status: "accepted", progress: 1 });
}

function withJob(state: State, job: Job): State {
  const known = state.jobs[job.id];
  // Progress that was on its way when the job ended must not wake it up again.
  if (known !== undefined && isOver(known) && !isOver(job)) return state;
  // Nor does a bar run backwards: live progress can be ahead of what the database says.
  const running = known?.status === "running" && job.status === "running" && known.refining === job.refining;
  if (running && job.fraction < known.fraction) return state;
  return { ...state, jobs: { ...state.jobs, [job.id]: job } };
}

function withQueued(state: State, queued: Outgoing): State {
  const item = { ...queued, since: state.rev };
  const known =
    state.outgoing.some((other) => other.id === item.id) || state.turns.some((turn) => turn.event === item.id);
  if (known) return state;
  const previews = item.preview === null ? state.previews : { ...state.previews, [item.id]: item.preview };
  return { ...state, outgoing: [...state.outgoing, item], previews };
}

function changed(state: State, id: string, change: Partial<Outgoing>): State {
  if (!state.outgoing.some((item) => item.id === id)) return state;
  return { ...state, outgoing: state.outgoing.map((item) => (item.id === id ? { ...item, ...change } : item)) };
}

/** The press of this button that is still on its way, if any. */
export function pressOf(state: State, turn: string, action: string): Outgoing | undefined {
  return state.outgoing.find((item) => item.kind === "press" && item.turn === turn && item.action === action);
}

/** The language of the stylist's latest words. */
export function spokenIn(state: State): string | null {
  for (let place = state.turns.length - 1; place >= 0; place -= 1) {
    const turn = state.turns[place] as Turn;
    if (turn.author === "stylist" && turn.lang !== null) return turn.lang;
  }
  return null;
}

/** Whether the person said something that the stylist has not answered yet. */
export function awaitsAnswer(state: State): boolean {
  const last = state.turns.at(-1);
  const sent = state.outgoing.some((item) => item.status === "accepted");
  return sent || last === undefined || last.author === "person";
}
