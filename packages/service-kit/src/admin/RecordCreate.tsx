import { useState } from 'react';
import { CreateBase } from 'react-admin';

import { crumbsOf } from './Breadcrumbs.js';
import type { ModelScreens } from './model-screens.js';
import { PageHeader } from './PageHeader.js';
import { RecordForm } from './RecordForm.js';

const noDefaults = (): Record<string, unknown> => ({});

/** The page that adds an object: "Add Example Service". */
export function RecordCreate({ screens }: { screens: ModelScreens }) {
  // A new key gives a new, empty form: "Save and add another".
  const [round, setRound] = useState(0);
  const title = `Add ${screens.label}`;

  return (
    <CreateBase resource={screens.name} mutationMode="pessimistic">
      <PageHeader title={title} crumbs={crumbsOf(screens, title)} />
      <NewForm key={round} screens={screens} onAnother={() => setRound(round + 1)} />
    </CreateBase>
  );
}

function NewForm({ screens, onAnother }: { screens: ModelScreens; onAnother: () => void }) {
  const useDefaults = screens.useDefaults ?? noDefaults;
  const defaults = useDefaults();
  return <RecordForm screens={screens} defaults={defaults} onAnother={onAnother} />;
}
