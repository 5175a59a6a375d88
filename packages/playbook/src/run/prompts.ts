import { tainted } from '@tenon/jinja/text';
import type { Value } from '@tenon/jinja/values';
import { randomInt } from 'node:crypto';
import { ModuleError } from '../modules/module.js';
import type { Play, Prompt } from '../parse/tree.js';
import type { Run, Templates } from './run.js';

const SALT_LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./';

function newSalt(size: number): string {
  return Array.from({ length: size }, () => SALT_LETTERS.charAt(randomInt(SALT_LETTERS.length))).join('');
}

async function answerTo(run: Run, prompt: Prompt, templates: Templates): Promise<string | undefined> {
  const { controller } = run.settings;
  const fallback = templates.text(prompt.fallback);
  if (controller?.ask === undefined) {
    run.warn('Not prompting as we are not in interactive mode');
    return fallback;
  }
  const shown = templates.shown(prompt.text);
  const text = fallback === undefined ? `${shown}: ` : `${shown} [${fallback}]: `;
  for (;;) {
    const answer = await controller.ask({ text, hidden: prompt.hidden });
    const given = answer === '' ? (fallback ?? '') : answer;
    if (!prompt.confirm) return given;
    if ((await controller.ask({ text: `confirm ${text}`, hidden: prompt.hidden })) === answer) return given;
    run.warn('VALUES ENTERED DO NOT MATCH');
  }
}

/** Keeps the hash of what was typed instead of it. */
function encrypted(prompt: Prompt, answer: string, templates: Templates): Value {
  if (prompt.encrypt === undefined) return prompt.unsafe ? tainted(answer) : answer;
  const kind = prompt.encrypt.replace(/_crypt$/, '');
  if (!['sha256', 'sha512'].includes(kind))
    throw new ModuleError(
      `cannot encrypt an answer with ${prompt.encrypt}; use sha512_crypt or sha256_crypt`,
    );
  const salt = prompt.salt ?? newSalt(prompt.saltSize ?? 16);
  const scope = templates.scope.with(
    new Map<string, Value>([
      ['typed', tainted(answer)],
      ['salt', salt],
      ['kind', kind],
    ]),
  );
  return templates.jinja.evaluate('typed | password_hash(kind, salt)', scope);
}

/** Level 13: asks for the variables of vars_prompt that the run does not bring itself. */
export async function askPrompts(
  run: Run,
  play: Play,
  templates: Templates,
): Promise<ReadonlyMap<string, Value>> {
  const answers = new Map<string, Value>();
  for (const prompt of play.prompts) {
    if (run.settings.extraVars.get(prompt.name) !== undefined) continue;
    const answer = await answerTo(run, prompt, templates);
    answers.set(prompt.name, answer === undefined ? null : encrypted(prompt, answer, templates));
  }
  return answers;
}
