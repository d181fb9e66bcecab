/** Tells how far a long job is: one line now and then, in a log as on a terminal. */
export interface Progress {
  /** At most one line in a few seconds; `text` is made only when it is printed. */
  readonly tell: (text: () => string) => void;
}

export function createProgress(print: (line: string) => void, now: () => number, every = 5000): Progress {
  let last = now();
  return {
    tell: (text) => {
      const time = now();
      if (time - last < every) return;
      last = time;
      print(text());
    },
  };
}
