import { deflateRawSync } from 'node:zlib';
import type { State } from '../playground/state.ts';

/** What the playground reads from the fragment of its address: see playground/state.ts. */
export function encodeState(state: State): string {
  return `1${deflateRawSync(JSON.stringify(state)).toString('base64url')}`;
}
