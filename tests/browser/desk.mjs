// The desk as the journeys meet it: the program as built, with a database and a mailbox of its own, on a port of its own.
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PROGRAM = resolve(process.env.CARGO_TARGET_DIR ?? 'target', 'debug/habilitation');
const READY_WITHIN = 60_000;
const STOPPED_WITHIN = 15_000;

/** Starts a desk in demo mode; `url` is where it answers, `close()` stops it and forgets what it kept. */
export async function openDesk() {
  const data = await mkdtemp(join(tmpdir(), 'desk-'));
  await chmod(data, 0o755); // run by root, the desk gives its database to an ordinary user, who must be able to go through
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const log = [];
  // Nothing of this shell's settings: the same journeys everywhere.
  const { PATH, HOME, PG_BINDIR } = process.env;
  const settings = { LISTEN_ADDR: `127.0.0.1:${port}`, PUBLIC_URL: url, DATA_DIR: data, DEMO: 'on', DECISION_HOLD: '0', ...(PG_BINDIR && { PG_BINDIR }) };
  const program = spawn(PROGRAM, ['serve'], { env: { PATH, HOME, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (lines) => log.push(lines));
  const ended = new Promise((end) => program.once('exit', (code, signal) => end(signal ?? code)));
  const killProgram = () => program.kill('SIGKILL');
  process.once('exit', killProgram);

  const close = async () => {
    program.kill('SIGTERM');
    const how = await Promise.race([ended, pause(STOPPED_WITHIN, 'still running', { ref: false })]);
    process.off('exit', killProgram);
    killProgram();
    await rm(data, { recursive: true, force: true });
    if (how !== 0) throw new Error(`The desk did not stop by itself when asked: ${how}\n${log.join('')}`);
  };
  const failed = await Promise.race([ended.then((how) => `it ended (${how})`), ready(url)]);
  if (failed) {
    killProgram();
    throw new Error(`The desk did not start: ${failed}\n${log.join('')}`);
  }
  return { url, close, log };
}

async function ready(url) {
  const deadline = Date.now() + READY_WITHIN;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return null;
    await pause(50, undefined, { ref: false });
  }
  return `it was not ready within ${READY_WITHIN / 1000} s`;
}

function freePort() {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}
