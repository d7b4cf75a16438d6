// Handing a picture to another app of the device. Browsers offer it over HTTPS and on localhost only.

export function canShare(): boolean {
  if (typeof navigator.share !== "function" || typeof navigator.canShare !== "function") return false;
  return navigator.canShare({ files: [new File([""], "look.jpg", { type: "image/jpeg" })] });
}

/** Null when it was shared or the person changed their mind, else a sentence for the person. */
export async function sharePicture(url: string): Promise<string | null> {
  try {
    const response = await fetch(url);
    if (!response.ok) return "This picture is no longer here.";
    const blob = await response.blob();
    const extension = blob.type.split("/")[1] ?? "jpg";
    await navigator.share({ files: [new File([blob], `fashioncore-look.${extension}`, { type: blob.type })] });
    return null;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    return "Sharing did not work here. You can download the picture and send it yourself.";
  }
}
