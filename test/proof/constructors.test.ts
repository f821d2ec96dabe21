import { facts, type Requirement } from '../../src/facts/traits.ts';
import { type Bench, prove } from './prove.ts';

prove('constructor-needs-no-key', 'requires', measureRequirement, { offline: true });
prove('constructor-needs-key', 'requires', measureRequirement, { offline: true });
prove('constructor-needs-region', 'requires', measureRequirement, { offline: true });

const rows = facts.requires.flatMap(({ value }) => value ?? []);
const OPTIONS = [...new Set(rows.flatMap(({ options }) => options))];
const VARIABLES = [
  ...new Set([
    ...rows.flatMap(({ env }) => env),
    'OPENAI_API_KEY',
    'OLLAMA_API_KEY',
    'AWS_REGION',
    'AWS_ACCESS_KEY_ID',
    'GOOGLE_GENERATIVE_AI_API_KEY',
  ]),
];
const FUNCTIONS = new Set(['azureADTokenProvider', 'createClient']);

/**
 * Built with nothing that any of the classes takes for a key, then with each of these by itself: what keeps the
 * constructor from throwing.
 */
async function measureRequirement(bench: Bench<Requirement | null>): Promise<Requirement | null> {
  const before = { ...process.env };
  for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
  try {
    if (await isBuilt(bench, {})) return null;
    const options: string[] = [];
    for (const name of OPTIONS)
      if (await isBuilt(bench, { [name]: FUNCTIONS.has(name) ? () => ({}) : 'given' })) options.push(name);
    const env: string[] = [];
    for (const name of VARIABLES) {
      process.env[name] = 'given';
      if (await isBuilt(bench, {})) env.push(name);
      Reflect.deleteProperty(process.env, name);
    }
    return { options: like(bench.expected?.options, options), env: like(bench.expected?.env, env) };
  } finally {
    Object.assign(process.env, before);
  }
}

async function isBuilt({ create }: Bench, options: Readonly<Record<string, unknown>>): Promise<boolean> {
  try {
    await create({ ...Object.fromEntries(OPTIONS.map((name) => [name, undefined])), ...options });
    return true;
  } catch {
    return false;
  }
}

/** In the order of the row, which means nothing. */
function like(order: readonly string[] = [], found: readonly string[]): readonly string[] {
  return [...order.filter((name) => found.includes(name)), ...found.filter((name) => !order.includes(name))];
}
