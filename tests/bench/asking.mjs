// Asks pages on one connection that stays open, as a person at rest would, and times them.
import { Agent, request } from 'node:http';

import { ADDRESSES, DEMO_PASSWORD } from '../browser/words.mjs';

const TIMES = 200;
const url = process.argv[2];
export const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** What a browser sends back of the cookies it was given. */
export function cookies(jar) {
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}

/** One request: its status, its page, where it leads, and how long until its last byte. */
export function ask(method, address, { jar, fields, at = url } = {}) {
  const body = fields && new URLSearchParams(fields).toString();
  const headers = {
    ...(jar?.size > 0 && { cookie: cookies(jar) }),
    ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }),
  };
  const start = process.hrtime.bigint();
  return new Promise((answered, failed) => {
    const asked = request(new URL(address, at), { method, agent, headers }, (answer) => {
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

export async function signIn(email, at = url) {
  const jar = new Map();
  await ask('GET', ADDRESSES.signIn, { jar, at });
  const { status } = await ask('POST', ADDRESSES.signIn, { jar, at, fields: { email, password: DEMO_PASSWORD } });
  if (status !== 303) throw new Error(`${email} could not sign in: ${status}`);
  return jar;
}

/** Times of 200 tries, sorted: `at(0.5)` is their median. */
export async function times(once) {
  const [at] = await timesInTurn([once]);
  return at;
}

/** The same of several things, one after the other each time: whatever else the machine does, it does to all of them. */
export async function timesInTurn(each) {
  const took = each.map(() => []);
  for (let time = 0; time < TIMES; time += 1) {
    for (const [number, once] of each.entries()) took[number].push(await once(time));
  }
  return took.map((sorted) => {
    sorted.sort((a, b) => a - b);
    return (part) => sorted[Math.floor(part * (TIMES - 1))];
  });
}

/** How long a page takes, or what leads to one; of several addresses, each in its turn. */
export function getting(addresses, jar, at = url) {
  const each = [addresses].flat();
  return async (time) => {
    const address = each[time % each.length];
    const { status, took } = await ask('GET', address, { jar, at });
    if (status !== 200 && status !== 303) throw new Error(`${address} answered ${status}`);
    return took;
  };
}
