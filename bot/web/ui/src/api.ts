// The requests of docs/web-chat.md. Paths are relative, so the chat also works below a path of a proxy.

import { language } from "./language";
import type { Conversation } from "./protocol";

const HEADERS = {
  "X-Fashioncore": "1",
  // For mails that come at an hour of the day.
  "X-Time-Zone": Intl.DateTimeFormat().resolvedOptions().timeZone,
};

/** The server said no, or could not be reached (`status` 0). `message` is for the person. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfterMs: number | null,
  ) {
    super(message);
  }

  /** Whether the same request may succeed later: the network, the server's health or its limits, not the request. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export function unreachable(): ApiError {
  return new ApiError(0, "unreachable", language().say("unreachable"), null);
}

export async function getConversation(): Promise<Conversation> {
  const response = await request("api/conversation", { headers: { Accept: "application/json" } });
  return (await response.json()) as Conversation;
}

export async function openStream(after: number, signal: AbortSignal): Promise<Response> {
  return request(`api/stream?after=${after}`, {
    headers: { Accept: "text/event-stream", "Last-Event-ID": String(after) },
    cache: "no-store",
    signal,
  });
}

export async function postMessage(id: string, text: string): Promise<void> {
  await post("api/messages", { id, text });
}

export async function postPress(id: string, turn: string, action: string): Promise<void> {
  await post("api/presses", { id, turn, action });
}

/** Somebody went to a shop. The link leads there by itself: nobody waits for this, and nothing follows if it is lost. */
export function countClick(product: string): void {
  post("api/clicks", { product }, true).catch(() => undefined);
}

/** XMLHttpRequest, because fetch cannot tell how much of an upload is done. */
export function postPhoto(id: string, photo: File, onProgress: (fraction: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append("id", id);
    form.append("photo", photo, photo.name);
    const xhr = new XMLHttpRequest();
    xhr.open("POST", "api/photos");
    for (const [name, value] of Object.entries(HEADERS)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    xhr.onload = () => {
      if (xhr.status >= 200 && xhr.status < 300) resolve();
      else reject(refusal(xhr.status, xhr.responseText, xhr.getResponseHeader("Retry-After")));
    };
    xhr.onerror = () => reject(unreachable());
    xhr.onabort = () => reject(unreachable());
    xhr.send(form);
  });
}

async function post(path: string, body: object, keepalive = false): Promise<void> {
  await request(path, {
    method: "POST",
    keepalive,
    headers: { ...HEADERS, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...init });
  } catch {
    throw unreachable();
  }
  if (!response.ok) {
    const body = await response.text().catch(() => "");
    throw refusal(response.status, body, response.headers.get("Retry-After"));
  }
  return response;
}

function refusal(status: number, body: string, retryAfter: string | null): ApiError {
  let code = "unknown";
  let message = language().say("unreachable");
  try {
    const { error } = JSON.parse(body) as { error: { code: string; message: string } };
    code = error.code;
    message = error.message;
  } catch {
    // A proxy in between answers with its own page: the status is all there is.
    if (status === 413) message = language().say("tooBigForServer");
  }
  const seconds = Number(retryAfter);
  return new ApiError(status, code, message, retryAfter !== null && seconds > 0 ? seconds * 1000 : null);
}
