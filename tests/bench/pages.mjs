// Times the main pages on one connection that stays open, as a person at rest would meet them. Called by script/bench:
//   node tests/bench/pages.mjs URL FILE     writes the reviewer's cookie to FILE
import { writeFile } from 'node:fs/promises';

import { ADDRESSES, APPLICANT, BUTTONS, CLAMART, REVIEWER } from '../browser/words.mjs';
import { agent, ask, cookies, getting, signIn, times } from './asking.mjs';

const cookieFile = process.argv[3];

/** What the form that holds a button would send, without the button. */
function formWith(page, button) {
  const form = page.split('<form').find((part) => part.includes(`>${button}</button>`));
  if (!form) throw new Error(`no form with « ${button} »`);
  const action = /action="([^"]*)"/.exec(form)?.[1];
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]);
  return { action, fields: Object.fromEntries(hidden) };
}

/** A draft of the applicant's: its first step's address. */
async function startDemande(jar) {
  const { page } = await ask('GET', `${ADDRESSES.newDemande}?${new URLSearchParams({ siret: CLAMART })}`, { jar });
  const { action, fields } = formWith(page, BUTTONS.startDemande);
  const { location } = await ask('POST', action, { jar, fields });
  const number = /^\/demandes\/(\d+)/.exec(location)?.[1];
  if (!number) throw new Error('no demande could be started');
  return `${ADDRESSES.demandes}/${number}/service`;
}

async function measure(name, once) {
  const at = await times(once);
  console.log(`  ${name.padEnd(22)} ${at(0.5).toFixed(2).padStart(7)} ms   (one in ten above ${at(0.9).toFixed(2)} ms)`);
}

const reviewer = await signIn(REVIEWER);
await writeFile(cookieFile, cookies(reviewer));
const queue = await ask('GET', ADDRESSES.queue, { jar: reviewer });
const dossier = /href="(\/instruction\/\d+)"/.exec(queue.page)?.[1];
if (!dossier) throw new Error('the queue leads to no dossier');
await measure('home', getting(ADDRESSES.home, new Map()));
await measure('queue', getting(ADDRESSES.queue, reviewer));
await measure('dossier', getting(dossier, reviewer));

const applicant = await signIn(APPLICANT);
const step = await startDemande(applicant);
const typed = { service_name: 'Portail familles', service_description: 'Les familles inscrivent leurs enfants à la cantine.', suite: 'enregistrer' };
await measure('a step, posted', async () => {
  // The form knows which revision it shows, so it is read anew; only the sending is timed.
  const { fields } = formWith((await ask('GET', step, { jar: applicant })).page, BUTTONS.save);
  const { status, took } = await ask('POST', step, { jar: applicant, fields: { ...fields, ...typed } });
  if (status !== 303) throw new Error(`the step answered ${status}`);
  return took;
});
agent.destroy();
