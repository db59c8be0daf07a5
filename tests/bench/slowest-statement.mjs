// From PostgreSQL's log of one page, the statement that took longest, with its parameters written in, as pgbench can run it.
import { readFileSync } from 'node:fs';

const log = readFileSync(0, 'utf8');
const ENTRY = /duration: ([\d.]+) ms {2}execute [^:]*: ((?:.|\n\t)*)(?:\n.*DETAIL: {2}[Pp]arameters: (.*))?/g;
const statements = [...log.matchAll(ENTRY)].map(([, took, sql, parameters = '']) => ({ took: Number(took), sql, parameters }));
if (statements.length === 0) throw new Error('the log holds no statement');
const { sql, parameters } = statements.reduce((slowest, other) => (other.took > slowest.took ? other : slowest));

const values = new Map([...parameters.matchAll(/\$(\d+) = (NULL|'(?:[^']|'')*')/g)].map(([, number, value]) => [number, value]));
console.log(`${sql.replaceAll('\n\t', '\n').trim().replace(/\$(\d+)/g, (whole, number) => values.get(number) ?? whole)};`);
