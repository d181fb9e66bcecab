/** Process groups of the programs that run now. */
const running = new Set<number>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Ends the program of this process group when this process is told to end: a cancelled job tells the step alone. Gives what takes
 * it from the list.
 */
export function endWithStep(group: number | undefined): () => void {
  if (group === undefined) return () => {};
  if (running.size === 0) for (const signal of signals) process.on(signal, endAll);
  running.add(group);
  return () => {
    running.delete(group);
    if (running.size === 0) for (const signal of signals) process.off(signal, endAll);
  };
}

function endAll(signal: NodeJS.Signals): void {
  for (const group of running) endGroup(group, "SIGTERM");
  running.clear();
  for (const name of signals) process.off(name, endAll);
  // Then as if nobody had listened; a step that listens too ends itself.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

/** Sends the signal to each process of the group. */
export function endGroup(group: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (group !== undefined) process.kill(-group, signal);
  } catch {
    // it has ended by itself
  }
}
