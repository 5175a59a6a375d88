import type { Module } from '../modules/module.js';
import type { Option } from '../modules/options.js';

/** What Markdown would take for something else in a cell. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (text: string) => `\`${text}\``;

function defaultOf(option: Option): string {
  if (option.required === true) return 'required';
  return 'default' in option ? code(JSON.stringify(option.default)) : '';
}

function optionRow(name: string, option: Option): string {
  const names = [name, ...(option.aliases ?? [])].map(code).join(', ');
  const choices = 'choices' in option ? ` One of ${option.choices.map(code).join(', ')}.` : '';
  const secret = option.secret === true ? ' Never shown.' : '';
  return `| ${names} | ${option.type} | ${cell(defaultOf(option))} | ${cell(option.help + choices + secret)} |`;
}

function rulesOf({ rules = {} }: Module): string[] {
  const { mutuallyExclusive = [], requiredOneOf = [], requiredTogether = [], requiredIf = [] } = rules;
  const list = (names: readonly string[]) => names.map(code).join(', ');
  return [
    ...mutuallyExclusive.map((names) => `- Only one of ${list(names)}.`),
    ...requiredOneOf.map((names) => `- At least one of ${list(names)}.`),
    ...requiredTogether.map((names) => `- All or none of ${list(names)}.`),
    ...requiredIf.map(([name, value, needs]) => `- With ${code(`${name}: ${value}`)}: ${list(needs)}.`),
  ];
}

const checkModes = { supported: 'predicts what would change', skipped: 'is skipped' };

function optionsOf(module: Module): string[] {
  if (module.open === true) return ['Every name is an option.'];
  const rows = Object.entries(module.options)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, option]) => optionRow(name, option));
  if (rows.length === 0) return ['None.'];
  return ['| option | type | default | meaning |', '| --- | --- | --- | --- |', ...rows];
}

/** The page of a module in the reference, in Markdown. */
export function modulePage(module: Module): string {
  const rules = rulesOf(module);
  const returns = Object.entries(module.returns).map(([name, help]) => `| ${code(name)} | ${cell(help)} |`);
  const freeForm =
    module.freeForm === undefined
      ? []
      : [
          '',
          `The text behind the name is the command; only these may stand in it: ${module.freeForm.map(code).join(', ')}.`,
        ];
  return [
    `# ${module.name}`,
    '',
    module.summary,
    '',
    `In check mode it ${checkModes[module.checkMode ?? 'skipped']}.`,
    ...freeForm,
    ...['', '## Options', '', ...optionsOf(module)],
    ...(rules.length === 0 ? [] : ['', ...rules]),
    ...['', '## Examples', '', '```yaml', module.examples.trim(), '```'],
    ...(returns.length === 0 ? [] : ['', '## Returns', '', '| key | meaning |', '| --- | --- |', ...returns]),
    '',
  ].join('\n');
}

/** The list of all modules, in Markdown. */
export function moduleIndex(modules: readonly Module[]): string {
  const rows = modules.map(({ name, summary }) => `| [${name}](${name}.md) | ${cell(summary)} |`);
  return ['# Modules', '', '| module | what it does |', '| --- | --- |', ...rows, ''].join('\n');
}
