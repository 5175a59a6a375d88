import type { FieldMap } from '@tenon/fields/field';

import { FieldInput } from './FieldInput.js';
import type { InputItem } from './model-screens.js';

/** The inputs of a form, derived from the field map: the names in `items` in that order, or every field. */
export function FieldInputs({
  fields,
  items = Object.keys(fields),
}: {
  fields: FieldMap;
  items?: readonly InputItem[];
}) {
  return (
    <div className="tenon-rows">
      {items.map((item) => {
        if (typeof item !== 'string') return <item.Input key={item.name} name={item.name} />;
        const field = fields[item];
        if (!field)
          throw new Error(`cannot show the input ${item}: there is no such field; fix the list of inputs`);
        return field.hidden === true ? null : <FieldInput key={item} name={item} field={field} />;
      })}
    </div>
  );
}
