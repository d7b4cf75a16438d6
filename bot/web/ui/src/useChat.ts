// Joins the reducer with the network: the stream feeds it, the outboxes carry away what the person does.

import { useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from "react";
import { postMessage, postPhoto, postPress } from "./api";
import { uuid } from "./format";
import { forgetEverything, keepUnsent, unsentOf } from "./memory";
import { Outbox } from "./outbox";
import { LiveStream } from "./stream";
import { EMPTY, reduce, type Outgoing, type State } from "./state";

/** An accepted press that changes nothing on the screen stops looking busy after this long. */
const PRESS_PATIENCE_MS = 8_000;

function split(action: string): [verb: string, argument: string] {
  const colon = action.indexOf(":");
  return colon < 0 ? [action, ""] : [action.slice(0, colon), action.slice(colon + 1)];
}

export interface Chat {
  state: State;
  saved: ReadonlySet<string>;
  say: (text: string) => void;
  show: (photo: File) => void;
  press: (turn: string, action: string) => void;
  discard: (id: string) => void;
  hurry: () => void;
}

function outgoing(kind: Outgoing["kind"], change: Partial<Outgoing>): Outgoing {
  return {
    id: uuid(),
    kind,
    at: new Date().toISOString(),
    status: "sending",
    text: "",
    preview: null,
    turn: null,
    action: null,
    since: 0,
    progress: 0,
    error: null,
    ...change,
  };
}

export function useChat(notify: (message: string) => void): Chat {
  const [state, dispatch] = useReducer(reduce, EMPTY);
  const [saved, setSaved] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(state);
  useLayoutEffect(() => {
    latest.current = state;
  }, [state]);

  // Presses have a lane of their own: Stop must not wait behind the upload of a photo.
  const [lanes] = useState(() => {
    const events = {
      retrying: (id: string) => dispatch({ type: "retrying", id }),
      accepted: (id: string) => dispatch({ type: "accepted", id }),
    };
    return {
      says: new Outbox({ ...events, refused: (id, error) => dispatch({ type: "refused", id, error }) }),
      presses: new Outbox({
        ...events,
        accepted: (id) => {
          events.accepted(id);
          setTimeout(() => dispatch({ type: "discarded", id }), PRESS_PATIENCE_MS);
        },
        refused: (id, error) => {
          dispatch({ type: "discarded", id });
          notify(error);
        },
      }),
    };
  });
  const [stream, setStream] = useState<LiveStream | null>(null);

  const dispatchOut = useCallback(
    (item: Outgoing, photo: File | null) => {
      dispatch({ type: "queued", item });
      if (photo !== null) {
        const onProgress = (progress: number): void => dispatch({ type: "progress", id: item.id, progress });
        lanes.says.put({ id: item.id, send: () => postPhoto(item.id, photo, onProgress) });
      } else if (item.kind === "press") {
        lanes.presses.put({ id: item.id, send: () => postPress(item.id, item.turn ?? "", item.action ?? "") });
      } else {
        lanes.says.put({ id: item.id, send: () => postMessage(item.id, item.text) });
      }
    },
    [lanes],
  );

  useEffect(() => {
    const settle = (event: string | null): void => {
      if (event === null) return;
      lanes.says.settle(event);
      lanes.presses.settle(event);
    };
    const live = new LiveStream({
      snapshot: (snapshot) => {
        const first = latest.current.conversation !== snapshot.conversation;
        for (const turn of snapshot.turns) settle(turn.event);
        dispatch({ type: "snapshot", snapshot });
        if (!first) return;
        for (const item of unsentOf(snapshot.conversation)) dispatchOut({ ...item, status: "retrying" }, null);
      },
      turn: (turn) => {
        settle(turn.event);
        dispatch({ type: "turn", turn });
      },
      job: (job) => dispatch({ type: "job", job }),
      saved: (products) => setSaved(new Set(products)),
      link: (link) => dispatch({ type: "link", link }),
      gone: () => {
        forgetEverything();
        window.location.reload();
      },
    });
    setStream(live);
    void live.run();
    return () => live.close();
  }, [lanes, dispatchOut]);

  const hurry = useCallback(() => {
    stream?.hurry();
    lanes.says.hurry();
    lanes.presses.hurry();
  }, [stream, lanes]);

  useEffect(() => {
    const awake = (): void => {
      if (document.visibilityState === "visible") hurry();
    };
    window.addEventListener("online", hurry);
    window.addEventListener("pageshow", awake);
    document.addEventListener("visibilitychange", awake);
    return () => {
      window.removeEventListener("online", hurry);
      window.removeEventListener("pageshow", awake);
      document.removeEventListener("visibilitychange", awake);
    };
  }, [hurry]);

  useEffect(() => {
    if (state.conversation !== null) keepUnsent(state.conversation, state.outgoing);
  }, [state.conversation, state.outgoing]);

  const photoLeaving = state.outgoing.some(
    (item) => item.kind === "photo" && (item.status === "sending" || item.status === "retrying"),
  );
  useEffect(() => {
    if (!photoLeaving) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [photoLeaving]);

  const say = useCallback((text: string) => dispatchOut(outgoing("text", { text }), null), [dispatchOut]);

  const show = useCallback(
    (photo: File) => {
      dispatchOut(outgoing("photo", { text: photo.name, preview: URL.createObjectURL(photo) }), photo);
    },
    [dispatchOut],
  );

  const press = useCallback(
    (turn: string, action: string) => {
      const busy = latest.current.outgoing.some((item) => item.turn === turn && item.action === action);
      if (busy) return; // a double press is one press
      dispatchOut(outgoing("press", { turn, action }), null);
      const [verb, product] = split(action);
      if (verb !== "save" && verb !== "unsave") return;
      // The heart answers at once; the server says what is saved a moment later.
      setSaved((before) => {
        const after = new Set(before);
        if (verb === "save") after.add(product);
        else after.delete(product);
        return after;
      });
    },
    [dispatchOut],
  );

  const discard = useCallback((id: string) => dispatch({ type: "discarded", id }), []);

  return { state, saved, say, show, press, discard, hurry };
}
