import type { TSESTree } from '@typescript-eslint/utils';
import { getLastName } from '../../ast/calls.ts';
import { findProperty, type FunctionNode, getKeyName, unwrap } from '../../ast/nodes.ts';
import { AST_NODE_TYPES } from '../../ast/types.ts';
import { findConstant } from '../../trace/constants.ts';
import type { LangChainFile } from '../../trace/file.ts';
import { findOption } from '../../trace/options.ts';
import type { LangChainValue } from '../../trace/value.ts';

/** Keys that lead from a value to a part of it; `*` means each element of a list. */
export type Keys = readonly string[];

/**
 * The maximum that a schema sets for the list at a path: the number of `z.object({ queries: z.array(z.string()).max(5)
 * })`, `maxItems`, or the elements of a tuple. Null when it sets none.
 */
export function findMaximum(file: LangChainFile, schema: TSESTree.Node, path: Keys): TSESTree.Node | null {
  return findMaximumIn(file, schema, path, maxDepth);
}

/** How many calls and constants a schema may consist of; ends `const a = b; const b = a`. */
const maxDepth = 200;

function findMaximumIn(file: LangChainFile, schema: TSESTree.Node, path: Keys, depth: number): TSESTree.Node | null {
  if (depth === 0) return null;
  const expression = unwrap(schema);
  switch (expression.type) {
    case AST_NODE_TYPES.Identifier: {
      const initial = findConstant(file, expression);
      return initial && findMaximumIn(file, initial, path, depth - 1);
    }
    case AST_NODE_TYPES.ObjectExpression:
      return findJsonMaximum(file, expression, path, depth - 1);
    case AST_NODE_TYPES.CallExpression:
      return findZodMaximum(file, expression, path, depth - 1);
    default:
      return null;
  }
}

function findJsonMaximum(
  file: LangChainFile,
  object: TSESTree.ObjectExpression,
  path: Keys,
  depth: number,
): TSESTree.Node | null {
  const [key, ...rest] = path;
  const follow = (name: string, remaining: Keys): TSESTree.Node | null => {
    const property = findProperty(object, name);
    return property && findMaximumIn(file, property.value, remaining, depth);
  };
  // A function definition holds the schema under `parameters`, a tool under `schema`.
  const inner = follow('parameters', path) ?? follow('schema', path);
  if (inner) return inner;
  if (key === undefined) return findProperty(object, 'maxItems')?.value ?? null;
  if (key === '*') return follow('items', rest);
  const properties = findProperty(object, 'properties');
  const value = properties && unwrap(properties.value);
  if (value?.type !== AST_NODE_TYPES.ObjectExpression) return null;
  const property = findProperty(value, key);
  return property && findMaximumIn(file, property.value, rest, depth);
}

/** Reads a chain from its end: `z.array(z.string()).max(5).describe('…')`. */
function findZodMaximum(
  file: LangChainFile,
  call: TSESTree.CallExpression,
  path: Keys,
  depth: number,
): TSESTree.Node | null {
  const callee = unwrap(call.callee);
  const [argument, ...others] = call.arguments;
  const [key, ...rest] = path;
  switch (getLastName(callee)) {
    case 'max':
    case 'length':
    case 'maxLength':
      if (key === undefined) return argument ?? null;
      break;
    // `v.pipe(v.array(v.string()), v.maxLength(5))` of valibot, `z.array(z.string()).check(z.maxLength(5))` of zod/mini
    case 'check':
    case 'pipe': {
      const found = (getLastName(callee) === 'pipe' ? [argument, ...others] : call.arguments).map(
        (step) => step && findMaximumIn(file, step, path, depth),
      );
      const maximum = found.find((each) => each !== null && each !== undefined);
      if (maximum) return maximum;
      break;
    }
    case 'tuple':
      if (key === undefined && argument) return argument;
      break;
    case 'object':
    case 'Object':
    case 'strictObject':
    case 'looseObject':
    case 'extend': {
      const shape = argument && unwrap(argument);
      if (key === undefined || shape?.type !== AST_NODE_TYPES.ObjectExpression) break;
      const property = findProperty(shape, key);
      if (property) return findMaximumIn(file, property.value, rest, depth);
      break;
    }
    case 'array':
      if (key === '*' && argument) return findMaximumIn(file, argument, rest, depth);
      break;
    // `Type.Array(Type.String(), { maxItems: 5 })` of TypeBox
    case 'Array': {
      if (key === '*' && argument) return findMaximumIn(file, argument, rest, depth);
      const options = key === undefined && others[0] ? findOption(file, others[0], 'maxItems') : null;
      if (options?.is === 'given') return options.value;
      break;
    }
    default:
  }
  return callee.type === AST_NODE_TYPES.MemberExpression ? findMaximumIn(file, callee.object, path, depth) : null;
}

