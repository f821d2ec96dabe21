import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction, getThisClass } from '../ast/ancestors.ts';
import { contains, isClass, isFunction, unwrap, wrapped } from '../ast/nodes.ts';
import { getInnermostScope, getInnerNames, getOuterNames } from '../ast/scope-names.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { walk } from '../ast/walk.ts';
import type { LangChainFile } from '../file.ts';
import { resolveFunction } from '../flow/functions.ts';
import type { Edit } from './offer.ts';

/** A value moved to above the code that makes it again and again. */
export interface Hoist {
  /** The constant that holds it. */
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Reasons why the program may behave differently then, for `offer`. */
  readonly unless: Readonly<Record<string, boolean>>;
}

/** The statement of a list that a value goes above, and the scope it is then declared in. */
interface Place {
  readonly statement: TSESTree.Node;
  readonly scope: TSESLint.Scope.Scope;
}

/**
 * Moves the declaration of a value to just above the statement that `above` stands in; a value that is not declared by itself becomes a
 * constant of the first of `names` that is free. Null where there is no such place, where a name would mean something else there, where
 * what it is made of is not there yet, and where an `await` cannot go.
 */
export function hoist(file: LangChainFile, value: TSESTree.Node, above: TSESTree.Node, names: readonly string[]): Hoist | null {
  const place = findPlace(file, above);
  const expression = getAwaited(wrapped(value));
  const declaration = findDeclaration(file, expression);
  const moved: TSESTree.Node = declaration?.node ?? expression;
  if (!place || !contains(place.statement, moved) || place.statement === moved) return null;
  const isAwaited = waits(file, moved);
  if (isAwaited && !mayWait(file, moved, place)) return null;
  if (!isVisible(file, moved, place) || !keepsThis(file, moved, place) || isNarrowed(file, moved, place) || mayRunBefore(file, place)) return null;
  const name = declaration ? declaration.name : names.find((candidate) => isFree(candidate, expression, null, place, file));
  if (name === undefined || (declaration && !isFree(name, declaration.node, declaration.variable, place, file))) return null;
  const edits = declaration ? moveDeclaration(file, declaration.node, place) : extract(file, expression, name, place);
  return (
    edits && {
      name,
      edits: declaration && hasNamesake(declaration.variable, place.scope) ? [getAnchor(place), ...edits] : edits,
      unless: {
        'it is not declared by itself': declaration?.node.kind !== 'const',
        'it is awaited': isAwaited,
        'it stands in a branch': isConditional(moved, place),
        'what it is made of is not plain': !isPlainConstruction(file, value),
        'what it is made of may be changed': isChangeable(file, moved, place),
        'the environment is written': isEnvironmentWritten(file, place.statement),
        'it is handed on': declaration !== null && isHandedOn(file, declaration.variable),
      },
    }
  );
}

function findPlace(file: LangChainFile, above: TSESTree.Node): Place | null {
  for (let statement = above; statement.parent; statement = statement.parent) {
    const { parent } = statement;
    if (isStatementList(parent)) {
      const scope = getScope(file, parent);
      return scope && { statement, scope };
    }
    // A function without a block has no place for a statement, and one in `case` is seen by all cases.
    if (isFunction(parent) || isClass(parent) || parent.type === AST_NODE_TYPES.SwitchCase) return null;
  }
  return null;
}

function isStatementList(node: TSESTree.Node): boolean {
  return (
    node.type === AST_NODE_TYPES.BlockStatement ||
    node.type === AST_NODE_TYPES.Program ||
    node.type === AST_NODE_TYPES.StaticBlock ||
    node.type === AST_NODE_TYPES.TSModuleBlock
  );
}

/** The scope that a declaration in this list of statements belongs to. */
function getScope({ sourceCode }: LangChainFile, list: TSESTree.Node): TSESLint.Scope.Scope | null {
  for (let current: TSESTree.Node | undefined = list; current; current = current.parent) {
    // Of a module, the scope of its variables rather than the global one; of a named function, that of its body.
    const scope = sourceCode.scopeManager?.acquire(current, current.type === AST_NODE_TYPES.Program || isFunction(current));
    if (scope) return scope;
  }
  return null;
}

