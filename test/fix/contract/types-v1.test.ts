import { collectRuleCases } from '../../helpers/rule-cases.ts';
import { describeTypes } from './contract.ts';
import { programs } from './programs.ts';
import { readModules, type Source } from './rewrites.ts';

/** Their types take seconds to read, and matter to no rewrite. */
const HEAVY = /@langchain\/aws|deepagents/u;

const programModules = programs.map(({ code, filename = 'program.ts', name, rule, settings }): Source => ({
  name: `program: ${rule}, ${name}`,
  filename,
  text: code,
  rules: { [`langchain/${rule}`]: 'error' },
  ...(settings ? { settings } : {}),
}));
/** Further forms of import change no type, or have none. */
const IMPORT_FORM = /import form: (?!named$|namespace$)/u;

const snippets = (await collectRuleCases()).filter(
  ({ isValid, name, text }) => !isValid && !IMPORT_FORM.test(name) && !HEAVY.test(text),
);

describeTypes('v1', [...readModules('modules'), ...readModules('modules/v1'), ...programModules], snippets);
