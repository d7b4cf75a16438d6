// Which language the page speaks, and its words in it: that of the conversation, or before one the browser's.

import { useSyncExternalStore } from "react";
import { keepLanguage, keptLanguage } from "./memory";
import en from "./words/en.json";

type Plain = Omit<typeof en, "ahead">;
export type Key = keyof Plain;
export interface Words extends Plain {
  /** How many are ahead of somebody, by CLDR's plural forms. */
  ahead: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
}

/** Each is a file of its own, fetched when it is spoken. */
const OTHERS: Record<string, () => Promise<{ default: Words }>> = {
  "hi-Latn": () => import("./words/hi-Latn.json"),
  hi: () => import("./words/hi.json"),
  es: () => import("./words/es.json"),
  fr: () => import("./words/fr.json"),
  de: () => import("./words/de.json"),
  pt: () => import("./words/pt.json"),
  ar: () => import("./words/ar.json"),
};

export interface Language {
  code: string;
  /** For dates, numbers and money: as the person's own country writes them, where the browser tells it. */
  locale: string;
  words: Words;
  rtl: boolean;
  /** One of the words with its values. */
  say: (key: Key, values?: Values) => string;
}

export type Values = Record<string, string | number>;

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/** A sentence with its values; between words from right to left each value keeps its own direction. */
export function filled(sentence: string, values: Values, rtl: boolean): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(values[name] ?? "");
    return rtl ? `${FIRST_STRONG_ISOLATE}${value}${POP_ISOLATE}` : value;
  });
}

/** The first of these tags ("pt-BR", "hi-Latn-IN") that is a language of ours, by its code here. */
export function known(tags: readonly string[]): string | null {
  for (const tag of tags) {
    const parts = tag.split("-");
    for (let length = parts.length; length > 0; length -= 1) {
      const part = parts.slice(0, length).join("-").toLowerCase();
      const found = ["en", ...Object.keys(OTHERS)].find((code) => code.toLowerCase() === part);
      if (found !== undefined) return found;
    }
  }
  return null;
}

function tags(): readonly string[] {
  return globalThis.navigator?.languages ?? [];
}

function localeOf(code: string): string {
  if (code === "hi-Latn") return "en-IN"; // what browsers know of Hindi is in Devanagari
  const own = tags().find((tag) => tag === code || tag.startsWith(`${code}-`)) ?? code;
  // Shops there write 0 to 9, and so does the stylist.
  return code === "ar" ? new Intl.Locale(own, { numberingSystem: "latn" }).toString() : own;
}

export function made(code: string, words: Words): Language {
  const rtl = code === "ar";
  const say = (key: Key, values: Values = {}): string => filled(words[key], values, rtl);
  return { code, locale: localeOf(code), words, rtl, say };
}

let spoken = made("en", en);
let wanted = "en";
const listeners = new Set<() => void>();

export function language(): Language {
  return spoken;
}

export function useLanguage(): Language {
  return useSyncExternalStore(listen, language);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Speak this language from now on; one that cannot be fetched leaves everything as it is. */
export async function speak(code: string): Promise<void> {
  wanted = code;
  if (code === spoken.code) return;
  let words: Words = en;
  try {
    if (code !== "en") words = (await (OTHERS[code] as (typeof OTHERS)[string])()).default;
  } catch {
    return;
  }
  if (wanted !== code) return; // another one was asked for meanwhile
  spoken = made(code, words);
  document.documentElement.lang = code;
  document.documentElement.dir = spoken.rtl ? "rtl" : "ltr";
  keepLanguage(code);
  for (const listener of listeners) listener();
}

/** The language to begin with, before the conversation tells its own. */
export function begin(): Promise<void> {
  return speak(known([keptLanguage(), ...tags()]) ?? "en");
}
