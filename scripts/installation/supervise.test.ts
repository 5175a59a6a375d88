import { EventEmitter, once } from 'node:events';
import { expect, it, vi } from 'vitest';
import { supervise, type Running } from './supervise.ts';

/** Something to supervise whose life and death the test decides. */
class Mortal {
  readonly events = new EventEmitter();
  starts = 0;
  failures = 0;
  #end: (how: string) => void = () => undefined;

  start = (): Promise<Running> => {
    if (this.failures > 0) {
      this.failures -= 1;
      return Promise.reject(new Error('not today'));
    }
    const exited = new Promise<string>((resolve) => (this.#end = resolve));
    const end = this.#end;
    this.starts += 1;
    this.events.emit('start');
    return Promise.resolve({
      exited,
      stop: () => {
        end('stopped');
        return Promise.resolve();
      },
    });
  };

  die(): void {
    this.#end('SIGKILL');
  }
}

function superviseMortal(mortal: Mortal) {
  return supervise({ name: 'mortal', logFile: 'mortal.log', start: mortal.start });
}

it('starts again what died, and says why and where to look', async () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const mortal = new Mortal();
  const supervised = await superviseMortal(mortal);

  const again = once(mortal.events, 'start');
  mortal.die();
  await again;

  expect(mortal.starts).toBe(2);
  expect(written.mock.calls.flat().join('')).toContain(
    'mortal ended (SIGKILL); it is started again in 0.5 s; see mortal.log',
  );
  await supervised.stop();
  written.mockRestore();
});

it('goes on trying when the new start fails', async () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const mortal = new Mortal();
  const supervised = await superviseMortal(mortal);

  const again = once(mortal.events, 'start');
  mortal.failures = 1;
  mortal.die();
  await again;

  expect(mortal.starts).toBe(2);
  expect(written.mock.calls.flat().join('')).toContain('mortal did not start: not today');
  await supervised.stop();
  written.mockRestore();
});

it('does not start again what was stopped', async () => {
  const mortal = new Mortal();
  const supervised = await superviseMortal(mortal);

  await supervised.stop();

  expect(mortal.starts).toBe(1);
});

it('fails when the first start fails', async () => {
  const mortal = new Mortal();
  mortal.failures = 1;

  await expect(superviseMortal(mortal)).rejects.toThrow('not today');
});
