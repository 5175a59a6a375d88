import { defineScreens } from '@tenon/service-kit/admin/define-screens';
import { serviceModel, tenantModel } from '@tenon/service-kit/admin/service-models';

import {
  KIND,
  noticeServiceFields,
  noticeTenantFields,
  tenantVerboseName,
  tenantVerboseNamePlural,
  verboseName,
  verboseNamePlural,
} from './fields.js';

const service = `${KIND}/noticeservice`;
const tenant = `${KIND}/noticetenant`;

/** The screens of the Notice Service. */
export default defineScreens({
  kind: KIND,
  models: [
    serviceModel({
      name: service,
      tenant,
      type: 'NoticeService',
      label: verboseName,
      labelPlural: verboseNamePlural,
      fields: noticeServiceFields,
      description: 'A Notice Service pins up one notice for each of its tenants.',
      columns: ['status', 'name', 'enabled'],
    }),
    tenantModel({
      name: tenant,
      service,
      kind: KIND,
      type: 'NoticeTenant',
      label: tenantVerboseName,
      labelPlural: tenantVerboseNamePlural,
      fields: noticeTenantFields,
      description: 'A Notice Tenant is a machine of its own that shows one notice.',
      columns: ['id', 'status', 'instance', 'headline', 'tone'],
    }),
  ],
});
