/** A SQL query that yields ids, with its parameters; `?` stands for a parameter. */
export interface IdSet {
  readonly sql: string;
  readonly params: readonly Param[];
}

type Param = string | number;

/**
 * Writes an {@link IdSet} as a template: sets put into it become part of the text, a list becomes several parameters.
 * Sets instead of joins, because a join on a list multiplies its rows and a sub-select does not.
 */
export function ids(
  texts: TemplateStringsArray,
  ...values: readonly (IdSet | Param | readonly Param[])[]
): IdSet {
  const params: Param[] = [];
  const sql = texts.reduce((text, next, index) => {
    const value = values[index - 1] ?? '';
    if (typeof value === 'object' && 'sql' in value) {
      params.push(...value.params);
      return text + value.sql + next;
    }
    const list = typeof value === 'object' ? value : [value];
    params.push(...list);
    return text + list.map(() => '?').join(', ') + next;
  });
  return { sql, params };
}
