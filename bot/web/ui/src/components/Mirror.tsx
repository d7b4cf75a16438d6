import { useState } from "react";
import { useChatTools, type Look } from "../ChatContext";
import { useLanguage, type Key } from "../language";
import type { Turn } from "../protocol";
import { useShape } from "../useShape";
import { HangerIcon } from "./Icons";

interface Seen extends Look {
  turn: string;
}

/** The try-ons of the conversation, newest first, and the photo that the next one will start from. */
function seenIn(turns: Turn[]): { looks: Seen[]; photo: Seen | null } {
  const looks: Seen[] = [];
  let photo: Seen | null = null;
  for (const turn of turns) {
    const result = turn.pictures.find((picture) => picture.role === "result");
    const before = turn.pictures.find((picture) => picture.role === "before") ?? null;
    if (result !== undefined) looks.unshift({ turn: turn.id, picture: result, before });
    const own = turn.author === "person" ? turn.pictures.find((picture) => picture.role === "photo") : undefined;
    if (own !== undefined) photo = { turn: turn.id, picture: own, before: null };
  }
  return { looks, photo };
}

function captionOf(seen: Seen): Key {
  if (seen.picture.role === "photo") return "yourPhoto";
  return seen.before === null ? "sideBySide" : "yourLook";
}

/** The side panel of a wide screen: the person as they are now, and the looks so far. */
export function Mirror({ onChoosePhoto }: { onChoosePhoto: () => void }) {
  const { state, look } = useChatTools();
  const { say } = useLanguage();
  const { looks, photo } = seenIn(state.turns);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = looks.find((seen) => seen.turn === chosen) ?? looks[0] ?? photo;
  const { ratio, measure } = useShape(shown?.picture ?? null);

  return (
    <aside aria-label={say("mirror")} className="flex w-[min(26rem,32vw)] shrink-0 flex-col gap-4 border-s border-line p-6">
      {shown === null ? (
        <EmptyMirror onChoosePhoto={onChoosePhoto} />
      ) : (
        <>
          <button
            key={shown.turn}
            type="button"
            onClick={() => look(shown)}
            className="animate-fade relative min-h-0 w-full shrink cursor-zoom-in overflow-hidden rounded-card bg-mist"
            style={{ aspectRatio: ratio }}
          >
            <img
              src={shown.picture.url}
              alt=""
              onLoad={measure}
              className="absolute inset-0 size-full object-cover object-top"
            />
            <span className="absolute inset-x-0 bottom-0 bg-linear-to-t from-night/75 to-transparent p-4 pt-12 text-start font-display text-[1.25rem] text-white">
              {say(captionOf(shown))}
              <span className="sr-only">, {say("lookClosely", { alt: shown.picture.alt })}</span>
            </span>
          </button>
          {looks.length > 1 && (
            <ul aria-label={say("looksSoFar")} className="carousel flex shrink-0 gap-2 overflow-x-auto p-1">
              {looks.map((seen, index) => (
                <li key={seen.turn} className="shrink-0">
                  <button
                    type="button"
                    aria-label={say("lookNumber", { number: looks.length - index })}
                    aria-pressed={seen === shown}
                    onClick={() => setChosen(seen.turn)}
                    className={`tap block h-20 w-15 overflow-hidden rounded-tag bg-mist ${seen === shown ? "outline-2 outline-offset-1 outline-thread" : "opacity-75 hover:opacity-100"}`}
                  >
                    <img src={seen.picture.url} alt="" loading="lazy" className="size-full object-cover object-top" />
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </aside>
  );
}

function EmptyMirror({ onChoosePhoto }: { onChoosePhoto: () => void }) {
  const { say } = useLanguage();
  return (
    <div className="flex grow flex-col items-center justify-center gap-4 rounded-card bg-mist p-8 text-center">
      <HangerIcon className="size-14 text-thread" />
      <p className="max-w-[16ch] font-display text-lead text-balance">{say("mirrorWaiting")}</p>
      <p className="max-w-[30ch] text-small text-soft">{say("mirrorHint")}</p>
      <button
        type="button"
        onClick={onChoosePhoto}
        className="tap mt-1 min-h-11 rounded-full border border-edge px-5 text-[0.9375rem] font-medium hover:border-action hover:bg-action hover:text-on-action"
      >
        {say("chooseDevice")}
      </button>
    </div>
  );
}
