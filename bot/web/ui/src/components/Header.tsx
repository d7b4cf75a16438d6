import { useId } from "react";
import { useSettled } from "../hooks";
import { useLanguage, type Key } from "../language";
import type { Link } from "../state";
import { MoreIcon } from "./Icons";

/** Sent as the person's own words, so each language has a phrase that the stylist understands. */
const WISHES: { label: Key; text: Key }[] = [
  { label: "askHelp", text: "askHelpText" },
  { label: "askSaved", text: "askSavedText" },
  { label: "askErase", text: "askEraseText" },
];

export function Header({ link, onSay }: { link: Link; onSay: (text: string) => void }) {
  const { say } = useLanguage();
  const menu = useId();
  return (
    <header className="relative z-10 border-b border-line bg-paper pt-[env(safe-area-inset-top)]">
      <a
        href="#message"
        className="absolute top-2 start-2 z-20 -translate-y-24 rounded-full bg-action px-4 py-2 text-small font-medium text-on-action focus:translate-y-0"
      >
        {say("skip")}
      </a>
      <div className="flex h-14 items-center gap-3 px-4 sm:px-6">
        <h1 dir="ltr" className="flex items-baseline text-[1.375rem] leading-none" aria-label="fashionCORE">
          <span className="font-display tracking-tight italic">fashion</span>
          <span className="ms-1 text-[0.6875rem] font-semibold tracking-[0.22em]">CORE</span>
        </h1>
        <Connection link={link} />
        <button
          type="button"
          popoverTarget={menu}
          aria-label={say("menu")}
          className="tap -me-2 ms-auto grid size-11 place-items-center rounded-full text-soft hover:bg-mist hover:text-ink"
        >
          <MoreIcon />
        </button>
      </div>
      <div
        id={menu}
        popover="auto"
        className="sheet animate-fade fixed w-56 rounded-card border border-line bg-card p-1.5 text-ink shadow-lift"
      >
        {WISHES.map(({ label, text }) => (
          <button
            key={text}
            type="button"
            popoverTarget={menu}
            popoverTargetAction="hide"
            onClick={() => onSay(say(text))}
            className="tap block min-h-11 w-full rounded-[0.8rem] px-3.5 text-start text-[0.9375rem] hover:bg-mist"
          >
            {say(label)}
          </button>
        ))}
      </div>
    </header>
  );
}

/** Says something only when the connection is missed for a while. */
function Connection({ link }: { link: Link }) {
  const { say } = useLanguage();
  const steady = useSettled(link, 1_500);
  const lost = link !== "live" && steady === "lost";
  return (
    <p role="status" className="min-w-0 text-note text-soft">
      {lost && (
        <span className="animate-fade flex items-center gap-1.5">
          <span className="animate-breathe size-1.5 shrink-0 rounded-full bg-thread" />
          <span className="truncate">{say(navigator.onLine ? "reconnecting" : "offline")}</span>
        </span>
      )}
    </p>
  );
}
