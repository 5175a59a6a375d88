import { fromJs } from '@tenon/jinja/values';
import { plain } from '@tenon/jinja/text';
import { pythonJson, toJson } from '@tenon/jinja/python/json';

const PRETTY_INDENT = '    ';

/** How a result is printed. */
export type JsonShape = 'line' | 'pretty' | 'tight';

/** Plain data as Python's `json.dumps(…, sort_keys=True, ensure_ascii=False)` writes it; `tight` has no blank behind a comma. */
export function resultJson(value: unknown, shape: JsonShape = 'line'): string {
  const style = {
    ...pythonJson,
    sortKeys: true,
    ascii: false,
    indent: shape === 'pretty' ? PRETTY_INDENT : null,
    itemSeparator: shape === 'tight' ? ',' : ', ',
  };
  return plain(toJson(fromJs(value), style));
}

/** A whole document, as the json callback prints it. */
export function documentJson(value: unknown): string {
  return plain(toJson(fromJs(value), { ...pythonJson, sortKeys: true, indent: PRETTY_INDENT }));
}
