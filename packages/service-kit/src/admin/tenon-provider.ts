import { useDataProvider, type DataProvider } from 'react-admin';

/** The data provider of the admin UI: react-admin's verbs and what else Tenon's API can do. */
export interface TenonDataProvider extends DataProvider {
  /** Sends any GraphQL document. @throws HttpError with the API's code and field errors */
  query<Result>(document: string, variables?: Record<string, unknown>): Promise<Result>;
  /** Asks the worker to carry the object out now, whatever its back-off says. */
  syncNow(resource: string, id: number): Promise<void>;
  /** Names what deleting the object would destroy. */
  deletionImpact(resource: string, id: number): Promise<string[]>;
}

/** The data provider with Tenon's own verbs. */
export function useTenonProvider(): TenonDataProvider {
  return useDataProvider<TenonDataProvider>();
}
