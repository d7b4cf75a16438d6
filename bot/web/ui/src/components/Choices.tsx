import { useChatTools } from "../ChatContext";
import type { Choice } from "../protocol";
import { pressOf } from "../state";

interface Props {
  turn: string;
  choices: Choice[];
  /** The newest turn's choices are what to do next; older ones still work, and step back. */
  current: boolean;
}

export function Choices({ turn, choices, current }: Props) {
  const { state, press } = useChatTools();
  if (choices.length === 0) return null;
  const look = current
    ? "border-edge bg-card text-ink hover:border-action hover:bg-action hover:text-on-action px-4 min-h-11 text-[0.9375rem]"
    : "border-line text-soft hover:border-edge hover:text-ink px-3.5 min-h-9 text-small";
  return (
    <ul className="mt-3.5 flex flex-wrap gap-2">
      {choices.map((choice) => {
        const busy = pressOf(state, turn, choice.action) !== undefined;
        return (
          <li key={choice.action} className="max-w-full">
            <button
              type="button"
              aria-busy={busy}
              onClick={() => press(turn, choice.action)}
              className={`tap relative max-w-full overflow-hidden rounded-full border font-medium wrap-anywhere ${look}`}
            >
              <span dir="auto">{choice.label}</span>
              {busy && <span className="stitch animate-sew absolute inset-x-3 bottom-1 h-[2px] rounded-full" />}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
