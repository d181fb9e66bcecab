/** Steps of a Dockerfile that one platform's build needed, `FROM` apart. */
export interface StepCount {
  /** At least 1. */
  readonly total: number;
  /** How many of them came from BuildKit's cache. */
  readonly cached: number;
}

/** Counts the steps of one platform out of what `docker buildx build --progress=plain` says, line by line. */
export interface StepCounter {
  /** A further attempt at the same platform: BuildKit numbers its steps anew, what was run before stays run. */
  readonly startAttempt: () => void;
  readonly readLine: (line: string) => void;
  /** Undefined where no step was seen to its end, such as of a Dockerfile that only has a `FROM`. */
  readonly count: () => StepCount | undefined;
}

/** More than any Dockerfile has; what a build prints cannot make this grow further. */
const mostSteps = 1000;

/**
 * BuildKit names a step once or more often (`#7 [linux/arm64 build  2/14] RUN …`) and tells its end (`#7 CACHED`, `#7 DONE 1.2s`)
 * under the same number: https://github.com/moby/buildkit/blob/master/util/progress/progressui/printer.go.
 * A layer that is fetched out of a cache ends with DONE too, after lines of its download: so the first of these lines decides.
 * Other work has no `2/14` in its brackets. What a step itself prints comes after its number and the seconds.
 */
export function createStepCounter(): StepCounter {
  /** Place of a step, such as `build 2/14`, to whether some attempt ran it. */
  const ran = new Map<string, boolean>();
  /** Number in this attempt to the place of a step whose end is not told yet; undefined of one whose end is. */
  let open = new Map<string, string | undefined>();

  const startStep = (number: string, place: string) => {
    if (!open.has(number) && open.size < mostSteps) open.set(number, place);
  };
  const endStep = (number: string, isCached: boolean) => {
    const place = open.get(number);
    if (place === undefined) return;
    open.set(number, undefined);
    if (ran.has(place) || ran.size < mostSteps) ran.set(place, ran.get(place) === true || !isCached);
  };
  return {
    startAttempt: () => {
      open = new Map();
    },
    readLine: (line) => {
      const [, number = "", said = ""] = /^#(\d{1,6}) (.{1,300})/u.exec(line) ?? [];
      const [, place, word] = /^\[([^\]]+)\] (\S+)/u.exec(said) ?? [];
      if (place !== undefined && /(?:^|\s)\d+\/\d+$/u.test(place) && word !== "FROM") startStep(number, place);
      else if (/^CACHED$|^(?:extracting )?sha256:/u.test(said)) endStep(number, true);
      else if (/^DONE\b/u.test(said)) endStep(number, false);
    },
    count: () => {
      const cached = [...ran.values()].filter((isRun) => !isRun).length;
      return ran.size === 0 ? undefined : { total: ran.size, cached };
    },
  };
}
