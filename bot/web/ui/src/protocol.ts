// The nouns of docs/web-chat.md, as the server sends them.

export interface Choice {
  label: string;
  action: string;
}

export interface Product {
  id: string;
  title: string;
  category: string;
  part: "upper" | "lower" | "dress" | null;
  picture: string;
  color: string[];
  /** What the colours are called in the turn's language. */
  color_names: string[];
  price_minor: number | null;
  currency: string | null;
  brand: string | null;
  source: string | null;
  url: string | null;
  credit: string | null;
  /** False where the shop says that it is sold out. Turns of earlier builds lack this and what follows. */
  in_stock?: boolean | null;
  /** Further offers of the same thing. */
  offers?: number;
  /** Roughly the price in the currency that the person counts in. */
  about_minor?: number | null;
  about_currency?: string | null;
}

export interface Picture {
  url: string;
  alt: string;
  role: "photo" | "numbered" | "before" | "result";
  width: number | null;
  height: number | null;
}

export interface Turn {
  id: string;
  seq: number;
  rev: number;
  author: "person" | "stylist";
  at: string;
  event: string | null;
  text: string;
  /** The language of the words, a BCP 47 code, as far as it is known. */
  lang: string | null;
  choices: Choice[];
  products: Product[];
  pictures: Picture[];
  job: string | null;
}

export interface Job {
  id: string;
  status: "queued" | "running" | "done" | "failed" | "cancelled";
  position: number;
  eta_s: number;
  stage: string;
  fraction: number;
  /** A preview is shown already, and a better picture is being painted. */
  refining: boolean;
  /** What the picture looks like so far. */
  sketch: string | null;
}

export interface Conversation {
  conversation: string;
  rev: number;
  turns: Turn[];
  jobs: Job[];
}

export function isOver(job: Job): boolean {
  return job.status === "done" || job.status === "failed" || job.status === "cancelled";
}
