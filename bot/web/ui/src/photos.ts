// Which files may be sent. The server looks at the bytes; this only saves the wait for an obvious no.

import { megabytes } from "./format";
import { language } from "./language";

/** The server's own limit. */
export const MAX_PHOTO_BYTES = 20 * 1024 * 1024;

/** What the file picker offers. Browsers do not count HEIC among image types everywhere. */
export const ACCEPT = "image/*,.heic,.heif,.avif";

/** Why this file cannot be sent, in words for the person; null when it can. */
export function objection(file: File): string | null {
  if (file.type !== "" && !file.type.startsWith("image/")) {
    return language().say("notPicture");
  }
  if (file.size === 0) return language().say("emptyFile");
  if (file.size > MAX_PHOTO_BYTES) {
    return language().say("tooLargeFile", { size: megabytes(file.size) });
  }
  return null;
}
