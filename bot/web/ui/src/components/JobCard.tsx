import { useChatTools } from "../ChatContext";
import { percent, queuePlace, stage } from "../format";
import { language, useLanguage } from "../language";
import { isOver, type Job } from "../protocol";
import { pressOf } from "../state";

const ENDED = { done: "jobDone", failed: "jobFailed", cancelled: "jobCancelled" } as const;

function headline(job: Job | undefined): string {
  const { say } = language();
  if (job === undefined) return say("gettingReady");
  if (job.status === "queued") return job.refining && job.position === 0 ? say("finerSoon") : queuePlace(job);
  return job.status === "running" ? stage(job.stage) : say(ENDED[job.status]);
}

/** The live progress of a try-on, read off a tailor's tape. */
export function JobCard({ turn, id }: { turn: string; id: string }) {
  const { state, press } = useChatTools();
  const { say } = useLanguage();
  const job = state.jobs[id];
  const stop = `cancel:${id}`;
  const stopping = pressOf(state, turn, stop) !== undefined;
  const fraction = job?.status === "done" ? 1 : job?.status === "running" ? Math.min(1, Math.max(0, job.fraction)) : 0;
  const known = job?.status === "running" || job?.status === "done";
  const over = job !== undefined && isOver(job);

  return (
    <div className="mt-3 flex max-w-[30rem] items-start gap-4 rounded-card border border-line bg-card p-4 shadow-lift">
      {job !== undefined && job.sketch !== null && !over && (
        <img
          src={job.sketch}
          alt={say("soFar")}
          decoding="async"
          className="animate-fade w-20 shrink-0 rounded-tag bg-mist object-cover"
        />
      )}
      <div className="min-w-0 grow">
        <div className="flex items-baseline justify-between gap-3">
          <p className="font-medium">{stopping ? say("stopping") : headline(job)}</p>
          {known && <p className="text-small text-soft tabular-nums">{percent(fraction)}</p>}
        </div>
        <div
          role="progressbar"
          aria-label={say("progress")}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={known ? Math.round(fraction * 100) : undefined}
          aria-valuetext={headline(job)}
          className="tape relative mt-3 h-4 overflow-hidden rounded-tag"
        >
          {known ? (
            // Keys, or the seam would become the bar and shrink from full length.
            <div
              key="bar"
              className="absolute inset-0 origin-left bg-thread transition-transform duration-700 ease-cloth rtl:origin-right"
              style={{ transform: `scaleX(${fraction})` }}
            />
          ) : (
            !over && <div key="seam" className="stitch animate-sew absolute inset-x-0 top-1/2 h-[2px] -translate-y-1/2" />
          )}
        </div>
        {!over && (
          <div className="mt-2.5 flex items-center justify-between gap-3">
            <p className="text-small text-soft">{say("keepChatting")}</p>
            <button
              type="button"
              aria-busy={stopping}
              onClick={() => press(turn, stop)}
              className="tap min-h-9 rounded-full border border-edge px-4 text-small font-medium hover:border-action hover:bg-action hover:text-on-action"
            >
              {say("stop")}
            </button>
          </div>
        )}
      </div>
    </div>
  );
}