function getAwaited(value: TSESTree.Node): TSESTree.Node {
  return value.parent?.type === AST_NODE_TYPES.AwaitExpression ? wrapped(value.parent) : value;
}

interface Declaration {
  readonly node: TSESTree.VariableDeclaration;
  readonly name: string;
  readonly variable: TSESLint.Scope.Variable;
}

/** The declaration that is nothing but a name and this value, when nothing else is ever written to the name. */
function findDeclaration(file: LangChainFile, value: TSESTree.Node): Declaration | null {
  const declarator = value.parent;
  if (declarator?.type !== AST_NODE_TYPES.VariableDeclarator || declarator.id.type !== AST_NODE_TYPES.Identifier) return null;
  const node = declarator.parent;
  const variable = file.scopes.findVariable(declarator.id);
  if (!variable || node.kind === 'var' || node.declarations.length !== 1 || !isStatementList(node.parent)) return null;
  if (variable.references.some((reference) => reference.isWrite() && reference.init !== true)) return null;
  return { node, name: declarator.id.name, variable };
}

// ── what has to hold ────────────────────────────────────────────────────────────────────────────────────────────────

/** Visits what runs when the node itself runs: functions in it do not. */
function walkOwn(file: LangChainFile, root: TSESTree.Node, visit: (node: TSESTree.Node) => boolean): boolean {
  let isFound = false;
  walk(root, file.sourceCode.visitorKeys, (node) => {
    if (isFound || (node !== root && isFunction(node))) return false;
    isFound = visit(node);
    return !isFound;
  });
  return isFound;
}

function waits(file: LangChainFile, moved: TSESTree.Node): boolean {
  return walkOwn(file, moved, ({ type }) => type === AST_NODE_TYPES.AwaitExpression);
}

function mayWait(file: LangChainFile, moved: TSESTree.Node, { statement }: Place): boolean {
  const outer = getEnclosingFunction(statement);
  if (outer) return outer.async && !outer.generator;
  // At the top of a module only where something waits already: compiled to CommonJS, it could not.
  return getEnclosingFunction(moved) === null || (!isFunction(statement) && waits(file, statement));
}

/** Whether all that a value is made of means the same above, and has its value there. */
function isVisible(file: LangChainFile, moved: TSESTree.Node, { scope, statement }: Place): boolean {
  return !isAnywhere(file, moved, (node) => {
    const reference = node.type === AST_NODE_TYPES.Identifier ? file.scopes.findReference(node) : null;
    const variable = reference?.resolved;
    if (!variable || reference.init === true || contains(moved, variable.scope.block)) return false;
    if (!isScopeWithin(scope, variable.scope)) return true;
    const definition = variable.defs[0];
    const isLater = (definition?.type === 'Variable' || definition?.type === 'ClassName') && definition.name.range[0] >= statement.range[0];
    return isLater && variable.scope.variableScope === scope.variableScope;
  });
}

function isAnywhere(file: LangChainFile, root: TSESTree.Node, predicate: (node: TSESTree.Node) => boolean): boolean {
  let isFound = false;
  walk(root, file.sourceCode.visitorKeys, (node) => {
    isFound ||= predicate(node);
    return !isFound;
  });
  return isFound;
}

function isScopeWithin(inner: TSESLint.Scope.Scope, outer: TSESLint.Scope.Scope): boolean {
  for (let current: TSESLint.Scope.Scope | null = inner; current; current = current.upper) {
    if (current === outer) return true;
  }
  return false;
}

/** Whether `this`, `arguments` and `yield` mean the same above. */
function keepsThis(file: LangChainFile, moved: TSESTree.Node, { statement }: Place): boolean {
  if (isAnywhere(file, moved, (node) => node.type === AST_NODE_TYPES.YieldExpression || (node.type === AST_NODE_TYPES.Identifier && node.name === 'arguments'))) return false;
  if (!isAnywhere(file, moved, ({ type }) => type === AST_NODE_TYPES.ThisExpression || type === AST_NODE_TYPES.Super)) return true;
  for (let current = moved.parent; current && current !== statement; current = current.parent) {
    if (isClass(current) || (isFunction(current) && current.type !== AST_NODE_TYPES.ArrowFunctionExpression)) return false;
  }
  return getThisClass(statement) === getThisClass(moved) && !isClass(statement);
}

