/** What every kind of field says about itself: words for people, and the rules of input. */
interface Described {
  /** The words beside the input and at the head of the column. */
  label: string;
  /** One sentence under the input. */
  help?: string;
  /** An empty value is refused. Default: false. */
  required?: boolean;
  /** Shown, never accepted as input. Default: false. */
  readOnly?: boolean;
  /** Accepted when the object is created, refused afterwards. Default: false. */
  createOnly?: boolean;
  /** Stored, but without any GraphQL side. Default: false. */
  hidden?: boolean;
}

export interface TextField extends Described {
  kind: 'text';
  /** The longest value allowed, in Unicode code points. */
  maxLength: number;
  default?: string;
  /** What the value must look like, and what to say when it does not. */
  pattern?: { expression: RegExp; message: string };
  /** Blanks at both ends are cut off before anything else happens. Default: true. */
  trim?: boolean;
}

export interface LongTextField extends Described {
  kind: 'longText';
  /** The longest value allowed, in Unicode code points. */
  maxLength: number;
}

export interface IntegerField extends Described {
  kind: 'integer';
  min?: number;
  max?: number;
  default?: number;
}

export interface FlagField extends Described {
  kind: 'flag';
  default: boolean;
}

export interface ChoiceField<Value extends string = string> extends Described {
  kind: 'choice';
  choices: readonly { value: Value; label: string }[];
  default?: Value;
}

export interface ReferenceField extends Described {
  kind: 'reference';
  /** The name of the entity it points to, such as `Site`. */
  to: string;
}

export interface SecretField extends Described {
  kind: 'secret';
}

export interface MomentField extends Described {
  kind: 'moment';
}

export type Field =
  | TextField
  | LongTextField
  | IntegerField
  | FlagField
  | ChoiceField
  | ReferenceField
  | SecretField
  | MomentField;

/** The fields of one entity, by property name, in the order in which people see them. */
export type FieldMap = Readonly<Record<string, Field>>;

type WithoutKind<F> = Omit<F, 'kind'>;

/** One line of text. */
export const text = <const F extends WithoutKind<TextField>>(field: F) =>
  ({ kind: 'text', ...field }) as const;

/** Text of several lines. */
export const longText = <const F extends WithoutKind<LongTextField>>(field: F) =>
  ({ kind: 'longText', ...field }) as const;

/** A whole number. */
export const integer = <const F extends WithoutKind<IntegerField>>(field: F) =>
  ({ kind: 'integer', ...field }) as const;

/** Yes or no. */
export const flag = <const F extends WithoutKind<FlagField>>(field: F) =>
  ({ kind: 'flag', ...field }) as const;

/** One of a fixed list of values. */
export const choice = <const F extends WithoutKind<ChoiceField>>(field: F) =>
  ({ kind: 'choice', ...field }) as const;

/** Another object. Its input is named `<field>Id` and takes the object's id. */
export const reference = <const F extends WithoutKind<ReferenceField>>(field: F) =>
  ({ kind: 'reference', ...field }) as const;

/** A value that is stored encrypted and never shown. */
export const secret = <const F extends WithoutKind<SecretField>>(field: F) =>
  ({ kind: 'secret', ...field }) as const;

/** A point in time. */
export const moment = <const F extends WithoutKind<MomentField>>(field: F) =>
  ({ kind: 'moment', ...field }) as const;
