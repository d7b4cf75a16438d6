import { describe, expect, test } from "vitest";
import { duration, price, queuePlace, stage, uuid } from "./format";
import { objection } from "./photos";
import { MAX_SCALE, WHOLE, held, zoomedAt } from "./zoom";

describe("a price", () => {
  test("is counted in the currency's own smallest unit", () => {
    expect(price(1999, "USD")).toBe("$19.99");
    expect(price(1999, "JPY")).toBe("¥1,999");
    expect(price(1999, "KWD")?.replace(/\s/g, " ")).toBe("KWD 1.999");
  });

  test("is not shown when there is none, or no such currency", () => {
    expect(price(null, "EUR")).toBeNull();
    expect(price(100, null)).toBeNull();
    expect(price(100, "?")).toBeNull();
  });
});

test("waiting is told in round words", () => {
  const job = { id: "j", status: "queued" as const, stage: "", fraction: 0, refining: false, sketch: null };
  expect(queuePlace({ ...job, position: 2, eta_s: 20.4 })).toBe("2 ahead of you, about 20 sec");
  expect(queuePlace({ ...job, position: 0, eta_s: 0 })).toBe("You are next");
  expect(duration(150)).toBe("3 min");
});

test("a stage without a phrase of its own is still readable", () => {
  expect(stage("warp")).toBe("Draping the fabric");
  expect(stage("colour_match")).toBe("Working on it");
  expect(stage("")).toBe("Working on it");
});

test("ids are version 4 UUIDs and differ", () => {
  const ids = Array.from({ length: 100 }, uuid);
  expect(new Set(ids).size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a file that cannot be a photo is refused before it is sent", () => {
  expect(objection(new File(["x"], "a.heic", { type: "" }))).toBeNull();
  expect(objection(new File(["x"], "a.pdf", { type: "application/pdf" }))).toContain("not a picture");
  expect(objection(new File([], "a.jpg", { type: "image/jpeg" }))).toContain("empty");
  const big = new File([new Uint8Array(20 * 1024 * 1024 + 1)], "a.jpg", { type: "image/jpeg" });
  expect(objection(big)).toContain("20 MB");
});

describe("looking closely", () => {
  const frame = { width: 400, height: 600 };

  test("keeps the point under the finger in place", () => {
    const view = zoomedAt(WHOLE, 2, 100, 50, frame);
    // The picture's point that was at (100, 50) is now at offset + 2 * (100, 50).
    expect([view.x + 200, view.y + 100]).toEqual([100, 50]);
  });

  test("cannot lose the picture", () => {
    expect(held({ scale: 1, x: 300, y: -20 }, frame)).toEqual({ scale: 1, x: 0, y: -0 });
    expect(zoomedAt(WHOLE, 100, 0, 0, frame).scale).toBe(MAX_SCALE);
    expect(held({ scale: 2, x: 9999, y: 0 }, frame).x).toBe(200);
  });
});
