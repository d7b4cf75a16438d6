// How values read on the screen. Dates, numbers and money follow the browser's language.

import type { Job } from "./protocol";

/** A random UUID. crypto.randomUUID needs HTTPS, and a phone in the same room opens http://192.168.… */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** `minor` in the smallest unit of `currency`: 1999 USD is 19.99 dollars, 1999 JPY are 1999 yen. */
export function price(minor: number | null, currency: string | null, locale?: string): string | null {
  if (minor === null || currency === null) return null;
  try {
    const format = new Intl.NumberFormat(locale, { style: "currency", currency });
    return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    return null; // not a currency code: no price is better than a wrong one
  }
}

export function clock(at: string): string {
  return new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }).format(new Date(at));
}

export function dayKey(at: string): string {
  return new Date(at).toDateString();
}

export function day(at: string, now: Date = new Date()): string {
  const date = new Date(at);
  const midnight = (d: Date): number => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
  const ago = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (ago === 0 || ago === 1) {
    const words = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(-ago, "day");
    return words.charAt(0).toLocaleUpperCase() + words.slice(1);
  }
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long", ...year }).format(date);
}

export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 90 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}

export function queuePlace(job: Job): string {
  const place = job.position > 0 ? `${job.position} ahead of you` : "You are next";
  return job.eta_s > 0 ? `${place}, about ${duration(job.eta_s)}` : place;
}

const STAGES: Record<string, string> = {
  person: "Finding your pose",
  garment: "Studying the garment",
  mask: "Cutting the pattern",
  warp: "Draping the fabric",
  light: "Matching the light",
  blend: "Matching the light",
  quality: "Checking the fit",
  denoise: "Painting the details",
  decode: "Finishing",
};

/** The engine's word for what it does, as something a shopper likes to read. */
export function stage(word: string): string {
  const known = STAGES[word.toLowerCase()];
  if (known !== undefined) return known;
  const plain = word.replace(/[_-]+/g, " ").trim();
  return plain === "" ? "Working on it" : plain.charAt(0).toLocaleUpperCase() + plain.slice(1);
}

export function megabytes(bytes: number): string {
  return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(bytes / 1_048_576)} MB`;
}
