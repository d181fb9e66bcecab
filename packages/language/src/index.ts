export { durationAdvice, durationPattern, parseDuration } from "./duration.ts";
export { defaultImage, normaliseImage } from "./image-name.ts";
export { InputError } from "./input-error.ts";
export { isRecord, type JsonRecord, listOf, recordOf, textOf } from "./json-value.ts";
export { isLinkLocal, isLoopback } from "./loopback.ts";
export { quote } from "./quote.ts";
export { describeRefusal, refuse } from "./refuse.ts";
export { fillTemplate, parseTemplate, placeholdersOf, type Template } from "./template.ts";
