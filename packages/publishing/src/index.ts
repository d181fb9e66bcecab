export * from "./digest.ts";
export * from "./platform.ts";
export * from "./platform-result.ts";
export * from "./push-error.ts";
