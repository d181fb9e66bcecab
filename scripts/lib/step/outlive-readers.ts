/**
 * Lets a command outlive those who read it: `… --json | head` closes the pipe when it has seen enough, and that ends the command with
 * the trace of an unhandled EPIPE. What is under way is done to its end instead, unread, and the exit code tells of that.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
