import type { Callback, OutputSettings } from './callback.js';
import { DefaultCallback } from './default-callback.js';
import { JsonCallback } from './json-callback.js';
import { MinimalCallback, OnelineCallback } from './minimal-callback.js';
import { ProfileTasks } from './profile-tasks.js';
import { resultJson } from './result-json.js';
import { indentedYaml, resultYaml } from './result-yaml.js';
import { Timer } from './timer.js';

/** `ansible.posix.json` and `community.general.yaml` are the same callbacks by their full names. */
const shortName = (name: string) => name.trim().replace(/^.*\./, '');

/** The callback that prints (`stdout_callback`); undefined when there is none of that name. */
export function stdoutCallback(name: string, settings: OutputSettings): Callback | undefined {
  switch (shortName(name)) {
    case 'default':
      return new DefaultCallback(settings, (result, pretty) =>
        settings.resultFormat === 'yaml'
          ? indentedYaml(result)
          : resultJson(result, pretty ? 'pretty' : 'line'),
      );
    case 'yaml':
      return new DefaultCallback(settings, resultYaml);
    case 'json':
      return new JsonCallback(settings.terminal);
    case 'minimal':
      return new MinimalCallback(settings);
    case 'oneline':
      return new OnelineCallback(settings);
    default:
      return undefined;
  }
}

/** A callback that prints besides (`callbacks_enabled`); undefined when there is none of that name. */
export function extraCallback(name: string, settings: OutputSettings): Callback | undefined {
  switch (shortName(name)) {
    case 'profile_tasks':
      return new ProfileTasks(settings.terminal);
    case 'timer':
      return new Timer(settings.terminal);
    default:
      return undefined;
  }
}
