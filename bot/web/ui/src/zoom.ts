// The geometry of looking closely: a picture of the frame's size, enlarged by `scale` about its centre, moved by x and y.

export interface View {
  scale: number;
  /** Offset of the picture's centre from the frame's centre, in CSS pixels. */
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };
export const MAX_SCALE = 6;

/** Keeps the picture over the frame: at scale 1 it cannot be moved at all. */
export function held(view: View, frame: Size): View {
  const scale = Math.min(MAX_SCALE, Math.max(1, view.scale));
  const room = { x: (frame.width * (scale - 1)) / 2, y: (frame.height * (scale - 1)) / 2 };
  return {
    scale,
    x: Math.min(room.x, Math.max(-room.x, view.x)),
    y: Math.min(room.y, Math.max(-room.y, view.y)),
  };
}

/** Enlarges by `factor` so that the point under (px, py), measured from the frame's centre, stays where it is. */
export function zoomedAt(view: View, factor: number, px: number, py: number, frame: Size): View {
  const scale = Math.min(MAX_SCALE, Math.max(1, view.scale * factor));
  const ratio = scale / view.scale;
  return held({ scale, x: px - (px - view.x) * ratio, y: py - (py - view.y) * ratio }, frame);
}

export function movedBy(view: View, dx: number, dy: number, frame: Size): View {
  return held({ ...view, x: view.x + dx, y: view.y + dy }, frame);
}
