import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefCallback } from "react";

/** Keeps --app-height at what the virtual keyboard leaves visible, where the browser does not do so by itself. */
export function useAppHeight(): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (viewport === null) return;
    const fit = (): void => {
      const root = document.documentElement.style;
      // A pinch zoom also shrinks the visual viewport, and must not squeeze the page.
      if (viewport.scale > 1.01) return;
      if (window.innerHeight - viewport.height > 80) {
        root.setProperty("--app-height", `${viewport.height}px`);
        window.scrollTo(0, 0);
      } else {
        root.removeProperty("--app-height");
      }
    };
    viewport.addEventListener("resize", fit);
    return () => viewport.removeEventListener("resize", fit);
  }, []);
}

export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => window.matchMedia(query).matches);
  useEffect(() => {
    const list = window.matchMedia(query);
    const update = (): void => setMatches(list.matches);
    update();
    list.addEventListener("change", update);
    return () => list.removeEventListener("change", update);
  }, [query]);
  return matches;
}

/** `value`, once it has been the same for `ms`. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

export interface Stick {
  frame: RefCallback<HTMLDivElement>;
  content: RefCallback<HTMLDivElement>;
  atEnd: boolean;
  toEnd: (smooth: boolean) => void;
}

/** Follows the end of a growing column while the reader is there, and stays put while they read further up. */
export function useStick(): Stick {
  // In state, not in refs: the column comes and goes while the owner of this hook stays.
  const [box, frame] = useState<HTMLDivElement | null>(null);
  const [column, content] = useState<HTMLDivElement | null>(null);
  const following = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(
    (smooth: boolean) => {
      following.current = true;
      setAtEnd(true);
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      box?.scrollTo({ top: box.scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
    },
    [box],
  );

  useLayoutEffect(() => {
    if (box === null || column === null) return;
    let top = box.scrollTop;
    const onScroll = (): void => {
      const end = box.scrollHeight - box.scrollTop - box.clientHeight < 90;
      // Only going up lets go of the end: a smooth scroll towards it passes many places that are not the end.
      if (end) following.current = true;
      else if (box.scrollTop < top) following.current = false;
      top = box.scrollTop;
      setAtEnd(end || following.current);
    };
    const observer = new ResizeObserver(() => {
      if (following.current) box.scrollTop = box.scrollHeight;
      else onScroll();
    });
    observer.observe(column);
    observer.observe(box);
    box.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", onScroll);
    };
  }, [box, column]);

  return { frame, content, atEnd, toEnd };
}

/** Calls `onFiles` for files dropped anywhere or pasted; true while files hang over the page. */
export function useFiles(onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent): void => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    const paste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    };
    document.addEventListener("dragenter", enter);
    document.addEventListener("dragleave", leave);
    document.addEventListener("dragover", hover);
    document.addEventListener("drop", drop);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("dragenter", enter);
      document.removeEventListener("dragleave", leave);
      document.removeEventListener("dragover", hover);
      document.removeEventListener("drop", drop);
      document.removeEventListener("paste", paste);
    };
  }, [onFiles]);
  return over;
}
