/** FNV-1a, 32 bits, as eight hexadecimal digits: keeps names apart that are cut or lose characters. No proof of anything. */
export function nameHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
