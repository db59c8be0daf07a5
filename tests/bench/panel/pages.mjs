// Times the pages of an experiment with its places taken, 200 times each, in turn so that whatever else the machine does weighs on all of them.
// Called by script/bench-panel:
//   node tests/bench/panel/pages.mjs URL CANDIDATURE DOSSIER
// CANDIDATURE is a demande of the company that waits in the middle of its line, DOSSIER one whose place is reserved.
import { ADDRESSES, COMPANY, REVIEWER } from '../../browser/words.mjs';
import { agent, ask, getting, signIn, timesInTurn } from '../asking.mjs';

const [, , , candidature, dossier] = process.argv;
const reviewer = await signIn(REVIEWER);
const company = await signIn(COMPANY);
const pages = [
  ['panel, for the team', '/instruction/panel', reviewer],
  ['experiment, for all', '/experimentation', new Map()],
  ['home, for all', ADDRESSES.home, new Map()],
  ['own candidature', `${ADDRESSES.demandes}/${candidature}`, company],
  ['dossier with a place', `${ADDRESSES.queue}/${dossier}`, reviewer],
];
const each = pages.map(([, address, jar]) => getting(address, jar));
for (const once of each) await once(0);
const took = await timesInTurn(each);
for (const [number, [name, address, jar]] of pages.entries()) {
  const { page } = await ask('GET', address, { jar });
  const at = took[number];
  console.log(`  ${name.padEnd(22)} median ${at(0.5).toFixed(2).padStart(7)} ms   p99 ${at(0.99).toFixed(2).padStart(7)} ms   ${(page.length / 1024).toFixed(0)} kB`);
}
agent.destroy();
