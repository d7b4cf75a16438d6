import { useCallback, useEffect, useState } from "react";
import { useLanguage } from "../language";
import { CloseIcon } from "./Icons";

const SHOWN_MS = 9_000;

export interface NoticeState {
  text: string;
  count: number;
}

/** One short sentence at a time, which goes away by itself. */
export function useNotice(): { notice: NoticeState | null; notify: (text: string) => void; dismiss: () => void } {
  const [notice, setNotice] = useState<NoticeState | null>(null);
  const notify = useCallback((text: string) => setNotice((last) => ({ text, count: (last?.count ?? 0) + 1 })), []);
  const dismiss = useCallback(() => setNotice(null), []);
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice, dismiss]);
  return { notice, notify, dismiss };
}

export function Notice({ notice, onDismiss }: { notice: NoticeState | null; onDismiss: () => void }) {
  const { say } = useLanguage();
  return (
    <div role="alert" className="mx-auto w-full max-w-[46rem] px-3 sm:px-5">
      {notice !== null && (
        <div
          key={notice.count}
          className="animate-rise mb-2 flex items-center gap-2 rounded-bubble bg-action py-1 ps-4 pe-1 text-small text-on-action"
        >
          <p className="grow py-1.5 wrap-anywhere">{notice.text}</p>
          <button
            type="button"
            aria-label={say("dismiss")}
            onClick={onDismiss}
            className="tap grid size-9 shrink-0 place-items-center rounded-full hover:opacity-70"
          >
            <CloseIcon className="size-4" />
          </button>
        </div>
      )}
    </div>
  );
}
