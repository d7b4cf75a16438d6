import { Fragment, useEffect, useRef, useState } from "react";
import { useChatTools } from "../ChatContext";
import { day, dayKey } from "../format";
import { useLanguage } from "../language";
import { useSettled, type Stick } from "../hooks";
import type { Turn } from "../protocol";
import { awaitsAnswer } from "../state";
import { DownIcon, HangerIcon } from "./Icons";
import { OutgoingView } from "./OutgoingView";
import { TurnView } from "./TurnView";

const JOIN_MS = 3 * 60_000;
/** A stylist who has not answered for this long is not shown as writing. */
const WRITING_MS = 45_000;

function joins(turn: Turn, previous: Turn | undefined): boolean {
  if (previous === undefined || previous.author !== turn.author) return false;
  return new Date(turn.at).getTime() - new Date(previous.at).getTime() < JOIN_MS;
}

export function ChatLog({ stick }: { stick: Stick }) {
  const { state } = useChatTools();
  const { say } = useLanguage();
  const { turns, outgoing, previews } = state;
  const said = outgoing.filter((item) => item.kind !== "press");
  const latest = said.length === 0 ? turns.at(-1)?.id : undefined;

  // What was there when the page opened does not rise onto it.
  const old = useRef<Set<string> | null>(null);
  if (old.current === null && state.conversation !== null) old.current = new Set(turns.map((turn) => turn.id));

  const unread = useUnread(turns, stick.atEnd);
  const ownTurns = said.length;
  const { toEnd } = stick;
  useEffect(() => {
    if (ownTurns > 0) toEnd(true);
  }, [ownTurns, toEnd]);

  return (
    <div className="relative min-h-0 grow">
      <div ref={stick.frame} tabIndex={-1} className="h-full overflow-y-auto overscroll-contain outline-none">
        <div
          ref={stick.content}
          role="log"
          aria-label={say("conversation")}
          aria-live="polite"
          aria-relevant="additions"
          className="mx-auto max-w-[46rem] px-4 pt-4 pb-6 sm:px-6"
        >
          {turns.map((turn, index) => {
            const previous = turns[index - 1];
            const newDay = previous === undefined || dayKey(previous.at) !== dayKey(turn.at);
            return (
              <Fragment key={turn.event ?? turn.id}>
                {newDay && <Day at={turn.at} />}
                <TurnView
                  turn={turn}
                  current={turn.id === latest}
                  joined={!newDay && joins(turn, previous)}
                  opening={index === 0 && turn.seq <= 1}
                  fresh={turn.event === null && !(old.current?.has(turn.id) ?? true)}
                  preview={turn.event === null ? undefined : previews[turn.event]}
                />
              </Fragment>
            );
          })}
          {said.map((item) => (
            <OutgoingView key={item.id} item={item} />
          ))}
          <Writing />
        </div>
      </div>
      {!stick.atEnd && (
        <button
          type="button"
          onClick={() => toEnd(true)}
          className="tap animate-rise absolute inset-x-0 bottom-3 mx-auto flex min-h-10 w-fit items-center gap-1.5 rounded-full border border-line bg-card px-4 text-small font-medium shadow-lift"
        >
          <DownIcon className="size-4" />
          {say(unread ? "newMessages" : "toLatest")}
        </button>
      )}
    </div>
  );
}

/** Whether something came while the reader was further up. */
function useUnread(turns: Turn[], atEnd: boolean): boolean {
  const seen = useRef(0);
  const rev = turns.reduce((most, turn) => Math.max(most, turn.rev), 0);
  useEffect(() => {
    if (atEnd) seen.current = rev;
  }, [atEnd, rev]);
  return !atEnd && rev > seen.current;
}

function Day({ at }: { at: string }) {
  useLanguage();
  return (
    <p className="mt-6 flex items-center gap-3 text-note tracking-wide text-faint first:mt-2">
      <span className="h-px grow bg-line" />
      <time dateTime={at.slice(0, 10)}>{day(at)}</time>
      <span className="h-px grow bg-line" />
    </p>
  );
}

function Writing() {
  const { say } = useLanguage();
  const { state } = useChatTools();
  const waiting = state.conversation !== null && awaitsAnswer(state);
  const mark = `${state.rev}:${state.outgoing.length}`;
  const [overdue, setOverdue] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setOverdue(mark), WRITING_MS);
    return () => clearTimeout(timer);
  }, [mark]);
  // Most answers come at once: no flicker for them.
  const patient = useSettled(waiting, 350);
  if (!waiting || !patient || overdue === mark) return null;
  return (
    <div className="animate-fade mt-7 flex items-center gap-2 text-small text-faint">
      <HangerIcon className="animate-breathe size-5" />
      <span>{say("writing")}</span>
    </div>
  );
}
