/** The target of a `Link` header with this relation (RFC 8288), as it stands there; undefined where there is none. */
export function findLink(header: string, relation: string): string | undefined {
  for (const link of header.split("<").slice(1)) {
    const end = link.indexOf(">");
    const parameters = link.slice(end + 1).split(/[;,\s]+/u);
    if (end > 0 && (parameters.includes(`rel="${relation}"`) || parameters.includes(`rel=${relation}`))) {
      return link.slice(0, end);
    }
  }
  return undefined;
}
