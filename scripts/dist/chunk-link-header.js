import { createRequire } from "node:module"; const require = createRequire(import.meta.url);

// lib/http/link-header.ts
function findLink(header, relation) {
  for (const link of header.split("<").slice(1)) {
    const end = link.indexOf(">");
    const parameters = link.slice(end + 1).split(/[;,\s]+/u);
    if (end > 0 && (parameters.includes(`rel="${relation}"`) || parameters.includes(`rel=${relation}`))) {
      return link.slice(0, end);
    }
  }
  return void 0;
}

export {
  findLink
};
