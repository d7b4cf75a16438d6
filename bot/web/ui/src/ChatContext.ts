import { createContext, useContext } from "react";
import type { Picture } from "./protocol";
import type { Chat } from "./useChat";

/** A picture to look at closely, with what it was before if it is a try-on. */
export interface Look {
  picture: Picture;
  before: Picture | null;
}

export interface ChatTools extends Pick<Chat, "state" | "saved" | "press" | "discard"> {
  /** Shows one short sentence that goes away by itself. */
  notify: (message: string) => void;
  look: (look: Look) => void;
  /** Puts a text back into the composer. */
  rewrite: (text: string) => void;
}

export const ChatContext = createContext<ChatTools | null>(null);

export function useChatTools(): ChatTools {
  const tools = useContext(ChatContext);
  if (tools === null) throw new Error("useChatTools needs a ChatContext above it");
  return tools;
}
