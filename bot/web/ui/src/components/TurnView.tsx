import { memo } from "react";
import { clock } from "../format";
import { useLanguage } from "../language";
import type { Picture, Turn } from "../protocol";
import { Choices } from "./Choices";
import { JobCard } from "./JobCard";
import { PictureView } from "./PictureView";
import { ProductCards, WornProduct } from "./ProductCards";
import { Result } from "./Result";
import { Prose } from "./Prose";

interface Props {
  turn: Turn;
  current: boolean;
  /** Whether it follows a turn of the same author closely enough to share its heading. */
  joined: boolean;
  /** The turn that opens the conversation is set like a headline. */
  opening: boolean;
  /** It came while the page was open. */
  fresh: boolean;
  preview: string | undefined;
}

export const TurnView = memo(function TurnView({ turn, current, joined, opening, fresh, preview }: Props) {
  const { say } = useLanguage();
  const mine = turn.author === "person";
  const name = say(mine ? "you" : "stylist");
  const time = clock(turn.at);
  // The job's card has its own Stop.
  const choices = turn.choices.filter(({ action }) => turn.job === null || action !== `cancel:${turn.job}`);
  return (
    <article
      aria-label={`${name}, ${time}`}
      lang={turn.lang ?? undefined}
      className={`${!joined ? "mt-7" : mine ? "mt-2" : "mt-5"} ${fresh ? "animate-rise" : ""} ${mine ? "flex flex-col items-end" : ""}`}
    >
      {!joined && <Heading name={name} at={turn.at} time={time} />}
      {mine ? <Mine turn={turn} preview={preview} /> : <Theirs turn={turn} opening={opening} />}
      <Choices turn={turn.id} choices={choices} current={current} />
    </article>
  );
});

export function Heading({ name, at, time }: { name: string; at: string; time: string }) {
  return (
    <p className="mb-1.5 flex items-baseline gap-2 text-note text-faint">
      <span className="font-medium tracking-wide">{name}</span>
      <time dateTime={at} className="tabular-nums">
        {time}
      </time>
    </p>
  );
}

const SHAPE = "max-w-[min(34rem,85%)] rounded-bubble rounded-ee-tag px-4 py-2.5 whitespace-pre-wrap wrap-anywhere";
export const BUBBLE = `${SHAPE} bg-bubble text-on-bubble`;
export const REFUSED_BUBBLE = `${SHAPE} bg-mist text-soft`;

function Mine({ turn, preview }: { turn: Turn; preview: string | undefined }) {
  return (
    <>
      {turn.pictures.map((picture) => (
        <PictureView
          key={picture.url}
          picture={picture}
          placeholder={preview}
          className="max-h-[46dvh] w-[min(15rem,60%)]"
        />
      ))}
      {turn.text !== "" && (
        <p dir="auto" className={`${BUBBLE} ${turn.pictures.length > 0 ? "mt-1.5" : ""}`}>
          {turn.text}
        </p>
      )}
    </>
  );
}

function Theirs({ turn, opening }: { turn: Turn; opening: boolean }) {
  const before = turn.pictures.find((picture) => picture.role === "before");
  const result = turn.pictures.find((picture) => picture.role === "result");
  const pair = before !== undefined && result !== undefined ? { before, result } : null;
  const plain = pair === null ? turn.pictures : turn.pictures.filter((p) => p !== before && p !== result);
  return (
    <>
      <Prose text={turn.text} opening={opening} />
      {pair !== null && <Result before={pair.before} result={pair.result} />}
      {plain.map((picture) => (
        <PictureView key={picture.url} picture={picture} className={`mt-3 ${size(picture)}`} />
      ))}
      {turn.job !== null && <JobCard turn={turn.id} id={turn.job} />}
      {pair !== null ? (
        turn.products.map((product) => <WornProduct key={product.id} turn={turn.id} product={product} />)
      ) : (
        <ProductCards turn={turn.id} products={turn.products} />
      )}
    </>
  );
}

function size(picture: Picture): string {
  return picture.role === "photo" ? "max-h-[46dvh] w-[min(15rem,60%)]" : "w-[min(30rem,100%)]";
}
