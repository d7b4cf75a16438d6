const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/;

/** What the stylist says. The opening line of the conversation is set large. */
export function Prose({ text, opening }: { text: string; opening: boolean }) {
  if (text === "") return null;
  const [lead, rest] = opening ? opened(text) : [null, text];
  return (
    <>
      {lead !== null && (
        <p dir="auto" className="mb-3 max-w-[22ch] font-display text-lead text-balance sm:text-title">
          {lead}
        </p>
      )}
      {rest !== "" && (
        <p dir="auto" className="max-w-[62ch] whitespace-pre-wrap wrap-anywhere">
          {rest.split(LINK).map((part, index) => (index % 2 === 1 ? <Link key={index} url={part} /> : part))}
        </p>
      )}
    </>
  );
}

/** Parts a short first sentence from the rest; a long one is no headline. */
function opened(text: string): [string | null, string] {
  const end = /^(.{4,80}?[.!?…。！？।؟])\s+|^(.{4,80})\n+/u.exec(text);
  if (end === null) return [null, text];
  return [end[1] ?? end[2] ?? "", text.slice(end[0].length)];
}

function Link({ url }: { url: string }) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      className="underline decoration-thread decoration-1 underline-offset-3 hover:decoration-2"
    >
      {url}
    </a>
  );
}
