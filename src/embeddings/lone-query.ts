import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { getEnclosingFunction, getThisClass } from '../ast/ancestors.ts';
import type { Call } from '../ast/calls.ts';
import { type FunctionNode, getKeyName, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { walk } from '../ast/walk.ts';
import { vectorStoreMethods } from '../facts/methods.ts';
import { findCalled, getCallSites, isPrivate } from '../flow/calls/call-graph.ts';
import type { LangChainFile } from '../trace/file.ts';
import { findRepeatedEmbedding } from './repeated.ts';

/** A query that bypasses the cache: `store.similaritySearch()`, `embeddings.embedQuery()`, `store.asRetriever()`. */
type Query = TSESTree.CallExpression;

/**
 * The first query of the cached embeddings that a call creates, when they serve only queries. Null where documents are
 * embedded with them, and where they go out of sight.
 */
export function findLoneQuery(file: LangChainFile, construction: Call): Query | null {
  const uses = new EmbeddingsUses(file);
  uses.follow(construction, 'embeddings');
  return uses.isElsewhere ? null : (uses.queries.toSorted((a, b) => a.range[0] - b.range[0])[0] ?? null);
}

type Held = 'embeddings' | 'store';

/** Methods of individual stores that embed nothing. */
const others = new Set(['end', 'ensureTableInDatabase']);

/** What a method of embeddings or of a store embeds; null for an unknown method. */
function findEmbedded(held: Held, name: string): 'documents' | 'nothing' | 'query' | null {
  if (held === 'embeddings') return name === 'embedQuery' ? 'query' : null;
  if (others.has(name)) return 'nothing';
  const method = vectorStoreMethods.get(name);
  return method?.embeds ?? (method?.does === 'deletes' || method?.does === 'searches' ? 'nothing' : null);
}

class EmbeddingsUses {
  readonly queries: Query[] = [];
  /** Whether documents are embedded, or a use cannot be followed. */
  isElsewhere = false;
  readonly #file: LangChainFile;
  readonly #visited = new Set<TSESTree.Node | TSESLint.Scope.Variable>();

  constructor(file: LangChainFile) {
    this.#file = file;
  }

  follow(node: TSESTree.Node, held: Held): void {
    const value = wrapped(node);
    const { parent } = value;
    if (this.isElsewhere || this.#visited.has(value)) return;
    this.#visited.add(value);
    switch (parent?.type) {
      case AST_NODE_TYPES.ArrowFunctionExpression:
        if (parent.body === value) this.#followResult(parent, held);
        break;
      case AST_NODE_TYPES.AssignmentExpression:
        this.#followAssigned(parent.left, held);
        break;
      case AST_NODE_TYPES.AwaitExpression:
      case AST_NODE_TYPES.ConditionalExpression:
      case AST_NODE_TYPES.LogicalExpression:
        this.follow(parent, held);
        break;
      case AST_NODE_TYPES.CallExpression:
      case AST_NODE_TYPES.NewExpression:
        this.#followArgument(parent, value, held);
        break;
      case AST_NODE_TYPES.ExpressionStatement:
        break;
      case AST_NODE_TYPES.MemberExpression:
        this.#followMember(parent, held);
        break;
      case AST_NODE_TYPES.PropertyDefinition:
        this.#followField(parent, getKeyName(parent), held);
        break;
      case AST_NODE_TYPES.ReturnStatement: {
        const fn = getEnclosingFunction(parent);
        if (fn) this.#followResult(fn, held);
        else this.isElsewhere = true;
        break;
      }
      case AST_NODE_TYPES.VariableDeclarator:
        if (parent.parent.parent.type === AST_NODE_TYPES.ExportNamedDeclaration) this.isElsewhere = true;
        else this.#followAssigned(parent.id, held);
        break;
      default:
        this.isElsewhere = true;
    }
  }

  #followAssigned(target: TSESTree.Node, held: Held): void {
    const left = unwrap(target);
    if (left.type === AST_NODE_TYPES.MemberExpression && left.object.type === AST_NODE_TYPES.ThisExpression) {
      this.#followField(left, getKeyName(left), held);
      return;
    }
    const variable = this.#file.scopes.findVariable(left);
    if (variable) this.#followVariable(variable, held);
    else this.isElsewhere = true;
  }

  #followVariable(variable: TSESLint.Scope.Variable, held: Held): void {
    if (this.#visited.has(variable)) return;
    this.#visited.add(variable);
    for (const reference of variable.references) if (reference.isRead()) this.follow(reference.identifier, held);
  }

  /** A field that only its class can read. */
  #followField(node: TSESTree.Node, name: string | null, held: Held): void {
    const classNode = getThisClass(node);
    const isHidden = classNode?.body.body.some(
      (member) =>
        member.type === AST_NODE_TYPES.PropertyDefinition &&
        getKeyName(member) === name &&
        (member.accessibility === 'private' || member.key.type === AST_NODE_TYPES.PrivateIdentifier),
    );
    if (!classNode || isHidden !== true) {
      this.isElsewhere = true;
      return;
    }
    walk(classNode.body, this.#file.sourceCode.visitorKeys, (inner) => {
      const isRead =
        inner.type === AST_NODE_TYPES.MemberExpression &&
        inner.object.type === AST_NODE_TYPES.ThisExpression &&
        getKeyName(inner) === name;
      if (isRead && !(inner.parent.type === AST_NODE_TYPES.AssignmentExpression && inner.parent.left === inner))
        this.follow(inner, held);
      return true;
    });
  }

  #followResult(fn: FunctionNode, held: Held): void {
    const sites = getCallSites(this.#file, fn);
    if (!isPrivate(this.#file, fn) || sites.length === 0 || sites.some(({ argument }) => argument !== null))
      this.isElsewhere = true;
    else for (const { call } of sites) this.follow(call, held);
  }

  #followArgument(call: Call, value: TSESTree.Node, held: Held): void {
    const made = this.#file.trace(call);
    const callee = unwrap(call.callee);
    if (
      held === 'embeddings' &&
      made.type === 'langchain' &&
      made.value.kind === 'vectorStore' &&
      made.value.node === call
    ) {
      const isOpened =
        call.type === AST_NODE_TYPES.NewExpression ||
        (callee.type === AST_NODE_TYPES.MemberExpression &&
          vectorStoreMethods.get(getKeyName(callee) ?? '')?.does === 'opens');
      if (isOpened) this.follow(call, 'store');
      else this.isElsewhere = true;
      return;
    }
    const parameter = findCalled(this.#file, call)?.params[call.arguments.findIndex((argument) => argument === value)];
    if (parameter) this.#followAssigned(parameter, held);
    else this.isElsewhere = true;
  }

  #followMember(member: TSESTree.MemberExpression, held: Held): void {
    const name = getKeyName(member) ?? '';
    const call = wrapped(member).parent;
    const isCalled = call?.type === AST_NODE_TYPES.CallExpression && unwrap(call.callee) === member;
    const embedded = isCalled ? findEmbedded(held, name) : null;
    if (embedded === 'nothing') return;
    // Texts that could be embedded as documents would then be cached.
    if (isCalled && embedded === 'query' && findRepeatedEmbedding(this.#file, call) === null) this.queries.push(call);
    else this.isElsewhere = true;
  }
}
