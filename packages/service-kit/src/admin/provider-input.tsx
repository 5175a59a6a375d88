import { tenantFields } from '@tenon/fields/entities/tenant';

import { FieldInput, InputRow } from './FieldInput.js';
import { useFormMode } from './form-mode.js';
import type { InputItem } from './model-screens.js';
import { ResourceInput } from './ReferenceInput.js';
import { useRegistry } from './registry-context.js';
import { useFieldInput } from './use-field-input.js';

/** Chooses the provider of a tenant among the services of its kind only. `service` is their resource. */
export function providerInput(service: string): InputItem {
  function ProviderInput({ name }: { name: string }) {
    const { locked } = useFormMode();
    if (locked) return <FieldInput name={name} field={tenantFields.provider} />;
    return <ProviderChoice name={name} service={service} />;
  }
  return { name: 'provider', Input: ProviderInput };
}

function ProviderChoice({ name, service }: { name: string; service: string }) {
  const field = tenantFields.provider;
  const state = useFieldInput({ name, field });
  const resource = useRegistry().byName(service);
  return (
    <InputRow field={field} state={state}>
      <ResourceInput resource={resource} name={name} state={state} />
    </InputRow>
  );
}
