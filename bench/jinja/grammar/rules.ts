/** How to make a value of one sort: short ways, and ways through other sorts, which stand in `<angles>`. */
interface Rule {
  readonly leaves: readonly string[];
  readonly rules: readonly string[];
}

/** Rules by the sort of value that they make. */
export type Rules = Readonly<Record<string, Rule>>;
