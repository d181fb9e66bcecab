import { createRequire } from "node:module"; const require = createRequire(import.meta.url);

// lib/step/progress.ts
function createProgress(print, now, every = 5e3) {
  let last = now();
  return {
    tell: (text) => {
      const time = now();
      if (time - last < every) return;
      last = time;
      print(text());
    }
  };
}

export {
  createProgress
};
