import { describe, expect, test } from "vitest";
import { filled, known, made, type Words } from "./language";
import en from "./words/en.json";

const FILES = import.meta.glob<Words>("./words/*.json", { eager: true, import: "default" });
const TABLES = Object.entries(FILES).map(([file, words]) => ({ code: file.slice(8, -5), words }));

function placeholders(sentence: string): string[] {
  return [...sentence.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
}

describe.each(TABLES)("the words in $code", ({ code, words }) => {
  test("are all there, with the values of their sentences", () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
    for (const [key, sentence] of Object.entries(en)) {
      if (typeof sentence !== "string") continue;
      const other = words[key as keyof typeof en] as string;
      expect([key, placeholders(other)]).toEqual([key, placeholders(sentence)]);
      expect(other.trim()).toBe(other);
      expect(other).not.toBe("");
    }
  });

  test("count in the plural forms of the language", () => {
    const rules = new Intl.PluralRules(made(code, words).locale);
    for (let count = 0; count < 120; count += 1) {
      expect(words.ahead[rules.select(count)], `${code} ${count}`).toBeDefined();
    }
  });
});

test("every table can be spoken", () => {
  for (const { code } of TABLES) expect(known([code])).toBe(code);
});

test("the nearest language of ours is found", () => {
  expect(known(["pt-BR", "en"])).toBe("pt");
  expect(known(["hi-Latn-IN"])).toBe("hi-Latn");
  expect(known(["", "zh-Hant", "DE-at"])).toBe("de");
  expect(known(["zh"])).toBeNull();
});

test("values keep their own direction between words from right to left", () => {
  expect(filled("{a} and {b}", { a: "x", b: 2 }, false)).toBe("x and 2");
  expect(filled("{a}؟", { a: "x" }, true)).toBe("\u2068x\u2069؟");
});
