import type { TSESTree } from '@typescript-eslint/utils';
import type { Call } from '../../ast/calls.ts';
import { findConstructor } from '../../ast/class-members.ts';
import { type FunctionNode, getKeyName, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import type { ExportRef } from '../../facts/export-ref.ts';
import type { Mark } from '../../project/summary.ts';
import type { LangChainFile } from '../../trace/file.ts';
import type { Trace } from '../../trace/value.ts';
import { resolveFunction } from './functions.ts';

/** What an expression is, as the file tells that it comes from. */
interface Found {
  readonly file: LangChainFile;
  readonly trace: Trace;
}

/** How many files may pass a value on. */
const maxFiles = 6;

/**
 * The function of another file that a call runs, also of one from which LangChain is out of reach, if it leads to the
 * mark: `readPrompt()`, `prompts.load()`, `new PromptStore().load()`, `this.prompts.load()` of an injected service.
 */
export function findCalledAnywhere(file: LangChainFile, node: Call, mark: Mark): FunctionNode | null {
  const callee = unwrap(node.callee);
  const imported = file.findImportedNode(callee, mark);
  const fn = imported && resolveFunction(file, imported);
  if (fn) return fn;
  const trace = findCallee(file, callee, mark)?.trace;
  if (trace?.type === 'class') return node.type === AST_NODE_TYPES.NewExpression ? findConstructor(trace.node) : null;
  return trace?.type === 'function' ? trace.node : null;
}

function findCallee(file: LangChainFile, callee: TSESTree.Node, mark: Mark): Found | null {
  const trace = file.alone.trace(callee);
  const named = follow({ file, trace }, mark, maxFiles);
  const name = callee.type === AST_NODE_TYPES.MemberExpression ? getKeyName(callee) : null;
  if (named || name === null || callee.type !== AST_NODE_TYPES.MemberExpression) return named;
  const holder = follow({ file, trace: file.alone.trace(callee.object) }, mark, maxFiles);
  return holder && getMember(holder, name, mark, maxFiles);
}

/** What an export of another file, or an instance of its class, is there; null for anything else. */
function follow({ file, trace }: Found, mark: Mark, files: number): Found | null {
  if (files === 0 || (trace.type !== 'export' && trace.type !== 'instance')) return null;
  const found = findExported(file, trace.type === 'export' ? trace.export : trace.of, mark, files - 1);
  if (!found || trace.type === 'export') return found;
  return found.trace.type === 'class'
    ? { ...found, trace: { type: 'localInstance', classNode: found.trace.node, node: trace.node } }
    : null;
}

function findExported(file: LangChainFile, exported: ExportRef, mark: Mark, files: number): Found | null {
  const { name, source } = exported;
  const [, ...members] = name.split('.');
  const named = file.findExportedNode(exported, mark);
  // The default export and the module stand for one another.
  const node = named ?? file.findExportedNode({ source, name: 'default' }, mark);
  if (!node) return null;
  const owner = file.of(node);
  let found: Found | null = settle({ file: owner, trace: owner.alone.trace(node) }, mark, files);
  for (const member of named ? members : name.split('.')) found = found && getMember(found, member, mark, files);
  return found;
}

function getMember({ file, trace }: Found, name: string, mark: Mark, files: number): Found | null {
  return settle({ file, trace: file.alone.traceMember(trace, name) }, mark, files);
}

/** What it is in the file that it comes from, if that is yet another one. */
function settle(found: Found, mark: Mark, files: number): Found | null {
  return found.trace.type === 'export' || found.trace.type === 'instance' ? follow(found, mark, files) : found;
}
