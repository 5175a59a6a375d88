import { serviceFields, synchronizerFields } from '@tenon/fields/entities/service';
import { tenantWithInstanceFields } from '@tenon/fields/entities/tenant';
import { choice, text } from '@tenon/fields/field';

/** Value of `kind` on the rows of this service, and the path of its pages. */
export const KIND = 'noticeservice';

export const verboseName = 'Notice Service';
export const verboseNamePlural = 'Notice Services';
export const tenantVerboseName = 'Notice Tenant';
export const tenantVerboseNamePlural = 'Notice Tenants';

export const noticeServiceFields = { ...serviceFields, ...synchronizerFields };

/** What a Notice Tenant has in addition to every tenant with an instance. */
export const noticeTenantOwnFields = {
  headline: text({ label: 'Headline', required: true, maxLength: 80, help: 'What the notice says' }),
  tone: choice({
    label: 'Tone',
    default: 'calm',
    choices: [
      { value: 'calm', label: 'Calm' },
      { value: 'urgent', label: 'Urgent' },
    ],
  }),
};

export const noticeTenantFields = { ...tenantWithInstanceFields, ...noticeTenantOwnFields };
