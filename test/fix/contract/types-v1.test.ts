import { describeTypes } from './contract.ts';
import { programs } from './programs.ts';
import { readModules, type Source } from './rewrites.ts';
import { collectRuleCases } from './rule-cases.ts';

/** Their types take seconds to read, and matter to no rewrite. */
const HEAVY = /@langchain\/aws|deepagents/u;

const programModules = programs.map(
  ({ code, filename = 'program.ts', name, rule, settings }): Source => ({ name: `program: ${rule}, ${name}`, filename, text: code, rules: { [`langchain/${rule}`]: 'error' }, ...(settings ? { settings } : {}) }),
);
const snippets = (await collectRuleCases()).filter(({ text }) => !HEAVY.test(text));

describeTypes('v1', [...readModules('modules'), ...readModules('modules/v1'), ...programModules], snippets);
