import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
/** What a search for an error finds: the headings, and the other texts named below them. */
const searched = page
  .split('\n')
  .filter((line) => /^(?:### |Also |In full |Often |An? `)/u.test(line))
  .join('\n');

/** Error texts as public reports quote them. */
test.each([
  'Request timed out',
  'Connection error',
  'fetch failed',
  'UND_ERR_HEADERS_TIMEOUT',
  'Node.js fetch timed out waiting for response headers',
  'timeout of 300000ms exceeded',
  'Failed to calculate number of tokens, falling back to approximate count',
  'socket usage at capacity=50',
  'attemptNumber: 1, retriesLeft: 6',
  'EDGE_FUNCTION_INVOCATION_TIMEOUT',
  'Recursion limit of 25 reached',
  'GRAPH_RECURSION_LIMIT',
  'MCP error -32001',
  'Model call failed after',
  'Error: aborted',
  'connResetException',
  'failed to pipe response',
  'Failed to proxy',
  'MongoNotConnectedError',
  'Client must be connected',
  'Too many connections',
  'Connection terminated unexpectedly',
  'Cannot use a pool after calling end on the pool',
  'Cannot perform I/O on behalf of a different request',
  'CPU time limit reached',
  'wall clock',
  'Error in handler',
  'handleLLMError',
  'pending.rejectOutput',
  'Too Many Requests',
  'unhandledRejection',
  'ThrottlingException',
  'socket hang up',
  'ECONNRESET',
  'too many clients already',
  'heap out of memory',
  '504',
])('errors.md has an entry for %s', (text) => {
  expect(searched).toContain(text);
});
