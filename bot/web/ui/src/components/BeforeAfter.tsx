import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type SyntheticEvent } from "react";
import type { Picture } from "../protocol";
import { percent } from "../format";
import { useLanguage } from "../language";
import { ArrowsIcon } from "./Icons";

interface Props {
  before: Picture;
  result: Picture;
  /** Of the frame: width over height. */
  ratio: number;
  onMeasure: (event: SyntheticEvent<HTMLImageElement>) => void;
}

const STEPS: Record<string, number> = {
  ArrowLeft: -2,
  ArrowDown: -2,
  ArrowRight: 2,
  ArrowUp: 2,
  PageDown: -10,
  PageUp: 10,
  Home: -100,
  End: 100,
};

/** Two pictures in one frame, parted by a line that is moved by finger, mouse or keys. */
export function BeforeAfter({ before, result, ratio, onMeasure }: Props) {
  const { rtl, say } = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const held = useRef(false);
  // Percent of the frame, from where reading begins, that shows the photo as it was.
  const [split, setSplit] = useState(100);
  const [touched, setTouched] = useState(false);
  const [loaded, setLoaded] = useState(false);

  // The curtain opens once the picture is there.
  useEffect(() => {
    if (!loaded || touched) return;
    const frameId = requestAnimationFrame(() => setSplit(50));
    return () => cancelAnimationFrame(frameId);
  }, [loaded, touched]);

  const moveTo = (value: number): void => {
    setTouched(true);
    setSplit(Math.min(100, Math.max(0, value)));
  };
  const follow = (event: PointerEvent): void => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined) return;
    moveTo(((rtl ? box.right - event.clientX : event.clientX - box.left) / box.width) * 100);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    held.current = true;
    event.currentTarget.setPointerCapture(event.pointerId);
    follow(event);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    moveTo(split + (rtl && /^Arrow(Left|Right)$/.test(event.key) ? -step : step));
  };

  const glide = touched ? "" : "transition-all duration-900 ease-cloth";
  const was = Math.round(split);
  return (
    <div
      ref={frame}
      className="relative w-full cursor-ew-resize touch-pan-y overflow-hidden rounded-card bg-mist select-none"
      style={{ aspectRatio: ratio }}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => held.current && follow(event)}
      onPointerUp={() => (held.current = false)}
      onPointerCancel={() => (held.current = false)}
    >
      <img
        src={result.url}
        alt={result.alt}
        draggable={false}
        onLoad={(event) => {
          onMeasure(event);
          setLoaded(true);
        }}
        className="absolute inset-0 size-full object-cover"
      />
      <img
        src={before.url}
        alt={before.alt}
        draggable={false}
        className={`absolute inset-0 size-full object-cover ${glide}`}
        style={{ clipPath: rtl ? `inset(0 0 0 ${100 - split}%)` : `inset(0 ${100 - split}% 0 0)` }}
      />
      <Label side="start" visible={split > 22}>
        {say("before")}
      </Label>
      <Label side="end" visible={split < 78}>
        {say("after")}
      </Label>
      <div className={`pointer-events-none absolute inset-y-0 w-0 ${glide}`} style={{ insetInlineStart: `${split}%` }}>
        <div className="absolute inset-y-0 -start-px w-0.5 bg-white/90 shadow-lift" />
        <div
          role="slider"
          tabIndex={0}
          aria-label={say("beforeAfter")}
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={was}
          aria-valuetext={say("beforeAfterValue", { before: percent(was / 100), after: percent(1 - was / 100) })}
          onKeyDown={onKeyDown}
          className="pointer-events-auto absolute top-3/4 -start-5.5 grid size-11 -translate-y-1/2 cursor-ew-resize place-items-center rounded-full bg-white text-night shadow-lift"
        >
          <ArrowsIcon />
        </div>
      </div>
    </div>
  );
}

function Label({ side, visible, children }: { side: "start" | "end"; visible: boolean; children: string }) {
  return (
    <span
      aria-hidden="true"
      className={`pointer-events-none absolute top-3 rounded-full bg-night/65 px-2.5 py-1 text-note font-medium tracking-wide text-white backdrop-blur-sm transition-opacity ${side === "start" ? "start-3" : "end-3"} ${visible ? "" : "opacity-0"}`}
    >
      {children}
    </span>
  );
}
