import { count, duration, flag, group, key, list, map, optional, part, text, word } from "../shape.ts";
import { anyText, eventPlaceholders, path, repository, staticPlaceholders } from "./texts.ts";

const template = text("a text", { placeholders: eventPlaceholders });

/** `build`: how the image is built. */
export const build = group({
  context: key(
    path("a folder inside the repository"),
    ".",
    "Build context, a folder of the repository.",
    "build-image",
  ),
  file: optional(
    path("a path inside the repository"),
    "Dockerfile, relative to the repository. Without it `Dockerfile`, `docker/Dockerfile` and `build/Dockerfile` are looked for in the context.",
    "build-image",
  ),
  target: optional(
    text("a stage", { placeholders: staticPlaceholders }),
    "Stage to build; without it the last.",
    "build-image",
  ),
  args: key(
    map(template, {
      wanted: "a name of letters, digits, underscores, dots and dashes",
      pattern: /^[A-Za-z_][A-Za-z0-9_.-]*$/,
    }),
    {},
    "Build arguments, name to value.",
    "build-image",
  ),
  contexts: key(
    map(text("a folder, or docker-image://…, oci-layout://… or a URL", { placeholders: staticPlaceholders }), {
      wanted: "a name without spaces and commas",
      pattern: /^[A-Za-z0-9][A-Za-z0-9._:@/-]*$/,
    }),
    {},
    "Named build contexts, name to folder or image.",
    "build-image",
  ),
  labels: key(
    map(template, {
      wanted: "a label that says nothing of what the image was built from",
      pattern:
        /^(?!dev\.longshore\.|org\.opencontainers\.image\.(?:source|url|revision|version|created|ref\.name)$)[A-Za-z0-9][A-Za-z0-9._/-]*$/,
    }),
    {},
    "More labels of the image.",
    "build-image",
  ),
  volatile: key(
    list(anyText),
    [],
    "Names of `args` and `labels` that differ from run to run and do not make it another build.",
    "build-image",
  ),
  provenance: key(
    word("auto", "max", "min", "none"),
    "auto",
    "SLSA provenance by BuildKit; `auto` is `max` for public and `min` for private repositories, since `max` publishes the arguments.",
    "build-image",
  ),
  sbom: key(flag, false, "Attaches an SPDX SBOM made by BuildKit.", "build-image"),
  "media-types": key(
    word("oci", "docker"),
    "oci",
    "`docker`: Docker's media types and no attestations, for registries that answer 400 to OCI indexes.",
    "build-image",
  ),
  reproducible: key(
    flag,
    false,
    "Rewrites timestamps and builds without cache: the same commit gives the same digest.",
    "build-image",
  ),
  cache: part(
    group({
      in: key(list(word("gha", "registry")), ["gha"], "Where the build cache lives; `[]` is nowhere.", "build-image"),
      image: optional(
        repository,
        "Repository of the registry cache; without it the first name of the image.",
        "build-image",
      ),
    }),
    "The build cache, one per image and platform.",
  ),
  checkout: part(
    group({
      submodules: key(word("false", "true", "recursive"), "false", "Submodules to check out.", "build-image"),
    }),
    "How the repository is checked out.",
  ),
});

/** `push`: how the image leaves the build. */
export const push = group(
  {
    to: key(
      word("auto", "registry", "archive"),
      "auto",
      "`auto` pushes where the token can write and keeps an archive elsewhere.",
      "build-image",
    ),
    attempts: key(
      count(1, 20),
      3,
      "How often a push is tried when the registry fails for the moment.",
      "build-image",
      "sign-image",
      "promote-image",
    ),
    delay: key(duration, "10s", "Pause before the next attempt.", "build-image", "sign-image", "promote-image"),
  },
  "to",
);

/** `test`: what is tried before anything gets a name. */
export const test = group({
  run: key(list(anyText), [], "Commands run in the image of each platform, its entrypoint in front.", "build-image"),
  timeout: key(duration, "60s", "Time limit of each of these commands.", "build-image"),
  network: key(flag, false, "Gives these commands a network.", "build-image"),
  compose: optional(
    path("a path inside the repository"),
    "Compose file that `docker compose config` must find right.",
    "build-image",
  ),
});
