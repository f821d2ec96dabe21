import type { TSESTree } from '@typescript-eslint/utils';
import { type FunctionNode, getKeyName, unwrap, wrapped } from '../ast/nodes.ts';
import { AST_NODE_TYPES } from '../ast/types.ts';
import type { LangChainFile } from '../trace/file.ts';
import type { Framework } from './handler.ts';

/** A type by which a function is known to be a handler, wherever it is registered. */
interface HandlerType {
  readonly framework: Framework;
  readonly names: RegExp;
  /** Packages that the type must come from; absent for a name that nothing else has. */
  readonly sources?: RegExp;
}

const express: Framework = { name: 'Express', unit: 'request' };
const fastify: Framework = { name: 'Fastify', unit: 'request' };
const next: Framework = { name: 'Next.js', unit: 'request', serverless: true };
const lambda: Framework = { name: 'AWS Lambda', unit: 'event', serverless: true };
const azure: Framework = { name: 'Azure Functions', unit: 'request', serverless: true };
const hono: Framework = { name: 'Hono', unit: 'request' };
const koa: Framework = { name: 'Koa', unit: 'request' };
const svelte: Framework = { name: 'SvelteKit', unit: 'request' };
const router: Framework = { name: 'React Router', unit: 'request' };
const graph: Framework = { name: 'LangGraph', unit: 'graph step' };
const bullmq: Framework = { name: 'BullMQ', unit: 'job' };
const cloudflare: Framework = { name: 'Cloudflare Workers', unit: 'request', serverless: true, cloudflare: true };

/** Types of parameters. */
const parameterTypes: readonly HandlerType[] = [
  { framework: next, names: /^Next(?:Api)?(?:Request|Response)$/u },
  { framework: next, names: /^Vercel(?:Request|Response)$/u },
  {
    framework: lambda,
    names:
      /^(?:APIGateway\w*Event(?:V2)?|ALBEvent|DynamoDBStreamEvent|EventBridgeEvent|KinesisStreamEvent|LambdaFunctionURLEvent|S3Event|SNSEvent|SQSEvent)$/u,
  },
  { framework: lambda, names: /^(?:Context|Handler\w*Event)$/u, sources: /^(?:aws-lambda|@netlify\/functions)$/u },
  { framework: express, names: /^(?:NextFunction|Request|Response)$/u, sources: /^express(?:-serve-static-core)?$/u },
  { framework: fastify, names: /^Fastify(?:Reply|Request)$/u },
  { framework: hono, names: /^Context$/u, sources: /^hono(?:\/|$)/u },
  { framework: koa, names: /^(?:Context|ParameterizedContext|RouterContext)$/u, sources: /^@?koa(?:[-/]|$)/u },
  { framework: { name: 'Elysia', unit: 'request' }, names: /^Context$/u, sources: /^elysia$/u },
  { framework: azure, names: /^(?:HttpRequest|InvocationContext)$/u, sources: /^@azure\/functions$/u },
  { framework: { name: 'Nuxt', unit: 'request' }, names: /^H3Event$/u },
  { framework: svelte, names: /^(?:RequestEvent|ServerLoadEvent)$/u },
  { framework: router, names: /^(?:Route\.)?(?:Action|Loader)(?:Function)?Args$/u },
  {
    framework: { name: 'AdonisJS', unit: 'request' },
    names: /^HttpContext(?:Contract)?$/u,
    sources: /^(?:@adonisjs\/core\/|@ioc:Adonis)/u,
  },
  { framework: { name: 'Kafka', unit: 'message' }, names: /^Each(?:Batch|Message)Payload$/u },
  { framework: bullmq, names: /^(?:Sandboxed)?Job$/u, sources: /^(?:bullmq|bull)$/u },
  { framework: graph, names: /^LangGraphRunnableConfig$/u },
  { framework: { name: 'LangChain', unit: 'tool call' }, names: /^ToolRuntime$/u },
];

/** Types of whole functions. */
const functionTypes: readonly HandlerType[] = [
  { framework: express, names: /^(?:express\.)?(?:Error)?RequestHandler$/u },
  { framework: express, names: /^Handler$/u, sources: /^express$/u },
  { framework: fastify, names: /^RouteHandler(?:Method)?$/u },
  { framework: hono, names: /^(?:Handler|MiddlewareHandler)$/u, sources: /^hono(?:\/|$)/u },
  { framework: koa, names: /^Middleware$/u, sources: /^@?koa(?:[-/]|$)/u },
  { framework: next, names: /^(?:GetServerSideProps|NextApiHandler|NextMiddleware|VercelApiHandler)$/u },
  {
    framework: lambda,
    names:
      /^(?:ALB|APIGateway\w*|DynamoDBStream|EventBridge|KinesisStream|LambdaFunctionURL|S3|SNS|SQS|Scheduled)Handler(?:V2)?$/u,
  },
  { framework: lambda, names: /^(?:Handler|StreamifyHandler)$/u, sources: /^(?:aws-lambda|@netlify\/functions)$/u },
  { framework: azure, names: /^(?:AzureFunction|HttpHandler)$/u, sources: /^@azure\/functions$/u },
  { framework: cloudflare, names: /^(?:ExportedHandlerFetchHandler|PagesFunction)$/u },
  { framework: svelte, names: /^(?:Layout|Page)ServerLoad$/u },
  { framework: router, names: /^(?:Action|Loader)Function$/u },
  { framework: { name: 'Astro', unit: 'request' }, names: /^APIRoute$/u },
  { framework: bullmq, names: /^Processor$/u, sources: /^bullmq$/u },
  { framework: graph, names: /^GraphNode$/u },
];

/** How deep aliases of aliases are followed. */
const maxAliases = 5;

/** What runs a function, by its written types or by its use of `res`; null when neither tells. */
export function findSignature(file: LangChainFile, fn: FunctionNode): Framework | null {
  const annotation = getAnnotation(fn);
  const ofFunction = annotation && findByType(file, annotation, functionTypes);
  if (ofFunction) return ofFunction;
  for (const parameter of fn.params) {
    const type = getParameterType(parameter);
    if (!type) continue;
    if (isGraphState(file, type)) return graph;
    const framework = findByType(file, type, parameterTypes);
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
  types: readonly HandlerType[],
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

/** `typeof GraphState.State`, itself or as an alias of the file. */
function isGraphState(file: LangChainFile, type: TSESTree.TypeNode, depth = maxAliases): boolean {
  switch (type.type) {
    case AST_NODE_TYPES.TSIntersectionType:
      return type.types.some((each) => isGraphState(file, each, depth));
    case AST_NODE_TYPES.TSTypeQuery:
      return type.exprName.type === AST_NODE_TYPES.TSQualifiedName && type.exprName.right.name === 'State';
    case AST_NODE_TYPES.TSTypeReference: {
      const alias = depth > 0 ? findAlias(file, type) : null;
      return alias !== null && isGraphState(file, alias, depth - 1);
    }
    default:
      return false;
  }
}

/** `req`, or what is taken from it: `({ body }, res) => …` */
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
