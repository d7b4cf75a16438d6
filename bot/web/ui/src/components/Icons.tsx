// Line icons on a 24 grid, drawn for this chat. They never carry meaning alone: the button has the name.

import type { ReactNode } from "react";

function icon(paths: ReactNode) {
  return function Icon({ className = "size-5" }: { className?: string }) {
    return (
      <svg
        className={className}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {paths}
      </svg>
    );
  };
}

export const SendIcon = icon(<path d="M12 19.5V5M5.5 11 12 4.5 18.5 11" />);
export const PhotoIcon = icon(
  <>
    <rect x="3.5" y="4.5" width="17" height="15" rx="3.5" />
    <path d="m4 16.5 4.6-4.3a1.5 1.5 0 0 1 2.1.1l5.8 6.7M14.5 14.8l1.7-1.5a1.5 1.5 0 0 1 2 0l2.1 2" />
    <circle cx="15.5" cy="9" r="1.4" />
  </>,
);
export const CameraIcon = icon(
  <>
    <path d="M4 8.5A2.5 2.5 0 0 1 6.5 6h1.3l1-1.7a1 1 0 0 1 .8-.5h4.8a1 1 0 0 1 .8.5l1 1.7h1.3A2.5 2.5 0 0 1 20 8.5v8.2a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 16.7Z" />
    <circle cx="12" cy="12.5" r="3.4" />
  </>,
);
export const CloseIcon = icon(<path d="m6 6 12 12M18 6 6 18" />);
export const DownIcon = icon(<path d="M12 5v14M6 13l6 6 6-6" />);
export const OutIcon = icon(<path d="M8 16 16.5 7.5M9.5 7h7.5v7.5" />);
export const NextIcon = icon(<path d="m9.5 6 6 6-6 6" />);
export const ExpandIcon = icon(<path d="M9 4.5H4.5V9M15 4.5h4.5V9M9 19.5H4.5V15M15 19.5h4.5V15" />);
export const DownloadIcon = icon(<path d="M12 4v11M7 10.5l5 5 5-5M5 19.5h14" />);
export const ShareIcon = icon(
  <path d="M12 14.5V3.8M8 7.2l4-3.7 4 3.7M7 11H6.5A1.5 1.5 0 0 0 5 12.5v6A1.5 1.5 0 0 0 6.5 20h11a1.5 1.5 0 0 0 1.5-1.5v-6a1.5 1.5 0 0 0-1.5-1.5H17" />,
);
export const PlusIcon = icon(<path d="M12 5.5v13M5.5 12h13" />);
export const MinusIcon = icon(<path d="M5.5 12h13" />);
export const MoreIcon = icon(<path d="M5 12h.01M12 12h.01M19 12h.01" strokeWidth="2.6" />);
export const ArrowsIcon = icon(<path d="M9 7 4 12l5 5M15 7l5 5-5 5" />);
export const HangerIcon = icon(
  <>
    <path d="M12 11.2c-1.3 2.4-3.5 4.4-7.9 5.7-1 .3-.8 1.9.3 1.9h15.2c1.1 0 1.3-1.6.3-1.9-4.4-1.3-6.6-3.3-7.9-5.7Z" />
    <path d="M12 11.2V9.6c1.4-.4 2.2-1.2 2.2-2.4a2.2 2.2 0 0 0-4.4 0" />
  </>,
);
export const WarnIcon = icon(<path d="M12 8v5M12 16.2h.01M12 3.8a8.2 8.2 0 1 0 0 16.4 8.2 8.2 0 0 0 0-16.4Z" />);

export function HeartIcon({ className = "size-5", full }: { className?: string; full: boolean }) {
  return (
    <svg className={className} viewBox="0 0 24 24" strokeWidth="1.6" strokeLinejoin="round" aria-hidden="true">
      <path
        fill={full ? "currentColor" : "none"}
        stroke="currentColor"
        d="M12 19.8C7.3 16.7 4 13.6 4 9.9a4.3 4.3 0 0 1 8-2.2 4.3 4.3 0 0 1 8 2.2c0 3.7-3.3 6.8-8 9.9Z"
      />
    </svg>
  );
}
