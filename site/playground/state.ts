import { type Files, PRESETS } from '../engine/protocol.ts';

/** All that a link carries. */
export interface State {
  readonly files: Files;
  /** The path of the file that is shown. */
  readonly active: string;
  readonly preset: (typeof PRESETS)[number];
  /** JSON with `rules` and `settings`, as it was typed. */
  readonly configuration: string;
}

/** The first letter of a fragment says how the rest is written. */
const VERSION = '1';

/** What follows `#` in a link to a state. */
export async function writeFragment(state: State): Promise<string> {
  const stream = new Blob([JSON.stringify(state)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return VERSION + text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Null for what is no link of ours. */
export async function readFragment(fragment: string): Promise<State | null> {
  if (!fragment.startsWith(VERSION)) return null;
  try {
    const text = atob(fragment.slice(VERSION.length).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return readState(JSON.parse(await new Response(stream).text()));
  } catch {
    return null;
  }
}

function readState(value: unknown): State | null {
  if (!isRecord(value)) return null;
  const { files, active, preset, configuration } = value;
  if (!isFiles(files) || typeof active !== 'string' || !Object.hasOwn(files, active)) return null;
  const known = PRESETS.find((each) => each === preset);
  if (!known || typeof configuration !== 'string') return null;
  return { files, active, preset: known, configuration };
}

function isFiles(value: unknown): value is Files {
  return isRecord(value) && Object.entries(value).every(([path, text]) => isPath(path) && typeof text === 'string');
}

/** Whether a file of the playground may be called so: `src/model.ts`. */
export function isPath(path: string): boolean {
  return path.length <= 200 && /^(?!\/)(?:(?!\.{1,2}\/)[\w@$()[\].+-]+\/)*[\w@$()[\].+-]*[\w)\]]$/u.test(path);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
