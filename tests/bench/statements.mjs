// From PostgreSQL's log of one page, its statements with their parameters written in, as pgbench can run them. Called by script/bench and script/bench-queue:
//   node tests/bench/statements.mjs ALL LIST [PART FILE] <log
// writes every statement to ALL, the one that lists rows to LIST, and the first that holds PART to FILE; says how many there are
import { readFileSync, writeFileSync } from 'node:fs';

const [all, list, part, file] = process.argv.slice(2);
const ENTRY = /duration: [\d.]+ ms {2}execute [^:]*: ((?:.|\n\t)*)(?:\n.*DETAIL: {2}[Pp]arameters: (.*))?/g;
const statements = [...readFileSync(0, 'utf8').matchAll(ENTRY)].map(([, sql, parameters = '']) => {
  const values = new Map([...parameters.matchAll(/\$(\d+) = (NULL|'(?:[^']|'')*')/g)].map(([, number, value]) => [number, value]));
  return `${sql.replaceAll('\n\t', '\n').trim().replace(/\$(\d+)/g, (whole, number) => values.get(number) ?? whole)};\n`;
});
const listing = statements.find((sql) => /\border by\b[^]*\blimit\b/i.test(sql));
if (!listing) throw new Error('no statement of the log lists rows');
writeFileSync(all, statements.join(''));
writeFileSync(list, listing);
if (part) writeFileSync(file, statements.find((sql) => sql.includes(part)));
console.log(statements.length);
