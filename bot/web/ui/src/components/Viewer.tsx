import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Look } from "../ChatContext";
import { percent } from "../format";
import { useLanguage } from "../language";
import { CloseIcon, DownloadIcon, MinusIcon, PlusIcon } from "./Icons";
import { useZoom } from "./useZoom";

const ROUND = "tap grid size-11 place-items-center rounded-full text-white hover:bg-white/15";
const PAN_PX = 60;

/** One picture over the whole screen, to look at closely; a try-on also as it was before. */
export function Viewer({ look, onClose }: { look: Look; onClose: () => void }) {
  const { say } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  const zoom = useZoom();
  const [showBefore, setShowBefore] = useState(false);
  const picture = showBefore && look.before !== null ? look.before : look.picture;

  useEffect(() => {
    const box = dialog.current;
    box?.showModal();
    return () => box?.close();
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    const keys: Record<string, () => void> = {
      "+": () => zoom.by(1.5),
      "=": () => zoom.by(1.5),
      "-": () => zoom.by(1 / 1.5),
      "0": zoom.reset,
      ArrowLeft: () => zoom.move(PAN_PX, 0),
      ArrowRight: () => zoom.move(-PAN_PX, 0),
      ArrowUp: () => zoom.move(0, PAN_PX),
      ArrowDown: () => zoom.move(0, -PAN_PX),
    };
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  };

  const { scale, x, y } = zoom.view;
  return (
    <dialog
      ref={dialog}
      aria-label={say("pictureLarge")}
      onClose={onClose}
      onKeyDown={onKeyDown}
      className="viewer animate-fade m-0 border-0 p-0 h-dvh max-h-none w-screen max-w-none overflow-hidden bg-transparent text-white"
    >
      <div
        ref={zoom.frame}
        {...zoom.handlers}
        className={`absolute inset-0 touch-none ${scale > 1 ? "cursor-grab active:cursor-grabbing" : "cursor-zoom-in"}`}
      >
        <img
          src={picture.url}
          alt={picture.alt}
          draggable={false}
          className={`size-full object-contain select-none ${zoom.gliding ? "transition-transform duration-300 ease-cloth" : ""}`}
          style={{ transform: `translate(${x}px, ${y}px) scale(${scale})` }}
        />
      </div>
      <div className="pointer-events-none absolute inset-x-0 top-0 flex justify-between p-3 pt-[max(0.75rem,env(safe-area-inset-top))] *:pointer-events-auto">
        <a
          href={picture.url}
          download="fashioncore-look.jpg"
          aria-label={say("downloadThis")}
          className={`${ROUND} bg-night/60`}
        >
          <DownloadIcon />
        </a>
        <button type="button" aria-label={say("close")} onClick={() => dialog.current?.close()} className={`${ROUND} bg-night/60`}>
          <CloseIcon />
        </button>
      </div>
      <div className="pointer-events-none absolute inset-x-0 bottom-0 flex flex-wrap justify-center gap-2 p-3 pb-[max(1rem,env(safe-area-inset-bottom))] *:pointer-events-auto">
        {look.before !== null && (
          <div role="group" aria-label={say("whichPicture")} className="flex rounded-full bg-night/70 p-1">
            <Side pressed={showBefore} onPress={() => setShowBefore(true)}>
              {say("asYouWere")}
            </Side>
            <Side pressed={!showBefore} onPress={() => setShowBefore(false)}>
              {say("newLook")}
            </Side>
          </div>
        )}
        <div role="group" aria-label={say("zoom")} className="flex items-center rounded-full bg-night/70">
          <button type="button" aria-label={say("zoomOut")} className={ROUND} onClick={() => zoom.by(1 / 1.5)}>
            <MinusIcon />
          </button>
          <output aria-label={say("zoomLevel")} className="w-12 text-center text-small tabular-nums">
            {percent(scale)}
          </output>
          <button type="button" aria-label={say("zoomIn")} className={ROUND} onClick={() => zoom.by(1.5)}>
            <PlusIcon />
          </button>
        </div>
      </div>
    </dialog>
  );
}

function Side({ pressed, onPress, children }: { pressed: boolean; onPress: () => void; children: string }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={`tap min-h-9 rounded-full px-4 text-small font-medium ${pressed ? "bg-white text-night" : "text-white hover:bg-white/15"}`}
    >
      {children}
    </button>
  );
}
