import { serviceFields, synchronizerFields } from '@tenon/fields/entities/service';
import { tenantWithInstanceFields } from '@tenon/fields/entities/tenant';
import { text } from '@tenon/fields/field';

/** Value of `kind` on the rows of this service, and the path of its pages. */
export const KIND = 'exampleservice';

export const verboseName = 'Example Service';
export const verboseNamePlural = 'Example Services';
export const tenantVerboseName = 'Example Tenant';
export const tenantVerboseNamePlural = 'Example Tenants';

/** An Example Service has no fields of its own. */
export const exampleServiceFields = { ...serviceFields, ...synchronizerFields };

/** What an Example Tenant has in addition to every tenant with an instance. */
export const exampleTenantOwnFields = {
  tenantMessage: text({
    label: 'Tenant message',
    required: true,
    maxLength: 254,
    // The page shows the message exactly as it was given, blanks included.
    trim: false,
    help: 'Tenant Message to Display',
  }),
};

export const exampleTenantFields = { ...tenantWithInstanceFields, ...exampleTenantOwnFields };
