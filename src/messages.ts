import type { TSESTree } from '@typescript-eslint/utils';
import { type Call, getMethodName } from './ast/calls.ts';
import { isConstructor } from './ast/class-members.ts';
import { type FunctionNode, getKeyName, isLoop, unwrap } from './ast/nodes.ts';
import { AST_NODE_TYPES } from './ast/types.ts';
import type { PerItem } from './flow/calls/callbacks.ts';
import { findRoot } from './project/root.ts';
import type { LangChainFile } from './trace/file.ts';
import type { LangChainValue } from './trace/value.ts';

/** Characters that control a terminal, or change the direction of its text. */
const controls = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** What a message quotes, with control characters written out: source texts may hold any. */
export function escapeControls(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      typeof value === 'string'
        ? value.replace(controls, (control) => `\\u{${control.charCodeAt(0).toString(16)}}`)
        : value,
    ]),
  );
}

/** The name of a call in messages: `ChatOpenAI`, `PGVectorStore.initialize`. */
export function nameCall(file: LangChainFile, call: Call): string {
  // `new Collector().process`
  return nameExpression(file, unwrap(call.callee)) ?? getMethodName(call) ?? 'this call';
}

/** The name of a construction in messages: `ChatOpenAI`, `initChatModel`. */
export function nameConstruction(file: LangChainFile, { className, node }: LangChainValue): string {
  return node.type === AST_NODE_TYPES.NewExpression || node.type === AST_NODE_TYPES.CallExpression
    ? nameCall(file, node)
    : className;
}

/** A name or a chain of names; null for an expression that is too long for a message. */
export function nameExpression(file: LangChainFile, node: TSESTree.Node): string | null {
  // Line breaks of a chain of names; the blanks of `new X` and `await x` mean something.
  const lines = file.getText(unwrap(node)).split('\n');
  const text = lines.map((line) => line.trim()).join('');
  return /^[\w$#.?!]{1,40}$/u.test(text) ? text : null;
}

/** `(docs as Document[])`, `(<Document[]>docs)`, `(docs!)` */
const typed = /\((?:<[^()]*>)?([\w$.#?]+)(?: (?:as|satisfies) [^()]*|!)\)|\(<[^()]*>([\w$.#?]+)\)/gu;

/** The text of an expression on one line, without types, cut to what a message can hold. */
export function quote(file: LangChainFile, node: TSESTree.Node): string {
  const expression = unwrap(node);
  const text = getPlainText(file, expression);
  if (text.length <= 40) return text;
  const isMade = expression.type === AST_NODE_TYPES.NewExpression || expression.type === AST_NODE_TYPES.CallExpression;
  if (!isMade || expression.arguments.length === 0) return `${text.slice(0, 39)}…`;
  const callee = quote(file, expression.callee);
  return expression.type === AST_NODE_TYPES.NewExpression ? `new ${callee}(…)` : `${callee}(…)`;
}

/** The text of an expression on one line, without types. */
export function getPlainText(file: LangChainFile, node: TSESTree.Node): string {
  const text = file.getText(node).replace(/\s+/gu, ' ');
  return text.replace(typed, (_whole, before?: string, after?: string) => before ?? after ?? '');
}

/**
 * What leads into another file: `` `getModel()` ``, `` `new Answers()` ``, `` `classify` `` where it is handed over.
 */
export function describeEntry(file: LangChainFile, from: TSESTree.Node): string {
  switch (from.type) {
    case AST_NODE_TYPES.CallExpression:
      return `\`${nameCall(file, from)}()\``;
    case AST_NODE_TYPES.NewExpression:
      return `\`new ${nameCall(file, from)}()\``;
    default: {
      const name = nameExpression(file, from);
      return name === null ? 'What is registered here' : `\`${name}\``;
    }
  }
}

/**
 * Where a node of another file stands: `src/model.ts:12` from the folder with a manifest around both files, else as
 * this file would import it, `../lib/model.ts:12`.
 */
export function describeFile(file: LangChainFile, node: TSESTree.Node): string {
  const from = file.filename.split(/[\\/]/u).slice(0, -1);
  const to = file.of(node).filename.split(/[\\/]/u);
  const different = from.findIndex((part, index) => part !== to[index]);
  const common = different === -1 ? from.length : different;
  const root = findRoot(from.slice(0, common));
  const up = from.slice(common).map(() => '..');
  const path = root === null ? [...(up.length > 0 ? up : ['.']), ...to.slice(common)] : to.slice(root);
  return `${path.join('/')}:${String(node.loc.start.line)}`;
}

/** What a client of another file does there: ``builds a `ChatOpenAI` ``, ``calls `HNSWLib.load()` ``. */
export function describeBuilding(node: Call, name: string): string {
  if (node.type !== AST_NODE_TYPES.NewExpression) return `calls \`${name}()\``;
  return `builds ${/^[AEIO]/u.test(name) ? 'an' : 'a'} \`${name}\``;
}

/** How often code in a position runs: ``for each element of `docs` ``. */
export function describeRate(file: LangChainFile, { iterated, kind }: PerItem): string {
  const name = iterated && nameExpression(file, iterated);
  if (name !== null) return `for each element of \`${name}\``;
  return kind === 'loop' ? 'on each pass of the loop' : 'for each item';
}

/**
 * What surrounds a construction that is repeated: the per-item positions, innermost first, and the function that stands
 * in one of them. With neither, it stands in a field of a class.
 */
interface Surroundings {
  readonly fn: FunctionNode | null;
  readonly perItems: readonly PerItem[];
}

/** Where a repeated construction belongs: `above the loop`, ``above `docs.map()` ``, ``outside `summarize()` ``. */
export function describePlace(file: LangChainFile, { fn, perItems }: Surroundings): string {
  const outermost = perItems.at(-1)?.node;
  if (isLoop(outermost)) return 'above the loop';
  if (outermost) {
    const callee = nameExpression(file, outermost.callee);
    return callee === null ? 'above the call' : `above \`${callee}()\``;
  }
  if (!fn || isConstructor(fn)) return 'outside the class';
  const name = nameFunction(fn);
  return name === null ? 'outside the function' : `outside \`${name}()\``;
}

export function nameFunction(fn: FunctionNode): string | null {
  if (fn.id) return fn.id.name;
  const { parent } = fn;
  switch (parent.type) {
    case AST_NODE_TYPES.VariableDeclarator:
      return parent.id.type === AST_NODE_TYPES.Identifier ? parent.id.name : null;
    case AST_NODE_TYPES.MethodDefinition:
    case AST_NODE_TYPES.Property:
    case AST_NODE_TYPES.PropertyDefinition:
      return getKeyName(parent);
    default:
      return null;
  }
}
