import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capture } from "./run-command.ts";

/**
 * Pushes the image that fixtures are built `FROM`, busybox for both our platforms with a shell for `RUN`, and returns its
 * reference, `<registry>/base/busybox:1`. There is no public registry to pull from on a private engine.
 *
 * @param registryHost for example `localhost:5000`
 */
export async function pushBaseImage(registryHost: string): Promise<string> {
  const reference = `${registryHost}/base/busybox:1`;
  const tools = process.env.LONGSHORE_TOOLS ?? "";
  if (tools === "") {
    // Copied without being pulled, so all platforms come along.
    await capture("docker", ["buildx", "imagetools", "create", "--tag", reference, "docker.io/library/busybox:1"]);
    return reference;
  }
  const context = await mkdtemp(join(tmpdir(), "longshore-base-"));
  try {
    const [own, foreign] = process.arch === "arm64" ? ["arm64", "amd64"] : ["amd64", "arm64"];
    await copyFile(join(tools, "usr/bin/busybox"), join(context, `busybox-${own}`));
    await copyFile(join(tools, "foreign/usr/bin/busybox"), join(context, `busybox-${foreign}`));
    await writeFile(join(context, "Dockerfile"), dockerfile);
    const output = `type=image,name=${reference},push=true`;
    const platforms = ["--platform", "linux/amd64,linux/arm64", "--provenance=false"];
    await capture("docker", ["buildx", "build", ...platforms, "--output", output, context]);
    return reference;
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

const dockerfile = `FROM scratch
ARG TARGETARCH
COPY busybox-\${TARGETARCH} /bin/busybox
RUN ["/bin/busybox", "--install", "-s", "/bin"]
CMD ["sh"]
`;
