import { useEffect, useId, useRef, useState, type RefObject } from "react";
import { useChatTools } from "../ChatContext";
import { countClick } from "../api";
import { cost } from "../format";
import { useLanguage } from "../language";
import type { Product } from "../protocol";
import { pressOf } from "../state";
import { HangerIcon, HeartIcon, NextIcon, OutIcon } from "./Icons";

export function ProductCards({ turn, products }: { turn: string; products: Product[] }) {
  const { rtl, say } = useLanguage();
  const row = useRef<HTMLUListElement>(null);
  const room = useRoom(row, products.length);
  if (products.length === 0) return null;

  const turnPage = (direction: 1 | -1): void => {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const left = (rtl ? -direction : direction) * (row.current?.clientWidth ?? 0) * 0.8;
    row.current?.scrollBy({ left, behavior: calm ? "instant" : "smooth" });
  };
  return (
    <div className="relative -mx-4 mt-3.5 sm:-mx-6">
      <ul
        ref={row}
        aria-label={say("products")}
        className={`carousel flex gap-3 overflow-x-auto scroll-px-4 px-4 pb-1 sm:scroll-px-6 sm:px-6 ${room.before ? "sm:fade-start" : ""} ${room.after ? "sm:fade-end" : ""}`}
      >
        {products.map((product) => (
          <li key={product.id} className="w-[60vw] max-w-54 shrink-0 snap-start">
            <ProductCard turn={turn} product={product} />
          </li>
        ))}
      </ul>
      <Pager side="start" visible={room.before} onPress={() => turnPage(-1)} />
      <Pager side="end" visible={room.after} onPress={() => turnPage(1)} />
    </div>
  );
}

