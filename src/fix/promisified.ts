import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction } from '../ast/ancestors.ts';
import { getMethodName } from '../ast/calls.ts';
import { getKeyName, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { processOptions } from '../facts/packages/node-sync.ts';
import type { LangChainFile } from '../trace/file.ts';
import { isExport } from '../trace/imports.ts';
import { awaitCall } from './await.ts';
import type { Edit } from './edit.ts';
import { allowAwaitAtOnce } from './make-async.ts';
import { declareBeside, getPattern, getVisible } from './promise-form.ts';

/**
 * Writes a blocking call with `promisify`, and the imports for it: `await promisify(gunzip)(body)` for
 * `gunzipSync(body)`, `(await promisify(exec)(command)).stdout` for `execSync(command).toString()`. Null where nothing
 * can be awaited, or the result or an option has no counterpart.
 */
export function awaitPromisified(
  file: LangChainFile,
  call: TSESTree.CallExpression,
  source: string,
  name: string,
): readonly Edit[] | null {
  const awaited = source === 'child_process' ? awaitProcess(file, call, name) : awaitCall(file, call);
  const allowed = awaited && getEnclosingFunction(call) && allowAwaitAtOnce(file, call);
  const promisify = allowed && namePromisify(file, call, source);
  const form = promisify && nameForm(file, call.callee, source, name);
  if (!form) return null;
  const text = `${promisify.text}(${form.text})`;
  return [...allowed, ...form.declared, ...promisify.declared, ...awaited, { range: call.callee.range, text }];
}

// ── the result ──────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * The promise resolves to both outputs as text, so only a call whose result is unused, or used as the text of stdout,
 * can be rewritten.
 */
function awaitProcess(file: LangChainFile, call: TSESTree.CallExpression, name: string): readonly Edit[] | null {
  const options = readOptions(call, name);
  if (!options) return null;
  if (wrapped(call).parent?.type === AST_NODE_TYPES.ExpressionStatement) return awaitCall(file, call);
  const member = call.parent;
  if (member.type === AST_NODE_TYPES.MemberExpression && isText(member) && member.parent !== call) {
    const awaited = awaitCall(file, call);
    return awaited && [...awaited, { range: [member.property.range[0], member.parent.range[1]], text: 'stdout' }];
  }
  const [start, end] = call.range;
  return options.isText
    ? [
        { range: [start, start], text: '(await ' },
        { range: [end, end], text: ').stdout' },
      ]
    : null;
}

/** `.toString()`, `.toString('utf8')` */
function isText(member: TSESTree.MemberExpression): boolean {
  const { parent } = member;
  if (parent.type !== AST_NODE_TYPES.CallExpression || parent.callee !== member) return false;
  const isPlain = getMethodName(parent) === 'toString' && !member.computed && !member.optional && !parent.optional;
  return isPlain && parent.arguments.every((argument) => isUtf8(argument));
}

function isUtf8(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.Literal && /^utf-?8$/u.test(String(node.value));
}

/** Whether the call returns text; null where an argument cannot be resolved, or has no meaning in the other form. */
function readOptions({ arguments: all }: TSESTree.CallExpression, name: string): { readonly isText: boolean } | null {
  const [, second, third] = all;
  const hasList = name === 'execFile' && (third !== undefined || second?.type === AST_NODE_TYPES.ArrayExpression);
  const options = hasList ? third : second;
  if (!options) return { isText: false };
  if (options.type !== AST_NODE_TYPES.ObjectExpression || all.some(isSpread) || !options.properties.every(isShared))
    return null;
  return { isText: options.properties.some((each) => isProperty(each) && getKeyName(each) === 'encoding') };
}

function isSpread({ type }: TSESTree.Node): boolean {
  return type === AST_NODE_TYPES.SpreadElement;
}

function isProperty(node: TSESTree.Node): node is TSESTree.Property {
  return node.type === AST_NODE_TYPES.Property;
}

function isShared(node: TSESTree.ObjectLiteralElement): boolean {
  const key = isProperty(node) ? (getKeyName(node) ?? '') : '';
  return processOptions.has(key) && (key !== 'encoding' || (isProperty(node) && isUtf8(node.value)));
}

// ── the names ───────────────────────────────────────────────────────────────────────────────────────────────────────

interface Named {
  readonly text: string;
  readonly declared: readonly Edit[];
}

function namePromisify(file: LangChainFile, call: TSESTree.CallExpression, source: string): Named | null {
  const visible = getVisible(file, call);
  for (const [text, variable] of visible) {
    if (isImported(file, variable, 'util', 'promisify')) return { text, declared: [] };
    if (isImported(file, variable, 'util', 'default')) return { text: `${text}.promisify`, declared: [] };
  }
  if (visible.has('promisify')) return null;
  const root = call.callee.type === AST_NODE_TYPES.MemberExpression ? call.callee.object : call.callee;
  const beside = root.type === AST_NODE_TYPES.Identifier ? visible.get(root.name) : undefined;
  const declared = declareBeside(file, beside, 'promisify', (module) => module.replace(source, 'util'));
  return declared && { text: 'promisify', declared: [declared] };
}

function nameForm(file: LangChainFile, callee: TSESTree.Node, source: string, name: string): Named | null {
  if (callee.type === AST_NODE_TYPES.MemberExpression) {
    const module = callee.computed || callee.optional ? null : file.trace(callee.object);
    return module?.type === 'export' && isExport(module.export, source, 'default')
      ? { text: `${file.sourceCode.getText(callee.object)}.${name}`, declared: [] }
      : null;
  }
  const visible = getVisible(file, callee);
  const same = visible.get(name);
  if (same) return isImported(file, same, source, name) ? { text: name, declared: [] } : null;
  const variable = callee.type === AST_NODE_TYPES.Identifier ? visible.get(callee.name) : undefined;
  const beside = variable && findSpecifier(variable);
  return beside ? { text: name, declared: [{ range: [beside.range[0], beside.range[0]], text: `${name}, ` }] } : null;
}

/** Where the name is imported or required among others in braces. */
function findSpecifier(variable: TSESLint.Scope.Variable): TSESTree.Node | null {
  const node = variable.defs[0]?.node;
  if (node?.type === AST_NODE_TYPES.ImportSpecifier) return node;
  return getPattern(variable)?.properties[0] ?? null;
}

function isImported(file: LangChainFile, variable: TSESLint.Scope.Variable, source: string, name: string): boolean {
  const id = variable.identifiers[0];
  if (!id || file.imports.isTypeOnly(variable)) return false;
  const trace = file.trace(id);
  return trace.type === 'export' && isExport(trace.export, source, name);
}
