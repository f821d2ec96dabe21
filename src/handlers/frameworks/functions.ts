import { type FrameworkRow, verbs } from './row.ts';

/** `export default { fetch() { … } }` is read separately, because it may be inside wrappers. */
export const cloudflare: FrameworkRow = {
  name: 'Cloudflare Workers',
  unit: 'request',
  serverless: true,
  cloudflare: true,
  calls: [{ form: 'global', names: /^(?:self\.)?addEventListener$/u, first: /^fetch$/u }],
  exports: [{ names: /^onRequest(?:Delete|Get|Head|Options|Patch|Post|Put)?$/u, path: /(?:^|\/)functions\//u }],
  functions: [{ names: /^(?:ExportedHandlerFetchHandler|PagesFunction)$/u }],
};

/** Platforms that run functions as a service. */
export const functionFrameworks: readonly FrameworkRow[] = [
  {
    name: 'Netlify',
    unit: 'request',
    serverless: true,
    exports: [{ names: /^default$/u, path: /(?:^|\/)netlify\/(?:edge-)?functions\//u }],
  },
  cloudflare,
  {
    name: 'AWS Lambda',
    unit: 'event',
    serverless: true,
    exports: [
      {
        names: /^(?:handler|lambdaHandler)$/u,
        keys: verbs,
        // A yargs module exports a `handler` too, next to its `command`.
        unless: {
          imports: /^(?:yargs|@oclif\/core|commander|cac|clipanion)(?:$|\/)/u,
          exports: /^(?:builder|command|describe)$/u,
        },
      },
    ],
    parameters: [
      {
        names:
          /^(?:APIGateway\w*Event(?:V2)?|ALBEvent|DynamoDBStreamEvent|EventBridgeEvent|KinesisStreamEvent|LambdaFunctionURLEvent|S3Event|SNSEvent|SQSEvent)$/u,
      },
      { names: /^(?:Context|Handler\w*Event)$/u, sources: /^(?:aws-lambda|@netlify\/functions)$/u },
    ],
    functions: [
      {
        names:
          /^(?:ALB|APIGateway\w*|DynamoDBStream|EventBridge|KinesisStream|LambdaFunctionURL|S3|SNS|SQS|Scheduled)Handler(?:V2)?$/u,
      },
      { names: /^(?:Handler|StreamifyHandler)$/u, sources: /^(?:aws-lambda|@netlify\/functions)$/u },
    ],
  },
  {
    name: 'Azure Functions',
    unit: 'request',
    serverless: true,
    calls: [{ form: 'method', sources: /^@azure\/functions$/u, names: /./u, keys: /^handler$/u }],
    parameters: [{ names: /^(?:HttpRequest|InvocationContext)$/u, sources: /^@azure\/functions$/u }],
    functions: [{ names: /^(?:AzureFunction|HttpHandler)$/u, sources: /^@azure\/functions$/u }],
  },
  {
    name: 'Google Cloud Functions',
    unit: 'request',
    serverless: true,
    calls: [
      { form: 'function', sources: /^@google-cloud\/functions-framework$/u, names: /^(?:cloudEvent|event|http)$/u },
    ],
  },
  {
    name: 'Firebase',
    unit: 'request',
    serverless: true,
    calls: [
      { form: 'function', sources: /^firebase-functions(?:\/|$)/u, names: /(?:^|\.)on[A-Z]\w*$/u },
      { form: 'method', sources: /^firebase-functions(?:\/|$)/u, names: /^on[A-Z]\w*$/u, unit: 'event' },
    ],
  },
  {
    name: 'Supabase',
    unit: 'request',
    serverless: true,
    calls: [
      {
        form: 'function',
        sources:
          /^(?:https:\/\/deno\.land\/std(?:@[^/]+)?\/http\/(?:mod|server)\.ts|(?:jsr:)?@std\/http|std\/(?:http\/)?server(?:\.ts)?)/u,
        names: /^serve$/u,
      },
    ],
  },
  {
    name: 'Upstash Workflow',
    unit: 'request',
    serverless: true,
    calls: [{ form: 'function', sources: /^@upstash\/workflow(?:\/|$)/u, names: /^serve$/u }],
  },
];
