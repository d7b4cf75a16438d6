import { useId } from "react";
import { useSettled } from "../hooks";
import type { Link } from "../state";
import { MoreIcon } from "./Icons";

const WISHES = [
  { label: "What can I ask?", text: "help" },
  { label: "My favourites", text: "show my favourites" },
  { label: "Delete my data", text: "delete my data" },
];

export function Header({ link, say }: { link: Link; say: (text: string) => void }) {
  const menu = useId();
  return (
    <header className="relative z-10 border-b border-line bg-paper pt-[env(safe-area-inset-top)]">
      <a
        href="#message"
        className="absolute top-2 left-2 z-20 -translate-y-24 rounded-full bg-action px-4 py-2 text-small font-medium text-on-action focus:translate-y-0"
      >
        Skip to the message box
      </a>
      <div className="flex h-14 items-center gap-3 px-4 sm:px-6">
        <h1 className="flex items-baseline text-[1.375rem] leading-none" aria-label="fashionCORE">
          <span className="font-display tracking-tight italic">fashion</span>
          <span className="ms-1 text-[0.6875rem] font-semibold tracking-[0.22em]">CORE</span>
        </h1>
        <Connection link={link} />
        <button
          type="button"
          popoverTarget={menu}
          aria-label="Menu"
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
            onClick={() => say(text)}
            className="tap block min-h-11 w-full rounded-[0.8rem] px-3.5 text-start text-[0.9375rem] hover:bg-mist"
          >
            {label}
          </button>
        ))}
      </div>
    </header>
  );
}

/** Says something only when the connection is missed for a while. */
function Connection({ link }: { link: Link }) {
  const steady = useSettled(link, 1_500);
  const lost = link !== "live" && steady === "lost";
  return (
    <p role="status" className="min-w-0 text-note text-soft">
      {lost && (
        <span className="animate-fade flex items-center gap-1.5">
          <span className="animate-breathe size-1.5 shrink-0 rounded-full bg-thread" />
          <span className="truncate">{navigator.onLine ? "Reconnecting" : "You are offline"}</span>
        </span>
      )}
    </p>
  );
}
