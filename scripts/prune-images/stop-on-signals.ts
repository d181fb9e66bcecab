/**
 * A cancelled job gets SIGINT, then SIGTERM, and is killed seconds later: the first signal asks the run to end cleanly, the
 * second ends it. Gives the reason, once there is one.
 */
export function stopOnSignals(): () => string | undefined {
  let reason: string | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    if (reason !== undefined) process.exit(1);
    reason = `the run was cancelled (${signal})`;
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return () => reason;
}
