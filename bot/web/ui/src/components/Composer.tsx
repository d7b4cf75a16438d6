import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type ChangeEvent,
  type KeyboardEvent,
  type Ref,
  type SyntheticEvent,
} from "react";
import { useLanguage } from "../language";
import { draft, keepDraft } from "../memory";
import { ACCEPT } from "../photos";
import { CameraIcon, CloseIcon, PhotoIcon, SendIcon } from "./Icons";

export interface ComposerHandle {
  rewrite: (text: string) => void;
  focus: () => void;
  choosePhoto: () => void;
}

interface Props {
  ref: Ref<ComposerHandle>;
  photo: File | null;
  onPhotos: (files: File[]) => void;
  onRemovePhoto: () => void;
  onSend: (text: string) => void;
}

const ROUND = "tap grid size-11 shrink-0 place-items-center rounded-full";
const TOOL = `${ROUND} text-soft hover:bg-mist hover:text-ink`;
const MAX_TEXT_PX = 168;

export function Composer({ ref, photo, onPhotos, onRemovePhoto, onSend }: Props) {
  const { say } = useLanguage();
  const [text, setText] = useState(draft);
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const photoButton = useRef<HTMLButtonElement>(null);
  const ready = photo !== null || text.trim() !== "";

  useImperativeHandle(ref, () => ({
    rewrite: (words) => {
      setText((before) => (before.trim() === "" ? words : `${before}\n${words}`));
      box.current?.focus();
    },
    focus: () => box.current?.focus(),
    choosePhoto: () => picker.current?.click(),
  }));
  useEffect(() => keepDraft(text), [text]);
  useLayoutEffect(() => {
    if (box.current === null) return;
    box.current.style.height = "auto";
    box.current.style.height = `${Math.min(MAX_TEXT_PX, box.current.scrollHeight)}px`;
  }, [text]);

  const submit = (): void => {
    if (ready) {
      onSend(text.trim());
      setText("");
    }
    box.current?.focus();
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    submit();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter also ends the composition of Chinese, Japanese and Korean text; that is no wish to send.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  const onPick = (event: ChangeEvent<HTMLInputElement>): void => {
    onPhotos([...(event.target.files ?? [])]);
    event.target.value = ""; // choosing the same file again is a choice too
    box.current?.focus({ preventScroll: true });
  };
  const onRemove = (): void => {
    onRemovePhoto();
    photoButton.current?.focus();
  };

  return (
    <form
      onSubmit={onSubmit}
      className="mx-auto w-full max-w-[46rem] px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-5"
    >
      <div className="rounded-[1.625rem] border border-edge bg-card p-1 shadow-lift transition-colors focus-within:border-action">
        {photo !== null && <Attached photo={photo} onRemove={onRemove} />}
        <div className="flex items-end">
          <button
            ref={photoButton}
            type="button"
            aria-label={say("addPhoto")}
            title={say("addPhoto")}
            className={TOOL}
            onClick={() => picker.current?.click()}
          >
            <PhotoIcon />
          </button>
          <button
            type="button"
            aria-label={say("takePhoto")}
            className={`${TOOL} hidden pointer-coarse:grid`}
            onClick={() => camera.current?.click()}
          >
            <CameraIcon />
          </button>
          <textarea
            ref={box}
            id="message"
            aria-label={say("message")}
            dir="auto"
            rows={1}
            value={text}
            enterKeyHint="send"
            placeholder={say(photo === null ? "placeholder" : "placeholderPhoto")}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
            className="min-w-0 grow resize-none bg-transparent px-2 py-2.5 text-body outline-none placeholder:truncate placeholder:text-faint"
          />
          <button
            type="submit"
            aria-label={say("send")}
            className={`${ROUND} ${ready ? "bg-action text-on-action hover:opacity-88" : "bg-mist text-faint"}`}
          >
            <SendIcon />
          </button>
        </div>
      </div>
      <input ref={picker} type="file" accept={ACCEPT} hidden tabIndex={-1} aria-label={say("photoFile")} onChange={onPick} />
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        tabIndex={-1}
        aria-label={say("cameraPhoto")}
        onChange={onPick}
      />
    </form>
  );
}

function Attached({ photo, onRemove }: { photo: File; onRemove: () => void }) {
  const { say } = useLanguage();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const preview = URL.createObjectURL(photo);
    setUrl(preview);
    return () => URL.revokeObjectURL(preview);
  }, [photo]);
  return (
    <div className="animate-rise flex items-center gap-3 p-1.5 pb-1">
      <span className="grid size-16 shrink-0 place-items-center overflow-hidden rounded-[1.125rem] bg-mist text-soft">
        {url === null ? (
          <PhotoIcon />
        ) : (
          <img src={url} alt="" onError={() => setUrl(null)} className="size-full object-cover" />
        )}
      </span>
      <p className="min-w-0 grow text-small">
        <span className="block font-medium">{say("readyToSend")}</span>
        <span className="block truncate text-soft">{photo.name}</span>
      </p>
      <button type="button" aria-label={say("removePhoto")} className={TOOL} onClick={onRemove}>
        <CloseIcon />
      </button>
    </div>
  );
}
