import type { SelectionNode, SelectionSetNode, ValidationRule } from 'graphql';
import { GraphQLError, Kind } from 'graphql';

/** Levels of fields in one operation. The deepest of the UI has 6; each level of lists multiplies what is read. */
const MAX_DEPTH = 12;

/** Refuses operations whose fields are nested too deeply. Introspection, which is deep and cheap, is not counted. */
export const limitDepth: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    const seen = new Set<string>();
    const depthOf = (set: SelectionSetNode | undefined): number =>
      Math.max(0, ...(set?.selections ?? []).map(depthOfSelection));
    const depthOfSelection = (selection: SelectionNode): number => {
      switch (selection.kind) {
        case Kind.FIELD:
          return selection.name.value.startsWith('__') ? 0 : 1 + depthOf(selection.selectionSet);
        case Kind.INLINE_FRAGMENT:
          return depthOf(selection.selectionSet);
        case Kind.FRAGMENT_SPREAD:
          return depthOfFragment(selection.name.value);
      }
    };
    const depthOfFragment = (name: string): number => {
      // A fragment inside itself is refused by another rule.
      if (seen.has(name)) return 0;
      seen.add(name);
      const depth = depthOf(context.getFragment(name)?.selectionSet);
      seen.delete(name);
      return depth;
    };
    const depth = depthOf(operation.selectionSet);
    if (depth <= MAX_DEPTH) return;
    context.reportError(
      new GraphQLError(`cannot answer: the query is ${depth} levels deep, at most ${MAX_DEPTH} are allowed`, {
        nodes: operation,
      }),
    );
  },
});
