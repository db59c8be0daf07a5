// Times the main pages on one connection that stays open, as a person at rest would meet them. Called by script/bench:
//   node tests/bench/pages.mjs URL FILE     writes the reviewer's cookie to FILE
import { writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';

import { ADDRESSES, APPLICANT, BUTTONS, CLAMART, DEMO_PASSWORD, REVIEWER } from '../browser/words.mjs';

const TIMES = 200;
const [url, cookieFile] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** What a browser sends back of the cookies it was given. */
function cookies(jar) {
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}

/** One request: its status, its page, where it leads, and how long until its last byte. */
function ask(method, address, { jar, fields } = {}) {
  const body = fields && new URLSearchParams(fields).toString();
  const headers = {
    ...(jar?.size > 0 && { cookie: cookies(jar) }),
    ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }),
  };
  const start = process.hrtime.bigint();
  return new Promise((answered, failed) => {
    const asked = request(new URL(address, url), { method, agent, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const took = Number(process.hrtime.bigint() - start) / 1e6;
        for (const given of answer.headers['set-cookie'] ?? []) jar?.set(...given.split(';')[0].split('=', 2));
        answered({ status: answer.statusCode, page: Buffer.concat(parts).toString(), location: answer.headers.location, took });
      });
    });
    asked.on('error', failed);
    asked.end(body);
  });
}

async function signIn(email) {
  const jar = new Map();
  await ask('GET', ADDRESSES.signIn, { jar });
  const { status } = await ask('POST', ADDRESSES.signIn, { jar, fields: { email, password: DEMO_PASSWORD } });
  if (status !== 303) throw new Error(`${email} could not sign in: ${status}`);
  return jar;
}

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
  const took = [];
  for (let time = 0; time < TIMES; time += 1) took.push(await once());
  took.sort((a, b) => a - b);
  const at = (part) => took[Math.floor(part * (TIMES - 1))].toFixed(2);
  console.log(`  ${name.padEnd(22)} ${at(0.5).padStart(7)} ms   (one in ten above ${at(0.9)} ms)`);
}

function getting(address, jar) {
  return async () => {
    const { status, took } = await ask('GET', address, { jar });
    if (status !== 200) throw new Error(`${address} answered ${status}`);
    return took;
  };
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
