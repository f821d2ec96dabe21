import type { TSESTree } from '@typescript-eslint/utils';
import { type FunctionNode, getKeyName, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../trace/file.ts';
import { functionRows, type Known, parameterRows } from './frameworks.ts';
import type { Framework, TypeRow } from './frameworks/row.ts';
import { express } from './frameworks/servers.ts';
import { langgraph } from './frameworks/tools.ts';

/** How deep aliases of aliases are followed. */
const maxAliases = 5;

/** The framework of a function, by its written types or by its use of `res`; null when neither shows it. */
export function findSignature(file: LangChainFile, project: LangChainFile, fn: FunctionNode): Framework | null {
  const annotation = getAnnotation(fn);
  const ofFunction = annotation && findByType(file, annotation, functionRows);
  if (ofFunction) return ofFunction;
  for (const parameter of fn.params) {
    const type = getParameterType(parameter);
    if (!type) continue;
    if (isGraphState(project, type)) return langgraph;
    const framework = findByType(file, type, parameterRows);
    if (framework) return framework;
  }
  return answersRequest(file, fn) ? express : null;
}

/** `const ask: RequestHandler = async (…) => …`, `(async (…) => …) satisfies RequestHandler`, a typed class field */
function getAnnotation(fn: FunctionNode): TSESTree.TypeNode | null {
  const { parent } = fn;
  switch (parent.type) {
    case AST_NODE_TYPES.TSAsExpression:
    case AST_NODE_TYPES.TSSatisfiesExpression:
      return parent.typeAnnotation;
    case AST_NODE_TYPES.VariableDeclarator:
      return parent.id.type === AST_NODE_TYPES.Identifier ? (parent.id.typeAnnotation?.typeAnnotation ?? null) : null;
    case AST_NODE_TYPES.PropertyDefinition:
      return parent.typeAnnotation?.typeAnnotation ?? null;
    default:
      return null;
  }
}

function getParameterType(parameter: TSESTree.Parameter): TSESTree.TypeNode | null {
  const pattern = parameter.type === AST_NODE_TYPES.AssignmentPattern ? parameter.left : parameter;
  if (pattern.type === AST_NODE_TYPES.TSParameterProperty) return null;
  return pattern.typeAnnotation?.typeAnnotation ?? null;
}

function findByType(
  file: LangChainFile,
  type: TSESTree.TypeNode,
  types: readonly Known<TypeRow>[],
  depth = maxAliases,
): Framework | null {
  switch (type.type) {
    case AST_NODE_TYPES.TSIntersectionType:
      return (
        type.types.map((each) => findByType(file, each, types, depth)).find((framework) => framework !== null) ?? null
      );
    case AST_NODE_TYPES.TSTypeReference: {
      const { name, source } = readTypeName(file, type.typeName);
      const row = types.find(
        (candidate) =>
          candidate.names.test(name) && (!candidate.sources || (source !== null && candidate.sources.test(source))),
      );
      if (row) return row.framework;
      const alias = depth > 0 ? findAlias(file, type) : null;
      return alias && findByType(file, alias, types, depth - 1);
    }
    default:
      return null;
  }
}

/** A type's name without the namespace it is imported through, and the package that it comes from. */
function readTypeName(
  file: LangChainFile,
  typeName: TSESTree.EntityName,
): { readonly name: string; readonly source: string | null } {
  if (typeName.type === AST_NODE_TYPES.Identifier) {
    const variable = file.scopes.findVariable(typeName);
    const ref = variable && file.imports.findExport(variable);
    return { name: ref && ref.name !== 'default' ? ref.name : typeName.name, source: ref?.source ?? null };
  }
  if (typeName.type !== AST_NODE_TYPES.TSQualifiedName) return { name: '', source: null };
  const left = readTypeName(file, typeName.left);
  return { name: typeName.right.name, source: left.source };
}

function findAlias(file: LangChainFile, { typeName }: TSESTree.TSTypeReference): TSESTree.TypeNode | null {
  if (typeName.type !== AST_NODE_TYPES.Identifier) return null;
  const definition = file.scopes.findVariable(typeName)?.defs[0]?.node;
  return definition?.type === AST_NODE_TYPES.TSTypeAliasDeclaration ? definition.typeAnnotation : null;
}

/** An alias that another file of the project exports, if it leads to LangChain. */
function findImportedAlias(file: LangChainFile, { typeName }: TSESTree.TSTypeReference): TSESTree.TypeNode | null {
  const variable = file.scopes.findVariable(typeName);
  const imported = variable && file.imports.findExport(variable);
  if (!imported || !file.leadsTo(imported.source, imported.name, 'langchain')) return null;
  const declaration = file.findImportedNode(typeName, 'langchain')?.parent;
  return declaration?.type === AST_NODE_TYPES.TSTypeAliasDeclaration ? declaration.typeAnnotation : null;
}

/** `typeof GraphState.State`, directly or through an alias of the file. */
function isGraphState(file: LangChainFile, type: TSESTree.TypeNode, depth = maxAliases): boolean {
  switch (type.type) {
    case AST_NODE_TYPES.TSIntersectionType:
      return type.types.some((each) => isGraphState(file, each, depth));
    case AST_NODE_TYPES.TSTypeQuery:
      return type.exprName.type === AST_NODE_TYPES.TSQualifiedName && type.exprName.right.name === 'State';
    case AST_NODE_TYPES.TSTypeReference: {
      const alias = depth > 0 ? (findAlias(file, type) ?? findImportedAlias(file, type)) : null;
      return alias !== null && isGraphState(file.of(alias), alias, depth - 1);
    }
    default:
      return false;
  }
}

/** `req`, or a pattern of its properties: `({ body }, res) => …` */
function isRequest(parameter: TSESTree.Parameter, index: number): boolean {
  if (parameter.type === AST_NODE_TYPES.ObjectPattern) return index === 0;
  return parameter.type === AST_NODE_TYPES.Identifier && /^_?req(?:uest)?$/u.test(parameter.name);
}

const answers = /^(?:end|json|jsonp|redirect|render|send|sendFile|sendStatus|status|write|writeHead)$/u;

/** `(req, res) => { … res.json(answer) }` */
function answersRequest(file: LangChainFile, fn: FunctionNode): boolean {
  const index = fn.params.findIndex(isRequest);
  const response = fn.params[index + 1];
  if (
    index === -1 ||
    response?.type !== AST_NODE_TYPES.Identifier ||
    !/^(?:_?res(?:ponse)?|reply)$/u.test(response.name)
  )
    return false;
  return (file.scopes.findVariable(response)?.references ?? []).some(({ identifier }) => {
    const member = wrapped(identifier).parent;
    if (
      member?.type !== AST_NODE_TYPES.MemberExpression ||
      unwrap(member.object) !== identifier ||
      !answers.test(getKeyName(member) ?? '')
    )
      return false;
    const call = wrapped(member).parent;
    return call?.type === AST_NODE_TYPES.CallExpression && unwrap(call.callee) === member;
  });
}
