// Times the pages of the queue for a reviewer, 200 times each. Called by script/bench-queue:
//   node tests/bench/queue/pages.mjs URL COOKIE DRAWN FIGURES    DRAWN: what draws.sql answered; adds the figures to FIGURES
import { readFileSync, writeFileSync } from 'node:fs';

import { ADDRESSES, REVIEWER } from '../../browser/words.mjs';
import { agent, cookies, getting, signIn, times } from '../asking.mjs';

const [, , , cookieFile, drawn, figuresFile] = process.argv;
const pages = {
  'first page': ADDRESSES.queue,
  'all of them': `${ADDRESSES.queue}?etat=toutes`,
  'filtered: refused': `${ADDRESSES.queue}?etat=refusees`,
  ...JSON.parse(readFileSync(drawn, 'utf8')),
};
const reviewer = await signIn(REVIEWER);
writeFileSync(cookieFile, cookies(reviewer));
const figures = [];
for (const [name, addresses] of Object.entries(pages)) {
  await getting(addresses, reviewer)(0);
  const at = await times(getting(addresses, reviewer));
  console.log(`  ${name.padEnd(22)} median ${at(0.5).toFixed(2).padStart(8)} ms, p99 ${at(0.99).toFixed(2).padStart(8)} ms`);
  figures.push([name, at(0.5), at(0.99)]);
}
writeFileSync(figuresFile, JSON.stringify(figures));
agent.destroy();
