import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ChatContext, type ChatTools, type Look } from "../ChatContext";
import { useAppHeight, useFiles, useMedia, useStick } from "../hooks";
import { wasJustErased } from "../memory";
import { objection } from "../photos";
import { useChat } from "../useChat";
import { ChatLog } from "./ChatLog";
import { Composer, type ComposerHandle } from "./Composer";
import { Header } from "./Header";
import { HangerIcon } from "./Icons";
import { Mirror } from "./Mirror";
import { Notice, useNotice } from "./Notice";
import { Viewer } from "./Viewer";

export function App() {
  const { notice, notify, dismiss } = useNotice();
  const chat = useChat(notify);
  const { state, saved, say, show, press, discard } = chat;
  const [photo, setPhoto] = useState<File | null>(null);
  const [looking, setLooking] = useState<Look | null>(null);
  const composer = useRef<ComposerHandle>(null);
  const stick = useStick();
  const wide = useMedia("(min-width: 68rem)");
  useAppHeight();

  useEffect(() => {
    if (wasJustErased()) notify("Everything about you has been deleted.");
  }, [notify]);

  const onPhotos = useCallback(
    (files: File[]) => {
      const first = files[0];
      if (first === undefined) return;
      const problem = objection(first);
      if (problem !== null) {
        notify(problem);
        return;
      }
      if (files.length > 1) notify("One photo at a time, please. This is the first of them.");
      setPhoto(first);
      composer.current?.focus();
    },
    [notify],
  );
  const hovering = useFiles(onPhotos);

  const onSend = (text: string): void => {
    if (photo !== null) show(photo);
    if (text !== "") say(text);
    setPhoto(null);
  };
  const { toEnd } = stick;
  const onPress = useCallback(
    (turn: string, action: string) => {
      press(turn, action);
      // What comes of it appears at the end; only the heart is pressed in passing.
      if (!/^(un)?save:/.test(action)) toEnd(true);
    },
    [press, toEnd],
  );
  const rewrite = useCallback((text: string) => composer.current?.rewrite(text), []);
  const tools = useMemo<ChatTools>(
    () => ({ state, saved, press: onPress, discard, notify, look: setLooking, rewrite }),
    [state, saved, onPress, discard, notify, rewrite],
  );
  const missing = state.conversation === null && state.link === "lost";

  return (
    <ChatContext value={tools}>
      <div className="app flex flex-col">
        <Header link={state.link} say={say} />
        <div className="flex min-h-0 grow">
          <main className="relative flex min-w-0 grow flex-col">
            {missing ? <Unreachable onTry={chat.hurry} /> : <ChatLog stick={stick} />}
            <Notice notice={notice} onDismiss={dismiss} />
            <Composer
              ref={composer}
              photo={photo}
              onPhotos={onPhotos}
              onRemovePhoto={() => setPhoto(null)}
              onSend={onSend}
            />
          </main>
          {wide && <Mirror onChoosePhoto={() => composer.current?.choosePhoto()} />}
        </div>
        {hovering && <DropHint />}
        {looking !== null && <Viewer look={looking} onClose={() => setLooking(null)} />}
      </div>
    </ChatContext>
  );
}

function Unreachable({ onTry }: { onTry: () => void }) {
  return (
    <div className="flex grow flex-col items-center justify-center gap-3 px-6 text-center">
      <HangerIcon className="size-12 text-thread" />
      <p className="font-display text-lead">The fitting room is closed for a moment</p>
      <p className="max-w-[40ch] text-soft">
        We cannot reach the stylist. This page keeps trying by itself; nothing you sent is lost.
      </p>
      <button
        type="button"
        onClick={onTry}
        className="tap mt-2 min-h-11 rounded-full bg-action px-6 font-medium text-on-action hover:opacity-88"
      >
        Try again now
      </button>
    </div>
  );
}

function DropHint() {
  return (
    <div className="animate-fade pointer-events-none fixed inset-0 z-30 bg-paper/85 p-4 backdrop-blur-sm">
      <div className="stitched grid size-full place-items-center rounded-card text-center">
        <p className="font-display text-title">Drop your photo here</p>
      </div>
    </div>
  );
}
