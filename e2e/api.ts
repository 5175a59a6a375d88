import type { APIRequestContext } from '@playwright/test';

/** Sends a GraphQL document with the session of the page, for what a test has to prepare or to check behind the pages. */
export async function query<Result>(
  request: APIRequestContext,
  document: string,
  variables: Record<string, unknown> = {},
): Promise<Result> {
  const response = await request.post('/graphql', { data: { query: document, variables } });
  const reply = (await response.json()) as { data?: Result; errors?: { message: string }[] };
  const [problem] = reply.errors ?? [];
  if (problem || !reply.data)
    throw new Error(`the API refused a test's request: ${problem?.message ?? response.status()}`);
  return reply.data;
}
