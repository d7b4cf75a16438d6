// How values read on the screen: dates, numbers and money as the language of the page writes them.

import { filled, language, type Key } from "./language";
import type { Job, Product } from "./protocol";

/** A random UUID. crypto.randomUUID needs HTTPS, and a phone in the same room opens http://192.168.… */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** `minor` in the smallest unit of `currency`: 1999 USD is 19.99 dollars, 1999 JPY are 1999 yen. */
export function price(minor: number | null, currency: string | null): string | null {
  if (minor === null || currency === null) return null;
  try {
    // Whole amounts without zeros behind the point, as the stylist writes them; older browsers show the zeros.
    const options = { style: "currency", currency, trailingZeroDisplay: "stripIfInteger" } as const;
    const format = new Intl.NumberFormat(language().locale, options);
    return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    return null; // not a currency code: no price is better than a wrong one
  }
}

/** The price in the shop's currency, and roughly in the person's own. */
export function cost(product: Product): string | null {
  const asked = price(product.price_minor, product.currency);
  const about = price(product.about_minor ?? null, product.about_currency ?? null);
  return asked !== null && about !== null ? `${asked} (≈ ${about})` : asked;
}

export function clock(at: string): string {
  return new Intl.DateTimeFormat(language().locale, { hour: "2-digit", minute: "2-digit" }).format(new Date(at));
}

export function dayKey(at: string): string {
  return new Date(at).toDateString();
}

export function day(at: string, now: Date = new Date()): string {
  const date = new Date(at);
  const midnight = (d: Date): number => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
  const ago = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (ago === 0 || ago === 1) {
    const words = new Intl.RelativeTimeFormat(language().locale, { numeric: "auto" }).format(-ago, "day");
    return words.charAt(0).toLocaleUpperCase() + words.slice(1);
  }
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return new Intl.DateTimeFormat(language().locale, { weekday: "long", day: "numeric", month: "long", ...year }).format(
    date,
  );
}

export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const [count, unit] = whole < 90 ? [whole, "second"] : [Math.round(whole / 60), "minute"];
  return new Intl.NumberFormat(language().locale, { style: "unit", unit, unitDisplay: "short" }).format(count);
}

export function percent(fraction: number): string {
  return new Intl.NumberFormat(language().locale, { style: "percent" }).format(fraction);
}

export function queuePlace(job: Job): string {
  const { locale, rtl, say, words } = language();
  const form = words.ahead[new Intl.PluralRules(locale).select(job.position)] ?? words.ahead.other;
  const place = job.position > 0 ? filled(form, { count: job.position }, rtl) : say("next");
  return job.eta_s > 0 ? say("aboutTime", { place, wait: duration(job.eta_s) }) : place;
}

const STAGES: Record<string, Key> = {
  person: "stage_person",
  garment: "stage_garment",
  mask: "stage_mask",
  warp: "stage_warp",
  draw: "stage_draw",
  compose: "stage_compose",
  denoise: "stage_denoise",
};

/** The engine's word for what it does, as something a shopper likes to read. */
export function stage(word: string): string {
  return language().say(STAGES[word.toLowerCase()] ?? "working");
}

export function megabytes(bytes: number): string {
  const options = { style: "unit", unit: "megabyte", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language().locale, options).format(bytes / 1_048_576);
}
