// What one browser remembers between two loads of the page. Storage may be switched off: then it forgets.

import type { Outgoing } from "./state";

const OUTBOX = "fashioncore.outbox";
const DRAFT = "fashioncore.draft";
const ERASED = "fashioncore.erased";
const LANGUAGE = "fashioncore.language";

interface Kept<T> {
  conversation: string;
  value: T;
}

function read<T>(storage: () => Storage, key: string): T | null {
  try {
    const text = storage().getItem(key);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

function write(storage: () => Storage, key: string, value: unknown): void {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden; the chat works without it.
  }
}

// Of this tab alone: two tabs must not send the same waiting message.
const tab = (): Storage => window.sessionStorage;
const browser = (): Storage => window.localStorage;

/** Texts and presses that were never accepted. Photos are too big to keep. */
export function keepUnsent(conversation: string, items: Outgoing[]): void {
  const unsent = items.filter(
    (item) => item.kind !== "photo" && (item.status === "sending" || item.status === "retrying"),
  );
  write(tab, OUTBOX, unsent.length === 0 ? null : ({ conversation, value: unsent } satisfies Kept<Outgoing[]>));
}

export function unsentOf(conversation: string): Outgoing[] {
  const kept = read<Kept<Outgoing[]>>(tab, OUTBOX);
  return kept?.conversation === conversation ? kept.value : [];
}

export function keepDraft(text: string): void {
  write(tab, DRAFT, text === "" ? null : text);
}

export function draft(): string {
  return read<string>(tab, DRAFT) ?? "";
}

/** What the page spoke last, so that it does not begin in another language. */
export function keepLanguage(code: string): void {
  write(browser, LANGUAGE, code);
}

export function keptLanguage(): string {
  return read<string>(browser, LANGUAGE) ?? "";
}

/** Forget everything; the next load may say once that it is done. */
export function forgetEverything(): void {
  for (const key of [OUTBOX, DRAFT]) write(tab, key, null);
  write(browser, LANGUAGE, null);
  write(tab, ERASED, true);
}

export function wasJustErased(): boolean {
  const erased = read<boolean>(tab, ERASED) === true;
  write(tab, ERASED, null);
  return erased;
}
