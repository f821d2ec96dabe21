import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { adopt, isAdopted, registerSuggestions } from './adoption.ts';
import { AST_NODE_TYPES } from './ast/types.ts';
import { getBudget, isSpent, runWithin } from './budget.ts';
import { explainBudget, explainHandlers, explainLeftOut, explainLength, explainSilence } from './debug.ts';
import { showFault } from './faults.ts';
import { manifest } from './manifest.ts';
import { escapeControls } from './messages.ts';
import { getFile, isGenerated, isOutOfReach, maxLength } from './open-file.ts';
import { getParser } from './project/parse.ts';
import { getSettings } from './settings.ts';
import type { LangChainFile } from './trace/file.ts';
import { collectNodes, getNodes } from './trace/nodes.ts';

/** The `meta.docs` of each rule, from which the presets are derived. */
interface RuleDocs {
  readonly description: string;
  /** `true`: in every preset; `'strict'`: in `strict` and `all`; `false`: in `all` alone. */
  readonly recommended: boolean | 'strict';
  /** Options with which `recommended` configures the rule, where these differ from its defaults. */
  readonly recommendedOptions?: readonly unknown[];
  /** The subject of the rule, which the SARIF formatter shows. */
  readonly category: 'Clients' | 'Concurrency' | 'Settings' | 'Timeouts and retries';
}

/** A rule of this plugin. */
export interface Rule<
  Options extends readonly unknown[] = readonly unknown[],
  MessageIds extends string = string,
> extends TSESLint.RuleModule<MessageIds, Options, RuleDocs> {
  readonly name: string;
  readonly meta: TSESLint.RuleMetaData<MessageIds, RuleDocs, Options> & {
    readonly docs: RuleDocs & TSESLint.RuleMetaDataDocs;
  };
}

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>;

/** The part of ESLint's context that rules use. */
type RuleContext<Options extends readonly unknown[], MessageIds extends string> = Pick<
  Readonly<TSESLint.RuleContext<MessageIds, Options>>,
  'report' | 'sourceCode'
>;

interface RuleDefinition<Options extends readonly unknown[], MessageIds extends string> {
  readonly name: string;
  readonly meta: Omit<TSESLint.RuleMetaData<MessageIds, RuleDocs, Options>, 'docs'> & { readonly docs: RuleDocs };
  /** Runs only for files that LangChain can be reached from. `options` includes the defaults. */
  readonly create: (
    context: RuleContext<Options, MessageIds>,
    options: Readonly<Options>,
    file: LangChainFile,
  ) => Visitor;
}

/** What a rule looks at; each is called in source order. */
interface Visitor {
  readonly AssignmentExpression?: (node: TSESTree.AssignmentExpression) => void;
  readonly CallExpression?: (node: TSESTree.CallExpression) => void;
  readonly NewExpression?: (node: TSESTree.NewExpression) => void;
  /** Called when the others are done. */
  readonly end?: () => void;
}

function visit(file: LangChainFile, visitor: Visitor): void {
  for (const node of getNodes(file)) {
    switch (node.type) {
      case AST_NODE_TYPES.AssignmentExpression:
        visitor.AssignmentExpression?.(node);
        break;
      case AST_NODE_TYPES.CallExpression:
        visitor.CallExpression?.(node);
        break;
      case AST_NODE_TYPES.NewExpression:
        visitor.NewExpression?.(node);
        break;
      default:
    }
  }
  visitor.end?.();
}

