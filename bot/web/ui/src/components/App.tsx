import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ChatContext, type ChatTools, type Look } from "../ChatContext";
import { useAppHeight, useFiles, useMedia, useStick } from "../hooks";
import { known, language, speak, useLanguage } from "../language";
import { wasJustErased } from "../memory";
import { objection } from "../photos";
import { spokenIn } from "../state";
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

  const spoken = spokenIn(state);
  useEffect(() => {
    const code = spoken === null ? null : known([spoken]);
    if (code !== null) void speak(code);
  }, [spoken]);

  useEffect(() => {
    if (wasJustErased()) notify(language().say("erased"));
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
      if (files.length > 1) notify(language().say("oneAtATime"));
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
        <Header link={state.link} onSay={say} />
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
  const { say } = useLanguage();
  return (
    <div className="flex grow flex-col items-center justify-center gap-3 px-6 text-center">
      <HangerIcon className="size-12 text-thread" />
      <p className="font-display text-lead">{say("closedTitle")}</p>
      <p className="max-w-[40ch] text-soft">{say("closedText")}</p>
      <button
        type="button"
        onClick={onTry}
        className="tap mt-2 min-h-11 rounded-full bg-action px-6 font-medium text-on-action hover:opacity-88"
      >
        {say("tryNow")}
      </button>
    </div>
  );
}

function DropHint() {
  const { say } = useLanguage();
  return (
    <div className="animate-fade pointer-events-none fixed inset-0 z-30 bg-paper/85 p-4 backdrop-blur-sm">
      <div className="stitched grid size-full place-items-center rounded-card text-center">
        <p className="font-display text-title">{say("dropHere")}</p>
      </div>
    </div>
  );
}
