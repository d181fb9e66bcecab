/** Whether `version` comes after `other`; build metadata decides between equals. False where either is no version. */
export function isHigherVersion(_version: string, _other: string): boolean {
  throw new Error("to be written");
}
