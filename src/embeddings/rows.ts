import type { TSESTree } from '@typescript-eslint/utils';
import { getMethodName } from '../ast/calls.ts';
import { getKeyName, unwrap } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import { databaseMethods, databaseName, rowMethods } from '../facts/packages/contents.ts';

/** A call that reads rows of a database: `prisma.article.findMany()`, `db.select().from(articles)`. */
interface RowsRead {
  /** The receiver of the first call of the chain: `prisma`, `db`, `this.articles`. */
  readonly database: TSESTree.Node;
  /** The arguments of all calls of the chain. */
  readonly given: readonly TSESTree.Node[];
}

/** The calls of a chain, outermost first, and the names on the way to them. */
interface Chain {
  readonly methods: string[];
  readonly names: string[];
  readonly given: TSESTree.Node[];
  root: TSESTree.Node;
}

export function readRows(node: TSESTree.CallExpression | TSESTree.TaggedTemplateExpression): RowsRead | null {
  const chain: Chain = { methods: [], names: [], given: [], root: node };
  climbDown(chain, node);
  const { given, methods, names, root } = chain;
  const isRead =
    methods.some((method) => rowMethods.has(method)) ||
    (methods.some((method) => databaseMethods.has(method)) && names.some((name) => databaseName.test(name))) ||
    isModel(root, methods) ||
    (node.type === AST_NODE_TYPES.TaggedTemplateExpression && names.some((name) => databaseName.test(name)));
  return isRead && root !== node ? { database: root, given } : null;
}

function climbDown(chain: Chain, node: TSESTree.Node): void {
  const expression = unwrap(node);
  chain.root = expression;
  switch (expression.type) {
    case AST_NODE_TYPES.AwaitExpression:
      climbDown(chain, expression.argument);
      break;
    case AST_NODE_TYPES.CallExpression:
      chain.methods.push(getMethodName(expression) ?? '');
      chain.given.push(...expression.arguments);
      climbDown(chain, expression.callee);
      break;
    case AST_NODE_TYPES.TaggedTemplateExpression:
      chain.given.push(...expression.quasi.expressions);
      chain.methods.push(
        expression.tag.type === AST_NODE_TYPES.MemberExpression ? (getKeyName(expression.tag) ?? '') : '',
      );
      climbDown(chain, expression.tag);
      break;
    case AST_NODE_TYPES.MemberExpression:
      chain.names.push(getKeyName(expression) ?? '');
      if (unwrap(expression.object).type !== AST_NODE_TYPES.ThisExpression) climbDown(chain, expression.object);
      break;
    case AST_NODE_TYPES.Identifier:
      chain.names.push(expression.name);
      break;
    default:
  }
}

/** A model of Mongoose: `Article.find({ published: true })`. */
function isModel(root: TSESTree.Node, methods: readonly string[]): boolean {
  return root.type === AST_NODE_TYPES.Identifier && /^[A-Z][a-z]/u.test(root.name) && methods.at(-1) === 'find';
}