/** `if (!apiKey) continue;` before `new ChatOpenAI({ apiKey })`: above it, the type is another one. */
function isNarrowed(file: LangChainFile, moved: TSESTree.Node, { statement }: Place): boolean {
  const tested = getTested(file, statement);
  if (tested.size === 0) return false;
  return isAnywhere(file, moved, (node) => {
    if (node.type !== AST_NODE_TYPES.MemberExpression && (node.type !== AST_NODE_TYPES.Identifier || !file.scopes.findReference(node))) return false;
    const text = file.sourceCode.getText(node);
    return (tested.get(text) ?? Infinity) < moved.range[0] && !/^process(?:\.env)?$/u.test(text);
  });
}

const testedNames = new WeakMap<TSESTree.Node, ReadonlyMap<string, number>>();

/** The names and members that a statement tests, with where the first of these tests begins. */
function getTested(file: LangChainFile, statement: TSESTree.Node): ReadonlyMap<string, number> {
  let tested = testedNames.get(statement);
  if (!tested) {
    tested = findTested(file, statement);
    testedNames.set(statement, tested);
  }
  return tested;
}

function findTested(file: LangChainFile, statement: TSESTree.Node): ReadonlyMap<string, number> {
  const tested = new Map<string, number>();
  walk(statement, file.sourceCode.visitorKeys, (node) => {
    for (const test of getTests(node)) {
      walk(test, file.sourceCode.visitorKeys, (part) => {
        const text = isNameOrMember(part) ? file.sourceCode.getText(part) : null;
        if (text !== null && !tested.has(text)) tested.set(text, node.range[0]);
        return true;
      });
    }
    return true;
  });
  return tested;
}

/** What may give the code behind it another type for a name. */
function getTests(node: TSESTree.Node): readonly TSESTree.Node[] {
  switch (node.type) {
    case AST_NODE_TYPES.ConditionalExpression:
    case AST_NODE_TYPES.IfStatement:
    case AST_NODE_TYPES.WhileStatement:
      return [node.test];
    case AST_NODE_TYPES.ForStatement:
      return node.test ? [node.test] : [];
    case AST_NODE_TYPES.LogicalExpression:
      return [node.left];
    case AST_NODE_TYPES.SwitchStatement:
      return [node.discriminant];
    // `assert(apiKey)`
    case AST_NODE_TYPES.ExpressionStatement:
      return node.expression.type === AST_NODE_TYPES.CallExpression && isAssertion(node.expression) ? node.expression.arguments : [];
    default:
      return [];
  }
}

/** An assertion function is known by its type alone, which may be in another file: its name has to do. */
function isAssertion(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const names = callee.type === AST_NODE_TYPES.MemberExpression ? [callee.object, callee.property] : [callee];
  return names.some((name) => name.type === AST_NODE_TYPES.Identifier && /^(?:assert|check|ensure|invariant|must|require|validate|verify)/iu.test(name.name));
}

function isNameOrMember(node: TSESTree.Node): boolean {
  return node.type === AST_NODE_TYPES.Identifier || node.type === AST_NODE_TYPES.MemberExpression;
}

/** A declared function can be called above its declaration, where the constant has no value yet. */
function mayRunBefore(file: LangChainFile, { statement }: Place): boolean {
  const declared =
    statement.type === AST_NODE_TYPES.ExportNamedDeclaration || statement.type === AST_NODE_TYPES.ExportDefaultDeclaration ? statement.declaration : statement;
  if (declared?.type !== AST_NODE_TYPES.FunctionDeclaration) return false;
  const first = statement.parent && findFirstRun(file, statement.parent);
  return first !== null && first !== undefined && first.range[0] < statement.range[0];
}

const firstRuns = new WeakMap<TSESTree.Node, TSESTree.Node | null>();

