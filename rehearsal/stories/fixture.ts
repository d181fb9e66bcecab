/**
 * A Dockerfile that needs the platform to be real: what `uname` says is written down while it is built. Programs have their
 * paths: busybox's shell finds its own by /proc/self/exe, which is QEMU where QEMU stands in.
 */
export function dockerfile(base: string): string {
  return `FROM ${base}
RUN /bin/uname -m > /machine
COPY message /message
CMD ["sh", "-c", "echo built on $(/bin/cat /machine), runs on $(/bin/uname -m): $(/bin/cat /message)"]
`;
}

/** What the image of `dockerfile` prints where it runs. */
export function spoken(platform: string, message: string): string {
  const machine = machines[platform] ?? platform;
  return `built on ${machine}, runs on ${machine}: ${message}`;
}

const machines: Readonly<Record<string, string>> = {
  "linux/amd64": "x86_64",
  "linux/arm64": "aarch64",
  "linux/arm/v7": "armv7l",
};

/** The platforms of an image where nothing else is asked. */
export const platforms = ["linux/amd64", "linux/arm64"] as const;

/** The first seven digits of a commit's sha, as tags have them. */
export function short(sha: string): string {
  return sha.slice(0, 7);
}
