import { describe, expect, it } from 'vitest';

import { backendStatus, statusText, syncStateOf } from './status.js';
import { STATUS_CASES } from './testing/status-cases.js';

describe.each(STATUS_CASES)('$reason', ({ facts, state, text, status }) => {
  it(`is ${state}: ${text}`, () => {
    expect(syncStateOf(facts)).toBe(state);
    expect(statusText(facts)).toBe(text);
    expect(backendStatus(facts)).toBe(status);
  });
});
