import { createStepCounter, type StepCount } from "@longshore/publishing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Counts over attempts, each the text of one build. */
function count(...attempts: readonly string[]): StepCount | undefined {
  const counter = createStepCounter();
  for (const text of attempts) {
    counter.startAttempt();
    for (const line of text.split("\n")) counter.readLine(line);
  }
  return counter.count();
}

// As buildx 0.13 with BuildKit 0.12 says it, cut to what differs.
const first = `#0 building with "longshore" instance using remote driver

#1 [internal] load build definition from Dockerfile
#1 transferring dockerfile: 451B done
#1 DONE 0.0s

#2 [auth] acme/base:pull token for ghcr.io
#2 DONE 0.0s

#4 [deps 1/4] FROM ghcr.io/acme/base:1@sha256:f6f3
#4 resolve ghcr.io/acme/base:1@sha256:f6f3 done
#4 extracting sha256:78b7 0.0s done
#4 DONE 0.0s

#6 [deps 2/4] WORKDIR /app
#6 DONE 0.0s

#7 [deps 3/4] COPY lock /app/lock
#7 DONE 0.0s

#8 [deps 4/4] RUN echo '#99 [8/9] RUN spoof' && echo '#7 CACHED'
#8 0.109 #99 [8/9] RUN spoof
#8 0.109 #7 CACHED
#8 DONE 0.1s

#9 [build 1/2] COPY src /app/src
#9 DONE 0.0s

#10 [build 2/2] RUN --mount=type=cache,target=/c <<EOF (echo heredoc)
#10 0.149 heredoc
#10 DONE 0.2s

#11 exporting to image
#11 exporting layers 0.0s done
#11 pushing layers 0.0s done
#11 DONE 0.1s
`;

const again = `#1 [internal] load build definition from Dockerfile
#1 DONE 0.0s

#5 importing cache manifest from ghcr.io/acme/cache:x
#5 DONE 0.0s

#6 [build 1/2] COPY src /app/src
#6 CACHED

#7 [build 2/2] RUN --mount=type=cache,target=/c <<EOF (echo heredoc)
#7 CACHED

#8 [deps 3/4] COPY lock /app/lock
#8 CACHED

#11 [deps 4/4] RUN echo '#99 [8/9] RUN spoof' && echo '#7 CACHED'
#11 CACHED

#13 [deps 2/4] WORKDIR /app
#13 CACHED

#4 [deps 1/4] FROM ghcr.io/acme/base:1@sha256:f6f3
#4 CACHED
`;

/** Out of a registry's cache: layers are fetched when the first step needs them that was not in it. */
const fetched = `#8 [deps 2/4] WORKDIR /app
#8 CACHED

#10 [deps 3/4] RUN make deps
#10 extracting sha256:dafc911d94747769 0.0s done
#10 sha256:784e9bfb207f253a 27.26MB / 62.93MB 0.2s
#10 sha256:784e9bfb207f253a 62.93MB / 62.93MB 0.3s done
#10 DONE 0.3s

#10 [deps 3/4] RUN make deps
#10 extracting sha256:784e9bfb207f253a 0.1s done
#10 DONE 0.4s

#11 [deps 4/4] COPY src /app/src
#11 DONE 0.0s
`;

describe("the steps of a build", () => {
  it.each<readonly [string, readonly string[], StepCount | undefined]>([
    ["a first build", [first], { total: 5, cached: 0 }],
    ["the same again", [again], { total: 5, cached: 5 }],
    ["layers fetched from a cache", [fetched], { total: 3, cached: 2 }],
    ["a second attempt of what a first one ran", [first, again], { total: 5, cached: 0 }],
    ["a second attempt of what was cached", [again, again], { total: 5, cached: 5 }],
    ["an attempt that ends before its steps", ["#6 [2/4] COPY . .\nERROR: no such file", ""], undefined],
    ["a first attempt that ends in between", [fetched.slice(0, 40), again], { total: 5, cached: 5 }],
    ["a Dockerfile with a FROM only", ["#4 [1/1] FROM ghcr.io/acme/base:1\n#4 CACHED"], undefined],
    ["one stage", ["#4 [2/2] COPY lock /\n#4 CACHED"], { total: 1, cached: 1 }],
    ["ten steps and more, which BuildKit pads", ["#4 [app  2/14] RUN x\n#4 CACHED\n#5 [ 3/14] RUN y\n#5 DONE 2.0s"], { total: 2, cached: 1 }], // biome-ignore format: one case a line
    ["platforms", ["#7 [linux/arm64 build 2/4] RUN x\n#7 DONE 1.0s\n#8 [linux/arm64 internal] load metadata\n#8 DONE 1.0s"], { total: 1, cached: 0 }], // biome-ignore format: as above
    ["a step that fails", ["#5 [2/3] RUN echo\n#5 CACHED\n#6 [3/3] RUN false\n#6 ERROR: process"], { total: 1, cached: 1 }], // biome-ignore format: as above
    ["a step that is cancelled, then run", ["#5 [2/2] RUN x\n#5 CANCELED", "#4 [2/2] RUN x\n#4 DONE 1.0s"], { total: 1, cached: 0 }], // biome-ignore format: as above
    ["a copy that is linked", ["#16 [x 1/4] COPY --link lock /l\n#16 merging done\n#16 DONE 0.0s"], { total: 1, cached: 0 }], // biome-ignore format: as above
    ["no build", [], undefined],
  ])("of %s", (_, attempts, expected) => {
    expect(count(...attempts)).toEqual(expected);
  });

  it("do not grow with what a build prints", () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `#${index} [s${index} 1/2] RUN x\n#${index} DONE 1.0s`);
    expect(count(lines.join("\n"))?.total).toBe(1000);
  });

  it("are never more from the cache than there are, whatever is printed", () => {
    const line = fc.oneof(
      fc.constantFrom(...`${first}${again}${fetched}`.split("\n")),
      fc.string({ unit: "binary", maxLength: 50 }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(line)), (attempts) => {
        const { total, cached } = count(...attempts.map((lines) => lines.join("\n"))) ?? { total: 1, cached: 0 };
        expect(total).toBeGreaterThan(0);
        expect(cached).toBeLessThanOrEqual(total);
      }),
    );
  });

  it("that ran once ran, whatever further attempts say", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(again, fetched, "")), (more) => {
        expect(count(first, ...more)?.cached).toBe(count(first, again, ...more)?.cached);
      }),
    );
  });
});
