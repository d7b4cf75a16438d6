import { useChatTools } from "../ChatContext";
import { queuePlace, stage } from "../format";
import { isOver, type Job } from "../protocol";
import { pressOf } from "../state";

const ENDED = { done: "Ready, the picture is on its way", failed: "This did not work out", cancelled: "Stopped" };

function headline(job: Job | undefined): string {
  if (job === undefined) return "Getting ready";
  if (job.status === "queued") return queuePlace(job);
  return job.status === "running" ? stage(job.stage) : ENDED[job.status];
}

/** The live progress of a try-on, read off a tailor's tape. */
export function JobCard({ turn, id }: { turn: string; id: string }) {
  const { state, press } = useChatTools();
  const job = state.jobs[id];
  const stop = `cancel:${id}`;
  const stopping = pressOf(state, turn, stop) !== undefined;
  const fraction = job?.status === "done" ? 1 : job?.status === "running" ? Math.min(1, Math.max(0, job.fraction)) : 0;
  const percent = Math.round(fraction * 100);
  const known = job?.status === "running" || job?.status === "done";
  const over = job !== undefined && isOver(job);

  return (
    <div className="mt-3 max-w-[30rem] rounded-card border border-line bg-card p-4 shadow-lift">
      <div className="flex items-baseline justify-between gap-3">
        <p className="font-medium">{stopping ? "Stopping" : headline(job)}</p>
        {known && <p className="text-small text-soft tabular-nums">{percent} %</p>}
      </div>
      <div
        role="progressbar"
        aria-label="Try-on progress"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={known ? percent : undefined}
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
          <p className="text-small text-soft">
            You can keep chatting meanwhile.
          </p>
          <button
            type="button"
            aria-busy={stopping}
            onClick={() => press(turn, stop)}
            className="tap min-h-9 rounded-full border border-edge px-4 text-small font-medium hover:border-action hover:bg-action hover:text-on-action"
          >
            Stop
          </button>
        </div>
      )}
    </div>
  );
}
