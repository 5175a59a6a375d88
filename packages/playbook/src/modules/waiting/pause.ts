import { floatText } from '@tenon/jinja/python/float-text';
import { plain, type Str } from '@tenon/jinja/text';
import { pause as wait } from '../../run/pause.js';
import { localTime, secondsSince } from './elapsed.js';
import { defineModule, done, ModuleError, type ModuleContext, type Step } from '../module.js';

const SECOND = 1000;

interface PauseArguments {
  readonly echo: boolean;
  readonly minutes: Str | undefined;
  readonly seconds: Str | undefined;
  readonly prompt: Str | undefined;
}

/** How long, in ms; undefined: until somebody answers. Less than a second is a second. */
function duration({ minutes, seconds }: PauseArguments): number | undefined {
  const written = minutes ?? seconds;
  if (written === undefined) return undefined;
  const text = plain(written).trim();
  if (!/^[-+]?\d+$/.test(text)) {
    throw new ModuleError(`non-integer value given for prompt duration: ${JSON.stringify(text)}`);
  }
  return Math.max(1, Number(text) * (minutes === undefined ? 1 : 60)) * SECOND;
}

/** Asks when there is somebody to ask; a pause without an end is none when nobody is there (Ansible 2.14). */
async function answer(args: PauseArguments, { controller }: ModuleContext): Promise<string> {
  const prompt = args.prompt === undefined ? undefined : plain(args.prompt);
  const text = prompt ?? 'Press enter to continue, Ctrl+C to interrupt';
  const hint = args.echo ? '' : ' (output is hidden)';
  const given = await controller?.ask?.({ text: `${text}${hint}:`, hidden: !args.echo });
  return given ?? '';
}

async function pauseRun(args: PauseArguments, context: ModuleContext): Promise<Step> {
  const ms = duration(args);
  const startedMs = Date.now();
  let userInput = '';
  if (ms === undefined) userInput = await answer(args, context);
  else await wait(ms, context.signal);
  const unit = args.minutes === undefined && ms !== undefined ? 'seconds' : 'minutes';
  const elapsed = (Date.now() - startedMs) / SECOND / (unit === 'minutes' ? 60 : 1);
  return done({
    changed: false,
    returns: {
      ...{ rc: 0, stdout: `Paused for ${floatText(Number(elapsed.toFixed(2)))} ${unit}`, stderr: '' },
      ...{ start: localTime(startedMs), stop: localTime(Date.now()), delta: secondsSince(startedMs) },
      ...{ echo: args.echo, user_input: userInput },
    },
  });
}

export const pause = defineModule({
  name: 'pause',
  summary: 'Waits for a while, or for an answer of the person at the terminal.',
  checkMode: 'supported',
  options: {
    minutes: { type: 'str', help: 'How long, in whole minutes.' },
    seconds: { type: 'str', help: 'How long, in whole seconds.' },
    prompt: { type: 'str', help: 'What to ask; not waited for when nobody is at the terminal.' },
    echo: { type: 'bool', default: true, help: 'Show what is typed.' },
  },
  rules: { mutuallyExclusive: [['minutes', 'seconds']] },
  examples: `
- pause:
    seconds: 10
`,
  returns: {
    user_input: 'What was typed.',
    start: 'When it began.',
    stop: 'When it ended.',
    delta: 'How long it was, in seconds.',
    stdout: 'How long it was, as a sentence.',
  },
  run: (args, context) => pauseRun(args, context),
});
