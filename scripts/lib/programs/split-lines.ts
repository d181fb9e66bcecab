import { StringDecoder } from "node:string_decoder";

/** The longest line that is given on; of one that is longer the beginning. */
export const LONGEST_LINE = 64 * 1024; // characters

export interface LineSplitter {
  readonly write: (chunk: Buffer | string) => void;
  /** Gives what stands behind the last break. */
  readonly end: () => void;
}

/**
 * Cuts what a program writes into lines while it comes. Holds one line at the most, and never more of it than is given on: a program
 * may write for ever without a break.
 * @param breaks what ends a line, as a global expression
 */
export function splitLines(tell: (line: string) => void, breaks: RegExp): LineSplitter {
  const decoder = new StringDecoder("utf8");
  let begun = "";
  let isBegun = false;
  let isCut = false;
  const add = (part: string): void => {
    isBegun ||= part !== "";
    isCut ||= begun.length + part.length > LONGEST_LINE;
    if (begun.length < LONGEST_LINE) begun += part.slice(0, LONGEST_LINE - begun.length);
  };
  const give = (): void => {
    tell(isCut ? `${begun}…` : begun);
    begun = "";
    isBegun = false;
    isCut = false;
  };
  const take = (text: string): void => {
    const [first = "", ...more] = text.split(breaks);
    add(first);
    for (const line of more) {
      give();
      add(line);
    }
  };
  // A carriage return at the end may be half of a break.
  let held = "";
  return {
    write: (chunk) => {
      const text = held + (typeof chunk === "string" ? chunk : decoder.write(chunk));
      held = text.endsWith("\r") ? "\r" : "";
      take(held === "" ? text : text.slice(0, -1));
    },
    end: () => {
      take(held + decoder.end());
      if (isBegun) give();
    },
  };
}
