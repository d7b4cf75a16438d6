import { describe, expect, test } from "vitest";
import { eventParser } from "./sse";

const STREAM = ': hello\n\nid: 4\nevent: turn\ndata: {"a":1}\n\nevent: job\r\ndata: {\r\ndata: }\r\n\r\ndata:x\n\n';

const EVENTS = [
  { event: "turn", data: '{"a":1}' },
  { event: "job", data: "{\n}" },
  { event: "message", data: "x" },
];

describe("the event stream", () => {
  test("is read whole", () => {
    expect(eventParser()(STREAM)).toEqual(EVENTS);
  });

  test("is read the same wherever the network cuts it", () => {
    for (let cut = 1; cut < STREAM.length; cut += 1) {
      const parse = eventParser();
      expect([...parse(STREAM.slice(0, cut)), ...parse(STREAM.slice(cut))], `cut at ${cut}`).toEqual(EVENTS);
    }
  });

  test("does not give out an event that has not ended", () => {
    expect(eventParser()("event: turn\ndata: {}\n")).toEqual([]);
  });
});