/** The first statement of a list that may run code of this file. */
function findFirstRun(file: LangChainFile, list: TSESTree.Node): TSESTree.Node | null {
  let first = firstRuns.get(list);
  if (first === undefined) {
    const statements: readonly TSESTree.Node[] = 'body' in list && Array.isArray(list.body) ? list.body : [];
    first = statements.find((each) => !isFunction(each) && walkOwn(file, each, (node) => mayRunLocal(file, node))) ?? null;
    firstRuns.set(list, first);
  }
  return first;
}

/** Whether a call runs, or may run, code of this file. */
function mayRunLocal(file: LangChainFile, node: TSESTree.Node): boolean {
  if (node.type === AST_NODE_TYPES.NewExpression && file.trace(node.callee).type === 'class') return true;
  if (node.type !== AST_NODE_TYPES.CallExpression && node.type !== AST_NODE_TYPES.NewExpression) return false;
  return [node.callee, ...node.arguments].some((each) => resolveFunction(file, each) !== null);
}

/** Whether a name can be declared at the place for all uses below: nothing there, or between it and the value, has it or means another one by it. */
function isFree(name: string, node: TSESTree.Node, own: TSESLint.Scope.Variable | null, { scope }: Place, file: LangChainFile): boolean {
  if (scope.set.has(name)) return false;
  let inner = own?.scope ?? getInnermostScope(file.sourceCode, node);
  if (own) inner = inner?.upper ?? null;
  for (let current = inner; current && current !== scope; current = current.upper) {
    if (current.set.has(name)) return false;
  }
  return !getOuterNames(scope).has(name);
}

/** Whether another declaration of the name may be moved to the same place. */
function hasNamesake(own: TSESLint.Scope.Variable, scope: TSESLint.Scope.Scope): boolean {
  return (getInnerNames(scope).get(own.name) ?? 0) > 1;
}

/** Makes the fixes of namesakes overlap, so that `eslint --fix` applies one of them and looks again. */
function getAnchor({ scope }: Place): Edit {
  const [start] = scope.block.range;
  return { range: [start, start], text: '' };
}

// ── what may change ─────────────────────────────────────────────────────────────────────────────────────────────────

function isConditional(moved: TSESTree.Node, { statement }: Place): boolean {
  for (let current = moved.parent; current && current !== statement; current = current.parent) {
    switch (current.type) {
      case AST_NODE_TYPES.CatchClause:
      case AST_NODE_TYPES.ConditionalExpression:
      case AST_NODE_TYPES.IfStatement:
      case AST_NODE_TYPES.LogicalExpression:
      case AST_NODE_TYPES.SwitchCase:
      case AST_NODE_TYPES.TryStatement:
        return true;
      default:
    }
  }
  return false;
}

/** `new X(…)`, `X.create(…)`, `new X(…).bindTools(…)`, `pLimit(5)` with plain arguments. */
function isPlainConstruction(file: LangChainFile, node: TSESTree.Node): boolean {
  const value = unwrap(node);
  if (value.type === AST_NODE_TYPES.AwaitExpression) return isPlainConstruction(file, value.argument);
  if (value.type !== AST_NODE_TYPES.NewExpression && value.type !== AST_NODE_TYPES.CallExpression) return isPlain(file, value);
  if (!value.arguments.every((argument) => isPlain(file, argument))) return false;
  const callee = unwrap(value.callee);
  if (callee.type === AST_NODE_TYPES.Identifier || file.trace(callee).type === 'export') return true;
  return callee.type === AST_NODE_TYPES.MemberExpression && isPlainConstruction(file, callee.object);
}

/** A literal, `process.env.X`, a binding that is never written again, and objects and arrays of these. */
function isPlain(file: LangChainFile, node: TSESTree.Node): boolean {
  const value = unwrap(node);
  switch (value.type) {
    case AST_NODE_TYPES.Literal:
      return !('regex' in value);
    case AST_NODE_TYPES.TemplateLiteral:
      return value.expressions.length === 0;
    case AST_NODE_TYPES.UnaryExpression:
      return value.argument.type === AST_NODE_TYPES.Literal;
    case AST_NODE_TYPES.ArrayExpression:
      return value.elements.every((element) => element !== null && isPlain(file, element));
    case AST_NODE_TYPES.ObjectExpression:
      return value.properties.every((property) => property.type === AST_NODE_TYPES.Property && !property.computed && isPlain(file, property.value));
    case AST_NODE_TYPES.MemberExpression: {
      const trace = file.trace(value);
      return trace.type === 'global' && trace.name.startsWith('process.env.');
    }
    case AST_NODE_TYPES.Identifier: {
      const variable = file.scopes.findVariable(value);
      if (!variable || variable.defs.length === 0) return value.name === 'undefined';
      return variable.references.every((reference) => !reference.isWrite() || reference.init === true);
    }
    default:
      return false;
  }
}

