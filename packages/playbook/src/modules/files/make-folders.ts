import { attributeSteps, type Attributes } from './file-attributes.js';

/**
 * Script text: `folders PATH` makes a folder and those above it that are missing; every one that is made gets the
 * attributes, as in Ansible. Sets `c=1` when one was missing. Needs `report`.
 */
export function foldersFunction(attributes: Attributes, checkMode: boolean): string {
  if (checkMode) return 'folders() { [ -d "$1" ] || c=1; }; ';
  return (
    `own() { ${attributeSteps(attributes)}:; }; ` +
    `folders() { case $1 in ''|/) return ;; esac; [ ! -d "$1" ] || return 0; case $1 in */*) folders "\${1%/*}" ;; esac; ` +
    `m=$(mkdir -- "$1" 2>&1) || [ -d "$1" ] || report failed "There was an issue creating $1 as requested: $m"; f=$1; own; c=1; w=; }; `
  );
}
