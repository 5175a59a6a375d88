/** Name of the query for one row: `exampleTenant` for `ExampleTenant`. */
export function queryName(typeName: string): string {
  return typeName.charAt(0).toLowerCase() + typeName.slice(1);
}
