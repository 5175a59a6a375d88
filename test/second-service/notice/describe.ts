import type { EntityDescription } from '@tenon/model/entity-description';
import { servicePolicy } from '@tenon/model/policies/service';
import { tenantPolicy } from '@tenon/model/policies/tenant';
import { serviceRules } from '@tenon/model/rules/service';
import { tenantRules } from '@tenon/model/rules/tenant';

import {
  noticeServiceFields,
  noticeTenantFields,
  tenantVerboseName,
  tenantVerboseNamePlural,
  verboseName,
  verboseNamePlural,
} from './fields.js';
import { NoticeService, NoticeTenant } from './model.js';

/** The service: policies and rules of every service. */
export const noticeServiceDescription: EntityDescription = {
  name: 'NoticeService',
  plural: 'noticeServices',
  label: verboseName,
  labelPlural: verboseNamePlural,
  entity: NoticeService,
  fields: noticeServiceFields,
  policy: servicePolicy,
  rules: serviceRules,
};

/** Its tenants: policies and rules of every tenant; the rules give each an instance. */
export const noticeTenantDescription: EntityDescription = {
  name: 'NoticeTenant',
  plural: 'noticeTenants',
  label: tenantVerboseName,
  labelPlural: tenantVerboseNamePlural,
  entity: NoticeTenant,
  fields: noticeTenantFields,
  policy: tenantPolicy,
  rules: tenantRules,
};