/** Whether something else gets an object that a value is made of, and may write to it. */
function isChangeable(file: LangChainFile, moved: TSESTree.Node, { statement }: Place): boolean {
  return isAnywhere(file, moved, (node) => {
    const variable = node.type === AST_NODE_TYPES.Identifier ? file.scopes.findReference(node)?.resolved : null;
    if (!variable || variable.defs.some(({ name }) => contains(moved, name)) || !isObject(node, variable)) return false;
    return variable.references.some(({ identifier }) => contains(statement, identifier) && !contains(moved, identifier) && isPassed(file, wrapped(identifier)));
  });
}

/** Whether a name stands where options do, or for a literal object or array. */
function isObject({ parent, range }: TSESTree.Node, { defs: [definition] }: TSESLint.Scope.Variable): boolean {
  const value = definition?.type === 'Variable' && definition.node.init ? unwrap(definition.node.init).type : null;
  if (value !== null) return value === AST_NODE_TYPES.ObjectExpression || value === AST_NODE_TYPES.ArrayExpression;
  if (parent?.type === AST_NODE_TYPES.CallExpression || parent?.type === AST_NODE_TYPES.NewExpression) return parent.callee.range[0] !== range[0];
  return parent?.type === AST_NODE_TYPES.SpreadElement;
}

/** `adjust(options)`, but neither `prompt.pipe(model)` nor `console.log(options)`, which change nothing. */
function isPassed(file: LangChainFile, { parent, range }: TSESTree.Node): boolean {
  if (parent?.type !== AST_NODE_TYPES.CallExpression && parent?.type !== AST_NODE_TYPES.NewExpression) return false;
  if (parent.callee.range[0] === range[0] || file.trace(parent).type === 'langchain') return false;
  const callee = file.trace(parent.callee);
  return callee.type !== 'global' || callee.name === 'Object.assign';
}

const environmentWrites = new WeakMap<TSESTree.Node, boolean>();

function isEnvironmentWritten(file: LangChainFile, statement: TSESTree.Node): boolean {
  let isWritten = environmentWrites.get(statement);
  if (isWritten === undefined) {
    isWritten = writesEnvironment(file, statement);
    environmentWrites.set(statement, isWritten);
  }
  return isWritten;
}

function writesEnvironment(file: LangChainFile, region: TSESTree.Node, seen = new Set<TSESTree.Node>()): boolean {
  const isEnvironment = (node: TSESTree.Node): boolean => /^process\.env\b/u.test(file.sourceCode.getText(node));
  return isAnywhere(file, region, (node) => {
    switch (node.type) {
      case AST_NODE_TYPES.AssignmentExpression:
        return isEnvironment(node.left);
      case AST_NODE_TYPES.UnaryExpression:
        return node.operator === 'delete' && isEnvironment(node.argument);
      case AST_NODE_TYPES.CallExpression: {
        const trace = file.trace(node.callee);
        if (trace.type === 'export') return trace.export.source === 'dotenv';
        if (trace.type === 'global' && trace.name === 'Object.assign' && node.arguments[0] !== undefined && isEnvironment(node.arguments[0])) return true;
        const fn = resolveFunction(file, node.callee);
        if (!fn || seen.has(fn)) return false;
        seen.add(fn);
        return writesEnvironment(file, fn, seen);
      }
      default:
        return false;
    }
  });
}

/** Whether an instance goes where one can be told from another: returned, kept in a list, given to a function that is not LangChain's. */
function isHandedOn(file: LangChainFile, { references }: TSESLint.Scope.Variable): boolean {
  return references.some(({ identifier, init }) => init !== true && !isCalled(wrapped(identifier)) && !isBuiltIn(file, identifier));
}

