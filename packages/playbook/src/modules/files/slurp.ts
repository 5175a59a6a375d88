import { defineModule, done, failure } from '../module.js';
import { readFile } from './read-file.js';

export const slurp = defineModule({
  name: 'slurp',
  summary: 'Reads a file of the machine.',
  checkMode: 'supported',
  options: {
    src: { type: 'path', required: true, aliases: ['path'], help: 'The file.' },
  },
  examples: `
- slurp:
    src: /etc/machine-id
  register: id
- debug:
    msg: "{{ id.content | b64decode }}"
`,
  returns: { content: 'The content in base64.', encoding: 'base64', source: 'The file.' },
  run(args) {
    return {
      plan: readFile({
        ...{ path: args.src, option: 'src' },
        then: (content, source) =>
          done({
            changed: false,
            returns: { content: content.toString('base64'), encoding: 'base64', source },
          }),
        otherwise(why, path) {
          if (why === 'missing') return failure(`file not found: ${path}`);
          if (why === 'unreadable') return failure(`file is not readable: ${path}`);
          return failure(`source is a directory and must be a file: ${path}`);
        },
      }),
    };
  },
});
