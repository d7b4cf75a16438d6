import { useState } from "react";
import { useChatTools } from "../ChatContext";
import { clock } from "../format";
import { useLanguage } from "../language";
import type { Outgoing } from "../state";
import { PhotoIcon, WarnIcon } from "./Icons";
import { BUBBLE, Heading, REFUSED_BUBBLE } from "./TurnView";

/** What the person has just sent, until the server shows it back. */
export function OutgoingView({ item }: { item: Outgoing }) {
  const { say } = useLanguage();
  const time = clock(item.at);
  return (
    // Not announced: the server's turn is, when it takes this one's place.
    <article aria-label={`${say("you")}, ${time}`} aria-live="off" className="animate-rise mt-7 flex flex-col items-end">
      <Heading name={say("you")} at={item.at} time={time} />
      {item.kind === "photo" ? (
        <SentPhoto item={item} />
      ) : (
        <p dir="auto" className={item.status === "refused" ? REFUSED_BUBBLE : BUBBLE}>
          {item.text}
        </p>
      )}
      <Status item={item} />
    </article>
  );
}

function SentPhoto({ item }: { item: Outgoing }) {
  const { say } = useLanguage();
  const [visible, setVisible] = useState(true);
  const leaving = item.status === "sending" || item.status === "retrying";
  return (
    <div className="relative w-[min(15rem,60%)] overflow-hidden rounded-card bg-mist">
      {visible && item.preview !== null ? (
        <img
          src={item.preview}
          alt={say("yourPhotoNamed", { name: item.text })}
          onError={() => setVisible(false)}
          className={`max-h-[46dvh] w-full object-cover ${item.status === "refused" ? "opacity-50" : ""}`}
        />
      ) : (
        // Not every browser can show what every phone can take.
        <p className="flex items-center gap-2.5 px-4 py-8 text-small text-soft wrap-anywhere">
          <PhotoIcon className="size-6 shrink-0" /> {item.text}
        </p>
      )}
      {leaving && (
        <div className="absolute inset-x-3 bottom-3 h-1 overflow-hidden rounded-full bg-night/45">
          <div
            className="h-full origin-left bg-white rtl:origin-right transition-transform duration-200"
            style={{ transform: `scaleX(${item.progress})` }}
          />
        </div>
      )}
    </div>
  );
}

const QUIET = "mt-1.5 flex items-center gap-1.5 text-note text-faint";
const LINK = "tap min-h-8 px-1 font-medium underline underline-offset-3 hover:text-ink";

function Status({ item }: { item: Outgoing }) {
  const { discard, rewrite } = useChatTools();
  const { say } = useLanguage();
  if (item.status === "retrying") return <p className={QUIET}>{say("notSent")}</p>;
  if (item.status !== "refused") return null;
  return (
    <div role="alert" className="mt-2 max-w-[85%] text-end text-small text-thread-text">
      <p className="inline-flex items-start gap-1.5 text-start">
        <WarnIcon className="mt-0.5 size-4 shrink-0" /> {item.error}
      </p>
      <p className="flex justify-end gap-3 text-soft">
        {item.kind === "text" && (
          <button
            type="button"
            className={LINK}
            onClick={() => {
              rewrite(item.text);
              discard(item.id);
            }}
          >
            {say("edit")}
          </button>
        )}
        <button type="button" className={LINK} onClick={() => discard(item.id)}>
          {say("remove")}
        </button>
      </p>
    </div>
  );
}
