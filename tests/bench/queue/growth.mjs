// How much each page grew from the first size to the last. Called by script/bench-queue:
//   node tests/bench/queue/growth.mjs FIRST LAST
import { readFileSync } from 'node:fs';

const [first, last] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const before = new Map(first.map(([name, median]) => [name, median]));
for (const [name, median] of last) {
  const growth = median / before.get(name);
  console.log(`  ${name.padEnd(22)} ${before.get(name).toFixed(2).padStart(8)} ms → ${median.toFixed(2).padStart(8)} ms: × ${growth.toFixed(2)}${growth > 1.5 ? '   more than 1.5' : ''}`);
}
