import type { StatementNode } from '../syntax/ast.js';

type Body = readonly StatementNode[];

/** The bodies inside a statement, for a walk over all blocks of a template. */
function innerBodies(node: StatementNode): readonly Body[] {
  const bodies: Body[] = [];
  if ('body' in node) bodies.push(node.body);
  if ('otherwise' in node) bodies.push(node.otherwise);
  if (node.kind === 'if') bodies.push(...node.branches.map((branch) => branch.body));
  return bodies;
}

/** The blocks of a template, nested ones included, by name. */
export function blocksOf(body: Body): [string, Body][] {
  return body.flatMap((node) => {
    const inner = innerBodies(node).flatMap(blocksOf);
    return node.kind === 'block' ? [[node.name, node.body], ...inner] : inner;
  });
}
