import type { ComponentType, ReactNode } from 'react';

import type { TenonRecord } from './records.js';
import type { ResourceDescription } from './resource.js';

/** A column that is more than a field. */
export interface CustomColumn {
  key: string;
  label: string;
  render: (record: TenonRecord) => ReactNode;
  /** Column of the API by which a click on the head sorts; without it the column cannot sort. */
  sortBy?: string;
  /** The value is itself a link or a button, so the cell is not made one. Default: false. */
  interactive?: boolean;
}

/** A column of a list: `status`, the name of a field, or one of its own. */
export type Column = string | CustomColumn;

/** An input of a form: the name of a field, or a component of its own for it. */
export type InputItem = string | { name: string; Input: ComponentType<{ name: string }> };

/** One tab of a form. Inputs of all tabs belong to one form and are saved together. */
export interface FormTab {
  /** Last part of the URL; '' for the first tab. */
  path: string;
  label: string;
  inputs?: readonly InputItem[];
  /** What stands below the inputs. */
  Content?: ComponentType;
  /** Shown only when adding or only when changing. Default: both. */
  only?: 'create' | 'edit';
}

/** The group of resources that shares an administration page: `/admin/core`, `/admin/exampleservice`. */
export interface ResourceGroup {
  path: string;
  /** `Exampleservice`, as in the breadcrumb and in "Exampleservice administration". */
  title: string;
}

/** A resource and everything that is particular about its screens; `defineModel` derives the screens from it. */
export interface ModelScreens extends ResourceDescription {
  group: ResourceGroup;
  /** One sentence for the empty list: what this is. */
  description: string;
  columns: readonly Column[];
  tabs: readonly FormTab[];
  /** Fields offered as list filters: choices, flags and references. */
  filters?: readonly string[];
  defaultSort?: { field: string; order: 'ASC' | 'DESC' };
  /** Values of a new form. Hooks may be used. */
  useDefaults?: () => Record<string, unknown>;
  /** Stands above the tabs of the form of an existing object. */
  Summary?: ComponentType;
  /** Replaces the form of an existing object. */
  Page?: ComponentType;
  /** Objects are made elsewhere: there is no form for adding one. */
  cannotAdd?: boolean;
  /** Replaces the Add button of the list. */
  AddButton?: ComponentType;
}
