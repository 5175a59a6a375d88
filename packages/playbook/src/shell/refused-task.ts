import { ModuleError } from '../modules/module.js';

/** A task whose text would let tenant data act instead of being data. Named so that an operator finds the rule. */
export class RefusedTask extends ModuleError {
  constructor(
    readonly why: string,
    readonly remedy: string,
  ) {
    super(`refused: ${why}; ${remedy}`);
    this.name = 'RefusedTask';
  }
}
