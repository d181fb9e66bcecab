/**
 * What makes two findings be of one package: its package URL without version, qualifiers and subpath
 * (https://github.com/package-url/purl-spec), which scanners agree on where they call a package by different names; else the name.
 */
export function packageKeyOf(purl: string, name: string): string {
  const core = /^(pkg:[^?#]+?)(?:@[^@/?#]*)?(?:[?#].*)?$/s.exec(purl.trim())?.[1];
  return core?.toLowerCase() ?? `name:${name.toLowerCase()}`;
}