/** Builds a rule: adds the URL of its page, and skips files from which LangChain cannot be reached. */
export function createRule<Options extends readonly unknown[], MessageIds extends string>({
  name,
  meta,
  create,
}: RuleDefinition<Options, MessageIds>): Rule<Options, MessageIds> {
  if (meta.hasSuggestions === true) registerSuggestions(name);
  const rule: Rule<Options, MessageIds> = {
    name,
    meta: { ...meta, docs: { ...meta.docs, url: getDocsUrl(name) } },
    create(context) {
      // Another rule has asked already.
      if (isOutOfReach(context.sourceCode.ast)) return {};
      // A mistake in the settings is thrown, for the user to see.
      // oxlint, which offers no parser, has its own option for this: `oxlint --fix-suggestions`.
      const adopts = isAdopted(name, getSettings(context)) && getParser(context) !== null;
      // ESLint requires it for a report with a fix; in the docs it would claim that the rule always fixes.
      if (adopts) rule.meta.fixable = 'code';
      const file = answer(context, () => getFile(context));
      if (!file && getSettings(context).debug && isGenerated(context.sourceCode.text))
        console.error(explainLength(context.filename, maxLength));
      // ESLint (9.15 and later) and oxlint have merged `meta.defaultOptions` into `context.options`.
      const visitor =
        file && answer(context, () => create(createContext(context, file, adopts), context.options, file));
      if (!visitor || Object.keys(visitor).length === 0) return {};
      const collected = collectNodes(file);
      const isFirst = Object.keys(collected).length > 0;
      return {
        ...collected,
        'Program:exit': () => {
          answer(context, () => {
            if (isFirst && file.settings.debug)
              console.error([...explainHandlers(file), ...explainSilence(file)].join('\n'));
            visit(file, visitor);
            if (file.settings.debug && file.leavesOut && !told.has(file)) {
              told.add(file);
              console.error(explainLeftOut(file));
            }
          });
        },
      };
    },
  };
  return rule;
}

/** Files for which the message about too many other files has been printed. */
const told = new WeakSet<LangChainFile>();

/** Set by the published build; when run from the sources, and in tests, a fault is thrown. */
declare const CATCHES_FAULTS: true | undefined;

const catchesFaults = typeof CATCHES_FAULTS !== 'undefined';

/** Runs a part of a rule. If it throws, the fault is shown, and the file is linted without the rule. */
function attempt<Result>(context: Context, run: () => Result): Result | null {
  if (!catchesFaults) return run();
  try {
    return run();
  } catch (error) {
    showFault(context.id, context.filename, error);
    return null;
  }
}

/** Runs within the steps that all rules of the file share; null when they are spent. */
function answer<Result>(context: Context, run: () => Result): Result | null {
  const budget = getBudget(context.sourceCode.ast);
  if (isSpent(budget)) return null;
  const result = attempt(context, () => runWithin(budget, run));
  if (isSpent(budget) && getSettings(context).debug) console.error(explainBudget(context, budget));
  return result;
}

/** A report on a node of another file, such as an option in an imported object, has no place in the linted one. */
function createContext<Options extends readonly unknown[], MessageIds extends string>(
  context: Readonly<TSESLint.RuleContext<MessageIds, Options>>,
  file: LangChainFile,
  adopts: boolean,
): RuleContext<Options, MessageIds> {
  return {
    sourceCode: context.sourceCode,
    report(descriptor) {
      const node = 'node' in descriptor ? descriptor.node : null;
      const escaped = escape(descriptor);
      if (node === null || !('parent' in node) || file.owns(node))
        context.report(adopts ? adopt(escaped, context.sourceCode) : escaped);
    },
  };
}

function escape<Descriptor extends TSESLint.ReportDescriptor<string>>(descriptor: Descriptor): Descriptor {
  const { data, suggest } = descriptor;
  return {
    ...descriptor,
    ...(data ? { data: escapeControls(data) } : {}),
    ...(suggest
      ? { suggest: suggest.map((each) => ({ ...each, ...(each.data ? { data: escapeControls(each.data) } : {}) })) }
      : {}),
  };
}

/** The page of a rule: on the site, or as published with this version. */
function getDocsUrl(rule: string): string {
  const { homepage, name, version } = manifest;
  return homepage === undefined
    ? `https://unpkg.com/${name}@${version}/docs/rules/${rule}.md`
    : `${homepage.replace(/\/$/u, '')}/rules/${rule}`;
}
