// Times the pages of the queue for a reviewer on desks of several sizes, 200 times each, the desks in turn so that whatever else the machine does
// weighs on all of them. Called by script/bench-queue:
//   node tests/bench/queue/pages.mjs WORK SIZE=URL…
// WORK/drawn.SIZE is what draws.sql answered. Writes WORK/cookie.SIZE; answers 1 when a page grows more than 1.5 times from the first to the last.
import { readFileSync, writeFileSync } from 'node:fs';

import { ADDRESSES, REVIEWER } from '../../browser/words.mjs';
import { agent, cookies, getting, signIn, timesInTurn } from '../asking.mjs';

const MOST = 1.5;
const LISTS = {
  'first page (all)': '',
  'to take': '?tour=equipe&responsable=personne',
  'mine': '?responsable=moi',
  'awaiting the applicant': '?tour=demandeur',
  'awaiting an opinion': '?tour=avis',
  'to sign': '?tour=signature',
  'late': '?echeance=retard',
  'awaiting a place': '?place=en-attente',
  'granted a place': '?place=accordee',
  'everything ever received': '?etat=toutes',
  'filtered: refused': '?etat=refusees',
  'filtered: a kind': '?etat=toutes&type=administration',
  'filtered: a level': '?etat=toutes&niveau=eidas_2',
  'filtered: all of mine': '?etat=toutes&responsable=moi',
};

const [work, ...sizes] = process.argv.slice(2);
const desks = [];
for (const [size, at] of sizes.map((given) => given.split(/=(.*)/s))) {
  const jar = await signIn(REVIEWER, at);
  writeFileSync(`${work}/cookie.${size}`, cookies(jar));
  const lists = Object.fromEntries(Object.entries(LISTS).map(([name, query]) => [name, ADDRESSES.queue + query]));
  desks.push({ size, at, jar, pages: { ...lists, ...JSON.parse(readFileSync(`${work}/drawn.${size}`, 'utf8')) } });
}

console.log(`  ${'median / p99 in ms'.padEnd(26)}${desks.map(({ size }) => size.padStart(19)).join('')}   growth`);
const grown = [];
for (const name of Object.keys(desks[0].pages)) {
  const each = desks.map(({ at, jar, pages }) => getting(pages[name], jar, at));
  for (const once of each) await once(0);
  const took = await timesInTurn(each);
  const growth = took.at(-1)(0.5) / took[0](0.5);
  const figures = took.map((at) => `${at(0.5).toFixed(2)} / ${at(0.99).toFixed(2)}`.padStart(19)).join('');
  console.log(`  ${name.padEnd(26)}${figures}   × ${growth.toFixed(2)}`);
  if (growth > MOST) grown.push(`${name} (× ${growth.toFixed(2)})`);
}
console.log(grown.length > 0 ? `  grown more than ${MOST} times: ${grown.join(', ')}` : `  no page grew more than ${MOST} times`);
agent.destroy();
process.exitCode = grown.length > 0 ? 1 : 0;