/** Whether there is more of the row on either side. */
function useRoom(row: RefObject<HTMLUListElement | null>, count: number): { before: boolean; after: boolean } {
  const [room, setRoom] = useState({ before: false, after: false });
  useEffect(() => {
    const box = row.current;
    if (box === null) return;
    const measure = (): void => {
      // From right to left it counts below zero.
      const passed = Math.abs(box.scrollLeft);
      const before = passed > 8;
      const after = passed + box.clientWidth < box.scrollWidth - 8;
      setRoom((last) => (last.before === before && last.after === after ? last : { before, after }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    box.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener("scroll", measure);
    };
  }, [row, count]);
  return room;
}

/** Turns the row's page for people with a mouse; fingers swipe, and Tab moves from card to card. */
function Pager({ side, visible, onPress }: { side: "start" | "end"; visible: boolean; onPress: () => void }) {
  const { say } = useLanguage();
  if (!visible) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={say(side === "start" ? "previousProducts" : "nextProducts")}
      onClick={onPress}
      className={`tap animate-fade absolute top-28 grid size-11 place-items-center rounded-full border border-line bg-card shadow-lift hover:border-action pointer-coarse:hidden ${side === "start" ? "start-2 ltr:rotate-180" : "end-2 rtl:rotate-180"}`}
    >
      <NextIcon />
    </button>
  );
}

function ProductCard({ turn, product }: { turn: string; product: Product }) {
  const { state, press } = useChatTools();
  const { say } = useLanguage();
  const title = useId();
  const [pictured, setPictured] = useState(true);
  const asked = cost(product);
  const trying = pressOf(state, turn, `try:${product.id}`) !== undefined;
  const from = origin(product);

  return (
    <div className="group flex h-full flex-col overflow-hidden rounded-card border border-line bg-card">
      <div className="relative aspect-square overflow-hidden bg-tile">
        {pictured ? (
          <>
            {/* A picture that is not square stands on a blur of itself. */}
            <img
              src={product.picture}
              alt=""
              loading="lazy"
              className="absolute inset-0 size-full scale-125 object-cover opacity-70 blur-xl"
            />
            <img
              src={product.picture}
              alt={product.title}
              loading="lazy"
              decoding="async"
              onError={() => setPictured(false)}
              className="absolute inset-0 size-full object-contain transition-transform duration-500 ease-cloth group-hover:scale-[1.03]"
            />
          </>
        ) : (
          <span className="absolute inset-0 grid place-items-center text-night/60">
            <HangerIcon className="size-10" />
          </span>
        )}
        <Heart turn={turn} product={product} title={title} className="absolute top-2 end-2" />
      </div>
      <div className="flex grow flex-col p-3.5">
        <p id={title} className="text-[0.9375rem] leading-snug font-medium wrap-anywhere">
          <bdi>{product.title}</bdi>
        </p>
        {from !== "" && <p className="mt-0.5 text-small text-soft wrap-anywhere"><bdi>{from}</bdi></p>}
        <div className="mt-1.5 mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-small">
          {asked !== null && <p className="font-medium tabular-nums">{asked}</p>}
          {(product.offers ?? 0) > 0 && <p className="text-soft">{say("moreOffers", { count: product.offers ?? 0 })}</p>}
          {product.in_stock === false && <p className="text-soft">{say("soldOut")}</p>}
          <Colours product={product} />
        </div>
        <div className="mt-auto flex gap-2">
          {product.part !== null && (
            <button
              type="button"
              aria-describedby={title}
              aria-busy={trying}
              onClick={() => press(turn, `try:${product.id}`)}
              className="tap relative min-h-11 grow overflow-hidden rounded-full bg-action px-4 text-[0.9375rem] font-medium text-on-action hover:opacity-88"
            >
              {say("tryOn")}
              {trying && <span className="stitch animate-sew absolute inset-x-6 bottom-1.5 h-[2px]" />}
            </button>
          )}
          {product.url !== null && (
            <a
              href={product.url}
              target="_blank"
              rel="noopener noreferrer"
              onClick={() => countClick(product.id)}
              aria-label={say("shopNewTab")}
              aria-describedby={title}
              title={say("shop")}
              className={`tap inline-flex min-h-11 shrink-0 items-center justify-center gap-1 rounded-full border border-edge text-[0.9375rem] font-medium hover:border-action hover:bg-action hover:text-on-action ${product.part === null ? "grow" : "w-11"}`}
            >
              {product.part === null && say("shop")} <OutIcon className="size-5 rtl:-scale-x-100" />
            </a>
          )}
        </div>
        {product.credit !== null && (
          <p className="mt-2 text-[0.6875rem] leading-snug whitespace-pre-line text-faint wrap-anywhere"><bdi>{product.credit}</bdi></p>
        )}
      </div>
    </div>
  );
}

function origin(product: Product): string {
  return [product.brand, product.source].filter((word) => word !== null && word !== "").join(" · ");
}

interface HeartProps {
  turn: string;
  product: Product;
  /** The id of the element with the product's title. */
  title: string;
  className: string;
}

function Heart({ turn, product, title, className }: HeartProps) {
  const { press, saved } = useChatTools();
  const { say } = useLanguage();
  const isSaved = saved.has(product.id);
  return (
    <button
      type="button"
      aria-label={say("save")}
      aria-pressed={isSaved}
      aria-describedby={title}
      onClick={() => press(turn, `${isSaved ? "unsave" : "save"}:${product.id}`)}
      className={`tap grid size-10 shrink-0 place-items-center rounded-full bg-white/85 backdrop-blur-sm hover:bg-white ${isSaved ? "text-heart" : "text-night"} ${className}`}
    >
      <HeartIcon full={isSaved} />
    </button>
  );
}

/** What the person is wearing in the picture above: the picture has the room, not the card. */
export function WornProduct({ turn, product }: { turn: string; product: Product }) {
  const { say } = useLanguage();
  const title = useId();
  const asked = cost(product);
  return (
    <div className="mt-2 flex max-w-[30rem] items-center gap-3 rounded-card border border-line bg-card p-2 pe-3">
      <img
        src={product.picture}
        alt=""
        loading="lazy"
        className="size-16 shrink-0 rounded-[0.75rem] bg-tile object-cover"
      />
      <div className="min-w-0 grow text-small">
        <p id={title} className="leading-snug font-medium wrap-anywhere">
          <bdi>{product.title}</bdi>
        </p>
        <p className="text-soft wrap-anywhere">{[asked, origin(product)].filter(Boolean).join(" · ")}</p>
        {product.credit !== null && (
          <p className="text-[0.6875rem] leading-snug text-faint wrap-anywhere"><bdi>{product.credit}</bdi></p>
        )}
      </div>
      {product.url !== null && (
        <a
          href={product.url}
          target="_blank"
          rel="noopener noreferrer"
          onClick={() => countClick(product.id)}
          aria-label={say("shopNewTab")}
          aria-describedby={title}
          title={say("shop")}
          className="tap grid size-10 shrink-0 place-items-center rounded-full border border-edge hover:border-action hover:bg-action hover:text-on-action"
        >
          <OutIcon className="size-5 rtl:-scale-x-100" />
        </a>
      )}
      <Heart turn={turn} product={product} title={title} className="-ms-1 border border-line" />
    </div>
  );
}

function Colours({ product }: { product: Product }) {
  if (product.color.length === 0) return null;
  return (
    <p className="flex items-center gap-1.5 text-soft">
      {product.color.map((name) => (
        <Swatch key={name} name={name} />
      ))}
      <span>{product.color_names.join(", ")}</span>
    </p>
  );
}

/** A dot for colour words that CSS knows too; the word itself is always there. */
function Swatch({ name }: { name: string }) {
  const colour = name.toLowerCase().replace(/[\s-]/g, "");
  if (!CSS.supports("color", colour)) return null;
  return <span className="size-3 rounded-full border border-edge/60" style={{ backgroundColor: colour }} />;
}
