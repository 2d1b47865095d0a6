// What the page loads, compressed. Fails past the limit, so that nobody has to remember it.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_KIB = 400;
const folder = new URL('../src/amberway/server/static/assets/', import.meta.url);
let total = 0;
for (const name of readdirSync(folder).filter((name) => /\.(js|css)$/.test(name)).sort()) {
  const size = gzipSync(readFileSync(new URL(name, folder))).length;
  total += size;
  console.log(`${(size / 1024).toFixed(1).padStart(7)} KiB  ${name}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(7)} KiB  scripts and styles, gzip (at most ${LIMIT_KIB})`);
if (total > LIMIT_KIB * 1024) process.exit(1);
