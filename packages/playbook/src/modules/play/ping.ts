import { plain } from '@tenon/jinja/text';
import { defineModule, done } from '../module.js';

export const ping = defineModule({
  name: 'ping',
  summary: 'Runs nothing on the machine, over the whole way to it.',
  checkMode: 'supported',
  options: {
    data: { type: 'str', default: 'pong', help: 'What to answer; "crash" fails.' },
  },
  examples: `
- ping:
`,
  returns: { ping: 'The value of data.' },
  run(args) {
    const answer = plain(args.data);
    return {
      plan: {
        script: ':',
        interpret: ({ rc }) => {
          const failed = rc !== 0 || answer === 'crash';
          return done({
            changed: false,
            ...(failed && { failed, msg: answer === 'crash' ? 'boom' : 'the shell does not work' }),
            returns: { ping: answer },
          });
        },
      },
    };
  },
});
