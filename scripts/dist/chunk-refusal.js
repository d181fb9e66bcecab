import { createRequire } from "node:module"; const require = createRequire(import.meta.url);

// lib/http/refusal.ts
var HttpRefusal = class extends Error {
};
var TooLarge = class extends HttpRefusal {
};
var TooLate = class extends Error {
};

export {
  HttpRefusal,
  TooLarge,
  TooLate
};
