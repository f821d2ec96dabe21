import { type FrameworkRow } from './row.ts';

/** Frameworks that run jobs: from queues, for events, and on a timer. */
export const jobFrameworks: readonly FrameworkRow[] = [
  // Queues and events
  {
    name: 'BullMQ',
    unit: 'job',
    calls: [{ form: 'new', sources: /^bullmq$/u, names: /^Worker$/u }],
    parameters: [{ names: /^(?:Sandboxed)?Job$/u, sources: /^(?:bullmq|bull)$/u }],
    functions: [{ names: /^Processor$/u, sources: /^bullmq$/u }],
  },
  {
    name: 'Bull',
    unit: 'job',
    calls: [{ form: 'method', sources: /^(?:bull|bee-queue)$/u, shared: true, names: /^process$/u }],
  },
  {
    name: 'Agenda',
    unit: 'job',
    calls: [{ form: 'method', sources: /^agenda$|^@hokify\/agenda$/u, shared: true, names: /^define$/u }],
  },
  {
    name: 'pg-boss',
    unit: 'job',
    calls: [{ form: 'method', sources: /^pg-boss$/u, shared: true, names: /^work$/u }],
  },
  {
    name: 'Inngest',
    unit: 'event',
    serverless: true,
    calls: [{ form: 'method', sources: /^inngest$/u, shared: true, names: /^createFunction$/u }],
  },
  {
    name: 'Trigger.dev',
    unit: 'job',
    calls: [
      {
        form: 'function',
        sources: /^@trigger\.dev\/sdk(?:\/v\d)?$/u,
        names: /^(?:schedules\.task|schemaTask|task)$/u,
        keys: /^run$/u,
      },
    ],
  },
  // A consumer is recognised by the names of its options, whatever its package.
  {
    name: 'Kafka',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^(?:kafkajs|@confluentinc\/kafka-javascript)$/u,
        names: /^run$/u,
        keys: /^each(?:Batch|Message)$/u,
      },
      {
        form: 'method',
        receivers: 'any',
        names: /^run$/u,
        argument: 0,
        keys: /^each(?:Batch|Message)$/u,
        keysOnly: true,
      },
    ],
    parameters: [{ names: /^Each(?:Batch|Message)Payload$/u }],
  },
  {
    name: 'SQS',
    unit: 'message',
    calls: [{ form: 'method', sources: /^sqs-consumer$/u, names: /^create$/u, keys: /^handleMessage(?:Batch)?$/u }],
  },
  {
    name: 'RabbitMQ',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^amqplib(?:\/|$)|^(?:amqp-connection-manager|rabbitmq-client)$/u,
        shared: true,
        names: /^(?:consume|createConsumer)$/u,
        argument: 1,
      },
    ],
  },
  {
    name: 'Pub/Sub',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^@google-cloud\/pubsub$/u,
        shared: true,
        names: /^(?:addListener|on)$/u,
        first: /^message$/u,
        argument: 1,
      },
    ],
  },
  {
    name: 'Service Bus',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^@azure\/(?:event-hubs|service-bus)$/u,
        names: /^subscribe$/u,
        keys: /^process(?:Events|Message)$/u,
        keysOnly: true,
      },
    ],
  },
  {
    name: 'Temporal',
    unit: 'job',
    calls: [
      {
        form: 'function',
        sources: /^@temporalio\/worker$/u,
        names: /^Worker\.create$/u,
        keys: /^activities(?:\.|$)/u,
        depth: 2,
        keysOnly: true,
      },
    ],
    exports: [
      { names: /./u, keys: /./u, factories: true, imports: /^@temporalio\/activity$/u },
      {
        names: /./u,
        keys: /./u,
        factories: true,
        path: /(?:^|[/.-])activities(?:\/[^/]+)?\.[cm]?[jt]s$/u,
        dependsOn: ['@temporalio/worker', '@temporalio/workflow'],
      },
    ],
  },
  {
    name: 'Graphile Worker',
    unit: 'job',
    calls: [
      {
        form: 'function',
        sources: /^graphile-worker$/u,
        names: /^run(?:Once)?$/u,
        keys: /^taskList\./u,
        depth: 2,
        keysOnly: true,
      },
    ],
    functions: [{ names: /^Task$/u, sources: /^graphile-worker$/u }],
  },
  // Recurring jobs
  {
    name: 'cron',
    unit: 'job',
    recurring: true,
    calls: [
      { form: 'function', sources: /^node-cron$/u, names: /^(?:createTask|schedule)$/u },
      { form: 'function', sources: /^node-schedule$/u, names: /^scheduleJob$/u },
      { form: 'new', sources: /^(?:cron|croner)$/u, names: /^(?:default|Cron(?:Job)?)$/u, keys: /^onTick$/u },
      {
        form: 'function',
        sources: /^(?:cron|croner)$/u,
        names: /^(?:default|Cron|CronJob\.from)$/u,
        keys: /^onTick$/u,
      },
      { form: 'new', sources: /^toad-scheduler$/u, names: /^(?:Async)?Task$/u, argument: 1 },
      { form: 'function', sources: /^@elysiajs\/cron$/u, names: /^(?:cron|default)$/u, keys: /^run$/u },
      { form: 'global', names: /^Deno\.cron$/u },
      { form: 'global', names: /^setInterval$/u, argument: 0 },
      { form: 'function', sources: /^timers$/u, names: /^setInterval$/u, argument: 0 },
    ],
  },
];