/** `model.invoke(…)`, `limit(…)` */
function isCalled(node: TSESTree.Node): boolean {
  const { parent } = node;
  if (parent?.type === AST_NODE_TYPES.CallExpression) return parent.callee === node;
  return parent?.type === AST_NODE_TYPES.MemberExpression && parent.object === node && isCalled(wrapped(parent));
}

/** `prompt.pipe(model)`, `createAgent({ model })`, `RunnableSequence.from([prompt, model])` */
function isBuiltIn(file: LangChainFile, node: TSESTree.Node): boolean {
  for (let current = node.parent; current; current = current.parent) {
    switch (current.type) {
      case AST_NODE_TYPES.ArrayExpression:
      case AST_NODE_TYPES.ObjectExpression:
      case AST_NODE_TYPES.Property:
      case AST_NODE_TYPES.TSAsExpression:
        break;
      case AST_NODE_TYPES.CallExpression:
      case AST_NODE_TYPES.NewExpression:
        return file.trace(current).type === 'langchain';
      default:
        return false;
    }
  }
  return false;
}

// ── how it is written ───────────────────────────────────────────────────────────────────────────────────────────────

function moveDeclaration(file: LangChainFile, declaration: TSESTree.VariableDeclaration, place: Place): readonly Edit[] | null {
  const { sourceCode } = file;
  const { text } = sourceCode;
  const before = sourceCode.getTokenBefore(declaration);
  const after = sourceCode.getTokenAfter(declaration);
  // Without it, the lines before and behind it would run together.
  if (before && after && !/^[;{}]$/u.test(before.value) && startsExpression(after.value)) return null;

  const start = getDirectiveStart(file, declaration) ?? declaration.range[0];
  const end = getTrailingCommentEnd(file, declaration) ?? declaration.range[1];
  const moved = reindent(file, declaration, text.slice(start, declaration.range[1]), place);
  return [insertAbove(file, place, moved, text.slice(declaration.range[1], end)), { range: getLines(text, start, end), text: '' }];
}

function extract(file: LangChainFile, expression: TSESTree.Node, name: string, place: Place): readonly Edit[] {
  const { sourceCode } = file;
  const [start, end] = getParenthesized(file, expression);
  const value = sourceCode.text.slice(expression.range[0], expression.range[1]);
  return [insertAbove(file, place, `const ${name} = ${reindent(file, expression, value, place)};`), { range: [start, end], text: name }];
}

/** Where the parentheses around an expression begin and end; `(await load()).search()` becomes `store.search()`. */
function getParenthesized({ sourceCode }: LangChainFile, expression: TSESTree.Node): readonly [number, number] {
  const before = sourceCode.getTokenBefore(expression);
  const after = sourceCode.getTokenAfter(expression);
  return before?.value === '(' && after?.value === ')' && !ownsParentheses(expression) ? [before.range[0], after.range[1]] : expression.range;
}

/** Whether what an expression stands in is written with parentheses of its own: `load(…)`, `while (…)`. */
function ownsParentheses(expression: TSESTree.Node): boolean {
  const { parent } = expression;
  switch (parent?.type) {
    case AST_NODE_TYPES.CallExpression:
    case AST_NODE_TYPES.NewExpression:
      return parent.callee !== expression;
    case AST_NODE_TYPES.DoWhileStatement:
    case AST_NODE_TYPES.IfStatement:
    case AST_NODE_TYPES.ImportExpression:
    case AST_NODE_TYPES.SwitchStatement:
    case AST_NODE_TYPES.WhileStatement:
    case AST_NODE_TYPES.WithStatement:
      return true;
    default:
      return false;
  }
}

