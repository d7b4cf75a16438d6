import { useCallback, useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";
import { MAX_SCALE, WHOLE, movedBy, zoomedAt, type Size, type View } from "../zoom";

interface Point {
  x: number;
  y: number;
}

export interface Zoom {
  frame: RefObject<HTMLDivElement | null>;
  view: View;
  gliding: boolean;
  by: (factor: number) => void;
  move: (dx: number, dy: number) => void;
  reset: () => void;
  handlers: {
    onPointerDown: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: (event: PointerEvent) => void;
    onPointerCancel: (event: PointerEvent) => void;
    onDoubleClick: (event: { clientX: number; clientY: number }) => void;
  };
}

/** Pinch, wheel, drag and double tap on a picture that fills `frame`. */
export function useZoom(): Zoom {
  const frame = useRef<HTMLDivElement>(null);
  const fingers = useRef(new Map<number, Point>());
  const [view, setView] = useState(WHOLE);
  const [gliding, setGliding] = useState(true);

  const size = useCallback((): Size => {
    const box = frame.current;
    return { width: box?.clientWidth ?? 1, height: box?.clientHeight ?? 1 };
  }, []);
  const fromCentre = useCallback((point: Point): Point => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined) return { x: 0, y: 0 };
    return { x: point.x - box.left - box.width / 2, y: point.y - box.top - box.height / 2 };
  }, []);
  const zoomAt = useCallback(
    (factor: number, point: Point, smooth: boolean) => {
      const { x, y } = fromCentre(point);
      setGliding(smooth);
      setView((view) => zoomedAt(view, factor, x, y, size()));
    },
    [fromCentre, size],
  );

  useEffect(() => {
    const box = frame.current;
    if (box === null) return;
    // React listens to wheels passively, and then the page behind would scroll.
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      zoomAt(Math.exp(-event.deltaY / 400), { x: event.clientX, y: event.clientY }, false);
    };
    box.addEventListener("wheel", onWheel, { passive: false });
    return () => box.removeEventListener("wheel", onWheel);
  }, [zoomAt]);

  const onPointerDown = (event: PointerEvent): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  const onPointerMove = (event: PointerEvent): void => {
    const before = fingers.current.get(event.pointerId);
    if (before === undefined) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    fingers.current.set(event.pointerId, now);
    if (other === undefined) {
      setGliding(false);
      setView((view) => movedBy(view, now.x - before.x, now.y - before.y, size()));
    } else {
      const spread = (point: Point): number => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      zoomAt(spread(now) / spread(before), middle, false);
    }
  };
  const onPointerUp = (event: PointerEvent): void => {
    fingers.current.delete(event.pointerId);
  };

  return {
    frame,
    view,
    gliding,
    by: (factor) => {
      setGliding(true);
      setView((view) => zoomedAt(view, factor, 0, 0, size()));
    },
    move: (dx, dy) => {
      setGliding(true);
      setView((view) => movedBy(view, dx, dy, size()));
    },
    reset: () => setView(WHOLE),
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: onPointerUp,
      onDoubleClick: (event) => {
        const factor = view.scale > 1.01 ? 1 / MAX_SCALE : 2.5;
        zoomAt(factor, { x: event.clientX, y: event.clientY }, true);
      },
    },
  };
}
