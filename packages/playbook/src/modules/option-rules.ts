/** Rules between options; each names options as declared. */
export interface OptionRules {
  readonly mutuallyExclusive?: readonly (readonly string[])[];
  readonly requiredOneOf?: readonly (readonly string[])[];
  readonly requiredTogether?: readonly (readonly string[])[];
  /** When the first has the second as its value, the third are needed. */
  readonly requiredIf?: readonly (readonly [
    option: string,
    value: string | boolean,
    needs: readonly string[],
  ])[];
}

type Given = Readonly<Record<string, unknown>>;

const isGiven = (args: Given, name: string) => args[name] !== undefined;

/** What is wrong between the options; the sentences are Ansible's. Options with a default always count as given. */
export function brokenRules(module: string, args: Given, rules: OptionRules = {}): string[] {
  const { mutuallyExclusive = [], requiredOneOf = [], requiredTogether = [], requiredIf = [] } = rules;
  const given = (names: readonly string[]) => names.filter((name) => isGiven(args, name));
  return [
    ...mutuallyExclusive
      .filter((names) => given(names).length > 1)
      .map((names) => `parameters are mutually exclusive: ${names.join('|')}`),
    ...requiredOneOf
      .filter((names) => given(names).length === 0)
      .map((names) => `one of the following is required: ${names.join(', ')}`),
    ...requiredTogether
      .filter((names) => given(names).length > 0 && given(names).length < names.length)
      .map((names) => `parameters are required together: ${names.join(', ')}`),
    ...requiredIf.flatMap(([option, value, needs]) => {
      if (String(args[option]) !== String(value)) return [];
      const missing = needs.filter((name) => !isGiven(args, name));
      return missing.length === 0
        ? []
        : [`${option} is ${value} but all of the following are missing: ${missing.join(', ')}`];
    }),
  ].map((problem) => `${module}: ${problem}`);
}
