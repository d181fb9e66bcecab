import { InputError } from "@longshore/language";
import { parseImages } from "@longshore/tagging";
import { readApiUrl, readRepositoryName } from "../lib/github/event.ts";
import { type Environment, readBoolean, readChoice, readText } from "../lib/step/inputs.ts";

export interface DiagnoseRequest {
  readonly image: string;
  /** `owner/name`; empty where only an image was given. */
  readonly repository: string;
  readonly access: "push" | "pull";
  readonly json: boolean;
  readonly failOnProblems: boolean;
  readonly token: string;
  readonly apiUrl: string;
}

/** Throws InputError. */
export function readRequest(env: Environment): DiagnoseRequest {
  const named = readText("repository", env.GITHUB_REPOSITORY, env);
  const repository = named === "" ? "" : readRepositoryName({ GITHUB_REPOSITORY: named });
  const given = readText("image", "", env);
  if (given === "" && repository === "") {
    throw new InputError("There is nothing to look at: give the input `image` or `repository`.");
  }
  const images = parseImages(given, repository);
  const [image = ""] = images;
  if (images.length > 1) throw new InputError(`Input \`image\` names ${images.length} repositories: give one.`);
  return {
    ...{ image, repository },
    access: readChoice("access", ["push", "pull"], "push", env),
    json: readBoolean("json", false, env),
    failOnProblems: readBoolean("fail-on-problems", true, env),
    token: readText("token", "", env),
    apiUrl: readApiUrl(env),
  };
}
