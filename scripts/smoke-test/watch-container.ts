import { $ } from "zx/core";

/** What docker needs to find its engine. The image's code is none of it: the job's own secrets stay out. */
const NEEDED = [
  ...["PATH", "HOME", "XDG_RUNTIME_DIR"],
  ...["DOCKER_CONFIG", "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY"],
];

/**
 * Waits for a word on its input, which ends it. Where the input ends without one the step is gone: the container goes too, also one
 * that is only being made.
 */
const SCRIPT = `read -r word && exit
for pause in 0 1 1 2 2 4; do sleep "$pause"; docker rm --force --volumes "$1"; done`;

/**
 * Removes the container when this process is gone, however it ended: a step that is killed can do nothing any more. Gives what ends
 * the watch.
 */
export function watchContainer(name: string): () => Promise<unknown> {
  const env = Object.fromEntries(NEEDED.map((variable) => [variable, process.env[variable]]));
  const watcher = $({
    ...{ env, cwd: "/", nothrow: true, quiet: true },
    // In a session of its own, so that what ends the step's processes leaves it.
    ...{ detached: true, stdio: ["pipe", "ignore", "ignore"] },
  })`exec sh -c ${SCRIPT} watch-container ${name}`;
  // It may have been ended by somebody; that is no reason to fail.
  watcher.child?.stdin?.on("error", () => {});
  return () => {
    watcher.stdin.end("done\n");
    return watcher;
  };
}
