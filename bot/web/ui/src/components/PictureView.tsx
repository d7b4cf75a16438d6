import { useState } from "react";
import { useChatTools } from "../ChatContext";
import { useLanguage } from "../language";
import type { Picture } from "../protocol";
import { useShape } from "../useShape";
import { HangerIcon } from "./Icons";

interface Props {
  picture: Picture;
  /** The person's own copy, shown until the server's has arrived. */
  placeholder?: string | undefined;
  className: string;
}

/** A stored picture, its room reserved before it loads. Opens large. */
export function PictureView({ picture, placeholder, className }: Props) {
  const { look } = useChatTools();
  const { say } = useLanguage();
  const [status, setStatus] = useState<"loading" | "shown" | "gone">("loading");
  const { ratio, measure } = useShape(picture);

  if (status === "gone") {
    return (
      <p className={`flex items-center gap-2.5 rounded-card bg-mist px-4 py-6 text-small text-soft ${className}`}>
        <HangerIcon className="size-6 shrink-0" />
        {say("pictureGone")}
      </p>
    );
  }
  return (
    <button
      type="button"
      onClick={() => look({ picture, before: null })}
      aria-label={say("viewLarge", { alt: picture.alt })}
      className={`relative block cursor-zoom-in overflow-hidden rounded-card bg-mist ${className}`}
      style={{ aspectRatio: ratio }}
    >
      {placeholder !== undefined && status === "loading" && (
        <img src={placeholder} alt="" className="absolute inset-0 size-full object-cover" />
      )}
      <img
        src={picture.url}
        alt={picture.alt}
        decoding="async"
        onLoad={(event) => {
          measure(event);
          setStatus("shown");
        }}
        onError={() => setStatus("gone")}
        className={`relative size-full object-cover transition-opacity duration-300 ${status === "shown" ? "" : "opacity-0"}`}
      />
    </button>
  );
}
