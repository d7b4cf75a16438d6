// Handing a picture to another app of the device. Browsers offer it over HTTPS and on localhost only.

import { language } from "./language";

export function canShare(): boolean {
  if (typeof navigator.share !== "function" || typeof navigator.canShare !== "function") return false;
  return navigator.canShare({ files: [new File([""], "look.jpg", { type: "image/jpeg" })] });
}

/** Null when it was shared or the person changed their mind, else a sentence for the person. */
export async function sharePicture(url: string): Promise<string | null> {
  try {
    const response = await fetch(url);
    if (!response.ok) return language().say("pictureGone");
    const blob = await response.blob();
    const extension = blob.type.split("/")[1] ?? "jpg";
    await navigator.share({ files: [new File([blob], `fashioncore-look.${extension}`, { type: blob.type })] });
    return null;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    return language().say("shareFailed");
  }
}
