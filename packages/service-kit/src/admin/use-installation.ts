import { useQuery, type UseQueryResult } from '@tanstack/react-query';

import { useTenonProvider } from './tenon-provider.js';

/** What the running installation says about itself. */
export interface Installation {
  id: string;
  version: string;
  embedded: boolean;
  /** The bootstrap password was never changed. */
  defaultPassword: boolean;
  engine: { ready: boolean; reason: string | null };
  natSubnet: string | null;
  playbooks: string[];
}

const DOCUMENT = `query Installation {
  installation { id version embedded defaultPassword engine { ready reason } natSubnet playbooks }
}`;

const REFRESH_MS = 30_000;

/** The installation's facts; looked at again now and then, for the engine may come and go. */
export function useInstallation(): UseQueryResult<Installation> {
  const provider = useTenonProvider();
  return useQuery({
    queryKey: ['installation'],
    queryFn: async () => (await provider.query<{ installation: Installation }>(DOCUMENT)).installation,
    refetchInterval: REFRESH_MS,
    staleTime: REFRESH_MS,
  });
}
