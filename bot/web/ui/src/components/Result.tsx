import { useState } from "react";
import { useChatTools } from "../ChatContext";
import { useLanguage } from "../language";
import type { Picture } from "../protocol";
import { useShape } from "../useShape";
import { sharePicture, canShare } from "../share";
import { BeforeAfter } from "./BeforeAfter";
import { DownloadIcon, ExpandIcon, ShareIcon } from "./Icons";

const TOOL =
  "tap inline-flex min-h-10 items-center gap-1.5 rounded-full px-3 text-small font-medium text-soft hover:bg-mist hover:text-ink";

/** A try-on: what it was and what it became, with what one may want to do with it. */
export function Result({ before, result }: { before: Picture; result: Picture }) {
  const { look, notify } = useChatTools();
  const { say } = useLanguage();
  const [sharing, setSharing] = useState(false);
  const { ratio, measure } = useShape(result);

  const share = async (): Promise<void> => {
    setSharing(true);
    const problem = await sharePicture(result.url);
    setSharing(false);
    if (problem !== null) notify(problem);
  };
  return (
    // As large as the column allows, but on the screen together with what can be done next.
    <div className="mt-3" style={{ maxWidth: `min(30rem, max(22rem, 100dvh - 24rem) * ${ratio.toFixed(3)})` }}>
      <BeforeAfter before={before} result={result} ratio={ratio} onMeasure={measure} />
      <div className="-mx-1 mt-1.5 flex flex-wrap">
        <button type="button" className={TOOL} onClick={() => look({ picture: result, before })}>
          <ExpandIcon /> {say("fullScreen")}
        </button>
        <a className={TOOL} href={result.url} download="fashioncore-look.jpg">
          <DownloadIcon /> {say("download")}
        </a>
        {canShare() && (
          <button type="button" className={TOOL} aria-busy={sharing} onClick={() => void share()}>
            <ShareIcon /> {say("share")}
          </button>
        )}
      </div>
    </div>
  );
}
