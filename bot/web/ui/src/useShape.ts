import { useState, type SyntheticEvent } from "react";
import type { Picture } from "./protocol";

interface Shape {
  /** Width over height. */
  ratio: number;
  /** For the picture's `onLoad`: its own size is used when the server did not tell one. */
  measure: (event: SyntheticEvent<HTMLImageElement>) => void;
}

const PORTRAIT = 3 / 4;

export function useShape(picture: Picture | null): Shape {
  const [natural, setNatural] = useState<{ url: string; ratio: number } | null>(null);
  const told = picture?.width != null && picture.height != null ? picture.width / picture.height : null;
  const measured = natural !== null && natural.url === picture?.url ? natural.ratio : null;
  return {
    ratio: told ?? measured ?? PORTRAIT,
    measure: ({ currentTarget: image }) => {
      if (picture === null || image.naturalHeight === 0) return;
      setNatural({ url: picture.url, ratio: image.naturalWidth / image.naturalHeight });
    },
  };
}
