import { InputError, normaliseImage, quote } from "@longshore/language";
import { buildKinds } from "./build-facts.ts";
import { deliveries, type ImagePlan, moveRules, type PlannedTag } from "./image-plan.ts";
import { isOciTag, mutabilityOf, plannedClasses } from "./tag-grammar.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Reads the `plan` output back, field by field. @throws InputError that names the field */
export function parseImagePlan(text: string): ImagePlan {
  const plan = asFields(parseJson(text), "");
  const tags = asList(plan.tags, "tags").map(readTag);
  const cache = asFields(plan.cache, "cache");
  const kind = oneOf(plan.kind, "kind", buildKinds);
  const built = {
    kind,
    images: asList(plan.images, "images").map((image, index) => readImage(image, `images[${index}]`)),
    tags,
    notMoved: asList(plan.notMoved, "notMoved").map((entry, index) => {
      const at = `notMoved[${index}]`;
      const fields = asFields(entry, at);
      const left = { name: asText(fields.name, `${at}.name`), reason: asText(fields.reason, `${at}.reason`) };
      if (fields.higher === undefined) return left;
      const higher = asList(fields.higher, `${at}.higher`).map((text) => asText(text, `${at}.higher`));
      return { ...left, higher, mutability: "moving" as const };
    }),
    primaryTag: asText(plan.primaryTag, "primaryTag"),
    revision: asText(plan.revision, "revision"),
    created: asText(plan.created, "created"),
    version: asText(plan.version, "version"),
    repository: asText(plan.repository, "repository"),
    defaultBranch: asText(plan.defaultBranch, "defaultBranch"),
    branch: asText(plan.branch, "branch"),
    component: asText(plan.component, "component"),
    suffix: asText(plan.suffix, "suffix"),
    delivery: oneOf(plan.delivery, "delivery", deliveries),
    reason: asText(plan.reason, "reason"),
    cache: {
      own: asText(cache.own, "cache.own"),
      fallback: asText(cache.fallback, "cache.fallback"),
      write: cache.write === true || (cache.write !== false && refuse("cache.write", cache.write, "true or false")),
    },
    labels: asTexts(plan.labels, "labels"),
    annotations: asTexts(plan.annotations, "annotations"),
  };
  if (built.images.length === 0) refuse("images", plan.images, "at least one repository");
  if ((built.delivery === "none") !== (kind === "none")) refuse("delivery", built.delivery, "one that fits its kind");
  if (kind === "none") return built;
  if (!/^[0-9a-f]{40}$/.test(built.revision))
    refuse("revision", built.revision, "a commit sha of 40 hexadecimal digits");
  if (!tags.some(({ name }) => name === built.primaryTag)) refuse("primaryTag", built.primaryTag, "one of its tags");
  return built;
}

function readTag(value: unknown, index: number): PlannedTag {
  const at = `tags[${index}]`;
  const fields = asFields(value, at);
  const name = asText(fields.name, `${at}.name`);
  if (!isOciTag(name)) refuse(`${at}.name`, name, "an OCI tag");
  const tagClass = oneOf(fields.class, `${at}.class`, plannedClasses);
  const mutability = oneOf(fields.mutability, `${at}.mutability`, [mutabilityOf(tagClass)]);
  const tag = { name, class: tagClass, mutability, reason: asText(fields.reason, `${at}.reason`) };
  return mutability === "moving" ? { ...tag, rule: oneOf(fields.rule, `${at}.rule`, moveRules) } : tag;
}

function readImage(value: unknown, at: string): string {
  const image = asText(value, at);
  return normaliseImage(image) === image ? image : refuse(at, image, "a normalised repository");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`Input plan is ${quote(text)}, not JSON; give the plan output of plan-image.`, { cause });
  }
}

function asFields(value: unknown, at: string): Fields {
  const isFields = typeof value === "object" && value !== null && !Array.isArray(value);
  return isFields ? (value as Fields) : refuse(at, value, "an object");
}

function asList(value: unknown, at: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(at, value, "a list");
}

function asText(value: unknown, at: string): string {
  return typeof value === "string" ? value : refuse(at, value, "a text");
}

function asTexts(value: unknown, at: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(asFields(value, at)).map(([key, text]) => [key, asText(text, `${at}.${key}`)]),
  );
}

function oneOf<Choice extends string>(value: unknown, at: string, choices: readonly Choice[]): Choice {
  return choices.find((choice) => choice === value) ?? refuse(at, value, `one of ${choices.join(", ")}`);
}

function refuse(at: string, value: unknown, wanted: string): never {
  throw new InputError(
    `Input plan has ${quote(value)}${at === "" ? "" : ` at ${at}`}, not ${wanted}; give the plan output of plan-image as it is.`,
  );
}