/** @param comment What follows the declaration on its line. */
function insertAbove(file: LangChainFile, { statement }: Place, declaration: string, comment = ''): Edit {
  const { sourceCode } = file;
  const start = getAttachedStart(file, statement);
  const lineStart = sourceCode.text.lastIndexOf('\n', start - 1) + 1;
  const head = sourceCode.text.slice(lineStart, start);
  // `;` at the head of a line ends the statement before.
  const isFirstOnLine = /^\s*;?$/u.test(head);
  const newLine = sourceCode.text.includes('\r\n') ? '\r\n' : '\n';
  const gap = isFirstOnLine ? `${newLine}${indentOf(head)}` : comment.includes('//') ? newLine : ' ';
  const first = sourceCode.getFirstToken(statement);
  const isEnded = declaration.endsWith(';') || (gap !== ' ' && !(first && startsExpression(first.value)));
  return { range: [start, start], text: `${declaration}${isEnded ? '' : ';'}${comment}${gap}` };
}

/** Where a statement begins, with its decorators and the comments that stand directly above it. */
function getAttachedStart({ sourceCode }: LangChainFile, statement: TSESTree.Node): number {
  const declared = 'declaration' in statement && statement.declaration ? statement.declaration : statement;
  const decorators: readonly TSESTree.Node[] = 'decorators' in declared ? declared.decorators : [];
  const first = [statement, ...decorators].reduce((earliest, node) => (node.range[0] < earliest.range[0] ? node : earliest));
  let { line } = first.loc.start;
  let [start] = first.range;
  for (const comment of sourceCode.getCommentsBefore(first).toReversed()) {
    const isOwnLine = (sourceCode.lines[comment.loc.start.line - 1] ?? '').slice(0, comment.loc.start.column).trim() === '';
    if (!isOwnLine || comment.loc.end.line !== line - 1) break;
    line = comment.loc.start.line;
    [start] = comment.range;
  }
  return start;
}

/** A comment above that is an instruction for the line, not a remark, moves with it. */
function getDirectiveStart({ sourceCode }: LangChainFile, declaration: TSESTree.Node): number | null {
  const comment = sourceCode.getCommentsBefore(declaration).at(-1);
  if (comment?.loc.end.line !== declaration.loc.start.line - 1) return null;
  return /^\s*(?:@ts-|eslint-disable-next-line|oxlint-disable-next-line|biome-ignore)/u.test(comment.value) ? comment.range[0] : null;
}

function getTrailingCommentEnd({ sourceCode }: LangChainFile, declaration: TSESTree.Node): number | null {
  const comment = sourceCode.getCommentsAfter(declaration)[0];
  if (comment?.loc.start.line !== declaration.loc.end.line) return null;
  const rest = (sourceCode.lines[comment.loc.end.line - 1] ?? '').slice(comment.loc.end.column);
  return rest.trim() === '' ? comment.range[1] : null;
}

/** The range to remove: whole lines where nothing else stands on them, with a blank line behind that would be left at the head of a block. */
function getLines(text: string, start: number, end: number): readonly [number, number] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  if (text.slice(lineStart, start).trim() !== '') return [start, text.slice(end).startsWith(' ') ? end + 1 : end];
  if (lineEnd === -1 || text.slice(end, lineEnd).trim() !== '') return [start, text.slice(end).startsWith(' ') ? end + 1 : end];
  const lineBefore = text.slice(Math.max(0, text.lastIndexOf('\n', lineStart - 2)), lineStart);
  const isHead = /(?:\{|\n[\t ]*)\r?\n$/u.test(lineBefore);
  const blank = isHead ? /^[\t ]*\r?\n/u.exec(text.slice(lineEnd + 1)) : null;
  return [lineStart, lineEnd + 1 + (blank?.[0].length ?? 0)];
}

/** Gives the lines behind the first one the indentation of the place. */
function reindent({ sourceCode }: LangChainFile, node: TSESTree.Node, text: string, { statement }: Place): string {
  const from = indentOf(sourceCode.lines[node.loc.start.line - 1]);
  const to = indentOf(sourceCode.lines[statement.loc.start.line - 1]);
  // The lines of a template belong to its value.
  if (text.includes('`')) return text;
  return text
    .split('\n')
    .map((line, index) => (index > 0 && line.startsWith(from) ? to + line.slice(from.length) : line))
    .join('\n');
}

function indentOf(line = ''): string {
  return /^\s*/u.exec(line)?.[0] ?? '';
}

/** Whether a token would continue an expression before it. */
function startsExpression(token: string): boolean {
  return /^[([`/+-]/u.test(token);
}
