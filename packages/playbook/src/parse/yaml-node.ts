import type { Value } from '@tenon/jinja/values';
import type { Place } from './problem.js';

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly value: Value;
  readonly at: Place;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyValue: Value;
  readonly value: YamlNode;
  readonly at: Place;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly at: Place;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly at: Place;
}

/** A value of a YAML file with the place where it was written. */
export type YamlNode = YamlScalar | YamlMap | YamlList;

/** The text is no YAML from here on; nothing behind it can be understood. */
export class YamlFault extends Error {
  constructor(
    readonly at: Place,
    message: string,
  ) {
    super(message);
    this.name = 'YamlFault';
  }
}
