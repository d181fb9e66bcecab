import { createRequire } from "node:module"; const require = createRequire(import.meta.url);

// lib/http/parallel.ts
async function mapParallel(items, limit, action) {
  const results = new Array(items.length);
  const failures = [];
  let next = 0;
  const work = async () => {
    while (next < items.length && failures.length === 0) {
      const index = next;
      next += 1;
      try {
        results[index] = await action(items[index], index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}

export {
  mapParallel
};
