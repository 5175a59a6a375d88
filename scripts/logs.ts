import { open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readConfig } from './config.ts';
import { findHome } from './installation/home.ts';
import { readable } from './logs/readable.ts';
import { messageOf, say } from './progress.ts';
import { listenForStop } from './system/stop-signal.ts';

const lastBytes = 20_000;
const lastLines = 30;

/** Follows one file: prints its last lines and then what is appended, each line after the file's name. */
async function follow(path: string, from: number, show: (text: string) => void): Promise<number> {
  const file = await open(path).catch(() => undefined);
  if (!file) return from;
  try {
    const { size } = await file.stat();
    const start = size < from ? 0 : from; // made anew
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, undefined, start);
    const text = buffer.toString('utf8', 0, bytesRead);
    const complete = text.lastIndexOf('\n') + 1;
    if (complete > 0) show(text.slice(0, complete - 1));
    return start + Buffer.byteLength(text.slice(0, complete));
  } finally {
    await file.close();
  }
}

async function main(): Promise<void> {
  const home = await findHome(readConfig().home);
  const onlyOnce = process.argv.includes('--no-follow');
  const stop = listenForStop();
  const offsets = new Map<string, number>();
  const print = (name: string, lines: string[]) => {
    for (const line of lines) say(`${name.padEnd(8)} ${readable(line)}`);
  };
  const names = await readdir(home.logs).catch(() => []);
  if (names.length === 0)
    throw new Error(`cannot show logs: ${home.logs} has none; start the installation with npm start`);
  for (;;) {
    for (const name of (await readdir(home.logs)).filter((file) => file.endsWith('.log')).sort()) {
      const path = join(home.logs, name);
      const isNew = !offsets.has(name);
      const size = isNew ? await sizeOf(path) : 0;
      const offset = await follow(path, offsets.get(name) ?? Math.max(0, size - lastBytes), (text) => {
        const lines = text.split('\n');
        print(basename(name, '.log'), isNew ? lines.slice(-lastLines) : lines);
      });
      offsets.set(name, offset);
    }
    if (onlyOnce) return;
    const wait = new Promise((resolve) => setTimeout(resolve, 300));
    await Promise.race([wait, stop.asked]);
    if (stop.signal.aborted) return;
  }
}

async function sizeOf(path: string): Promise<number> {
  const file = await open(path);
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
}