/** The schema that a call validates with, and the keys that lead to the validated data; null for another call. */
export function findValidation(
  file: LangChainFile,
  { arguments: args, callee }: TSESTree.CallExpression,
  path: Keys,
): { readonly schema: TSESTree.Node; readonly keys: Keys } | null {
  const method = unwrap(callee);
  const trace = file.trace(method);
  const [first] = args;
  const name = getLastName(method);
  // `v.parse(Schema, input)` of valibot, `Value.Parse(Schema, input)` of TypeBox
  const takesSchema = trace.type === 'export' && /^(?:valibot|@sinclair\/typebox|typebox)/u.test(trace.export.source);
  const schema = takesSchema ? first : method.type === AST_NODE_TYPES.MemberExpression ? method.object : undefined;
  if (!schema) return null;
  switch (name) {
    case 'cast':
    case 'parse':
    case 'parseAsync':
    case 'Parse':
    case 'validate':
    case 'validateSync':
      return { schema, keys: path };
    // `Schema.safeParse(input).data`, in valibot `.output`
    case 'safeParse':
    case 'safeParseAsync':
      return path[0] === 'data' || path[0] === 'output' ? { schema, keys: path.slice(1) } : null;
    default:
      return null;
  }
}

/**
 * The schema of the resolved result of a call of this value: of `model.withStructuredOutput(schema)`, even as the last
 * step of a sequence.
 */
export function findOutputSchema(value: LangChainValue): TSESTree.Node | null {
  if (value.alternatives.length > 0) return null;
  const argument = value.node.type === AST_NODE_TYPES.CallExpression ? value.node.arguments[0] : undefined;
  if (value.builder === 'withStructuredOutput') return argument ?? null;
  if (value.className === 'StructuredOutputParser' && value.origin === 'static') return argument ?? null;
  if (value.builder === 'withConfig' || value.builder === 'withRetry' || value.builder === 'withFallbacks')
    return value.base && findOutputSchema(value.base);
  const last = value.steps?.at(-1);
  return last?.is === 'yes' && last.value !== value ? findOutputSchema(last.value) : null;
}

/**
 * The schema of the tool that runs a function: `tool(fn, { schema })`, `new DynamicStructuredTool({ func, schema })`,
 * `_call` of a class with a `schema`.
 */
export function findToolSchema(file: LangChainFile, fn: FunctionNode): TSESTree.Node | null {
  const { parent } = fn;
  if (parent.type === AST_NODE_TYPES.CallExpression && parent.arguments[0] === fn && isTool(file, parent)) {
    const options = parent.arguments[1];
    const schema = options ? findOption(file, options, 'schema') : null;
    return schema?.is === 'given' ? schema.value : null;
  }
  if (
    parent.type === AST_NODE_TYPES.Property &&
    parent.value === fn &&
    parent.parent.type === AST_NODE_TYPES.ObjectExpression &&
    isTool(file, parent.parent.parent)
  ) {
    const schema = findOption(file, parent.parent, 'schema');
    return schema.is === 'given' ? schema.value : null;
  }
  if (parent.type !== AST_NODE_TYPES.MethodDefinition || getKeyName(parent) !== '_call') return null;
  for (const member of parent.parent.body) {
    if (member.type === AST_NODE_TYPES.PropertyDefinition && getKeyName(member) === 'schema') return member.value;
  }
  return null;
}

function isTool(file: LangChainFile, node: TSESTree.Node): boolean {
  const resolution = file.resolve(node);
  return resolution.is === 'yes' && resolution.value.kind === 'tool';
}
