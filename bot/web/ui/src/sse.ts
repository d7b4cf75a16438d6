// Reads a text/event-stream (WHATWG HTML, section 9.2) piece by piece, as it comes off the network.
// EventSource is not used: it hides the status code, gives up on a 503, and cannot see that a sleeping laptop's
// connection is dead because it does not show the server's keep-alive comments.

export interface ServerEvent {
  event: string;
  data: string;
}

/** Returns a function that takes the next piece of text and gives back the events that it completed. */
export function eventParser(): (piece: string) => ServerEvent[] {
  let rest = "";
  let event = "";
  let data: string[] = [];

  function line(text: string): ServerEvent | null {
    if (text === "") {
      const complete = data.length > 0 ? { event: event || "message", data: data.join("\n") } : null;
      event = "";
      data = [];
      return complete;
    }
    const colon = text.indexOf(":");
    const name = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (name === "event") event = value;
    else if (name === "data") data.push(value);
    return null;
  }

  return (piece) => {
    rest += piece;
    const events: ServerEvent[] = [];
    for (;;) {
      const end = /\r\n|\n|\r/.exec(rest);
      // A carriage return at the very end may be half of a line end.
      if (end === null || (end[0] === "\r" && end.index === rest.length - 1)) return events;
      const complete = line(rest.slice(0, end.index));
      if (complete !== null) events.push(complete);
      rest = rest.slice(end.index + end[0].length);
    }
  };
}
