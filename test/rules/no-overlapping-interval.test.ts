import { afterAll, expect, test } from 'vitest';
import rule from '../../rules/no-overlapping-interval.ts';
import { reports, rewrites, silent } from '../helpers/cases.ts';
import { code } from '../helpers/code.ts';
import { TestProject } from '../helpers/project.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

const forms = { module: '@langchain/openai', names: ['ChatOpenAI'] } as const;

const poll = (model: string, callee: string): string => code`
  const model = ${model};
  const timer = ${callee}(async () => { await model.invoke('Hello'); }, 5000);
`;

const overlaps = (every: string, call = '`model.invoke()`', timer = 'setInterval') =>
  ({ messageId: 'overlaps', data: { timer, call, every, option: '' } }) as const;
const skip = (timer: string, every: string, call = '`model.invoke()`') =>
  ({ messageId: 'skip', data: { timer, call, every, option: '' } }) as const;
const option = (timer: string, every: string, name: string, call = '`model.invoke()`') =>
  ({ messageId: 'option', data: { timer, call, every, option: name } }) as const;

new StrictRuleTester().run(rule, {
  valid: [
    ...lookalikes({ ...forms, body: (n) => poll(`new ${n.ChatOpenAI}()`, 'setInterval') }),

    silent(
      'jobs of toad-scheduler, whose intervals wait for the last run by default',
      code`
        import { AsyncTask, CronJob, LongIntervalJob, SimpleIntervalJob, Task } from 'toad-scheduler';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const task = new AsyncTask('triage', async () => { await model.invoke('a'); }, console.error);
        new SimpleIntervalJob({ seconds: 20 }, task);
        new SimpleIntervalJob({ seconds: 20 }, task, { id: 'triage', preventOverrun: true });
        new SimpleIntervalJob({ minutes: 20 }, task, { preventOverrun: false });
        new SimpleIntervalJob({ hours: 1, seconds: 5 }, task, { preventOverrun: false });
        new SimpleIntervalJob({ seconds: SECONDS }, task, { preventOverrun: false });
        new SimpleIntervalJob({ seconds: 20, ...more }, task, { preventOverrun: false });
        new LongIntervalJob({ seconds: 20 }, task, { ...options, preventOverrun: true });
        new CronJob({ cronExpression: '*/20 * * * * *' }, task, { preventOverrun: true });
        new SimpleIntervalJob({ seconds: 20 }, new Task('log', () => console.log('up')), { preventOverrun: false });
      `,
    ),
    silent(
      'a flag that is read before the call: of the module, of a service, around the call, a counter',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        let running = false;
        setInterval(async () => {
          if (running) return;
          running = true;
          try { await model.invoke('Hello'); } finally { running = false; }
        }, 5000);
        let active = 0;
        setInterval(async () => {
          if (active === 0) { active++; await model.invoke('Hello'); active--; }
        }, 5000);
        let polling;
        setInterval(() => { polling ??= model.invoke('Hello').finally(() => { polling = null; }); }, 5000);
        class Poller {
          busy = false;
          start() { setInterval(() => this.poll(), 5000); }
          async poll() {
            if (this.busy) { console.log('still busy'); return; }
            this.busy = true;
            await model.invoke('Hello').finally(() => { this.busy = false; });
          }
        }
      `,
    ),
    silent(
      'a lock, and a limiter of one',
      code`
        import { Mutex } from 'async-mutex';
        import pLimit from 'p-limit';
        import PQueue from 'p-queue';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const mutex = new Mutex();
        const limit = pLimit(1);
        const queue = new PQueue({ concurrency: 1 });
        setInterval(() => mutex.runExclusive(() => model.invoke('a')), 5000);
        setInterval(() => limit(() => model.invoke('b')), 5000);
        setInterval(() => queue.add(() => model.invoke('c')), 5000);
        setInterval(async () => {
          const lock = await redis.set('poll', '1', 'NX');
          if (!lock) return;
          await model.invoke('d');
        }, 5000);
      `,
    ),
    silent(
      'seldom enough, a rate that is not seen, and work that stays here',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { PromptTemplate } from '@langchain/core/prompts';
        import cron from 'node-cron';
        import { EVERY } from './settings';
        const model = new ChatOpenAI();
        const prompt = PromptTemplate.fromTemplate('{x}');
        const HOUR = 60 * 60 * 1000;
        setInterval(() => model.invoke('Hello'), HOUR);
        setInterval(() => model.invoke('Hello'), 10 * 60_000);
        setInterval(() => model.invoke('Hello'), EVERY);
        setInterval(() => prompt.format({ x: 1 }), 1000);
        setTimeout(() => model.invoke('Hello'), 1000);
        cron.schedule('0 * * * *', () => model.invoke('Hello'));
        cron.schedule('*/10 * * * *', () => model.invoke('Hello'));
        cron.schedule('0 9 * * 1-5', () => model.invoke('Hello'));
      `,
    ),
    silent(
      'schedulers that wait, by themselves or by an option',
      code`
        import cron from 'node-cron';
        import { CronJob } from 'cron';
        import { Cron } from 'croner';
        import { Cron as At } from '@nestjs/schedule';
        import { ToadScheduler, SimpleIntervalJob, AsyncTask } from 'toad-scheduler';
        import { setInterval as every } from 'node:timers/promises';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        Deno.cron('poll', '* * * * *', () => model.invoke('Hello'));
        cron.schedule('* * * * *', () => model.invoke('Hello'), { noOverlap: true });
        new CronJob({ cronTime: '* * * * *', onTick: () => model.invoke('Hello'), waitForCompletion: true });
        new Cron('* * * * *', { protect: true }, () => model.invoke('Hello'));
        const task = new AsyncTask('poll', () => model.invoke('Hello'));
        new ToadScheduler().addSimpleIntervalJob(new SimpleIntervalJob({ seconds: 20 }, task));
        for await (const _ of every(5000)) await model.invoke('Hello');
        class Poller {
          @At('* * * * *', { waitForCompletion: true })
          async poll() { await model.invoke('Hello'); }
        }
      `,
    ),
    silent(
      'a loop that waits',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        async function next() {
          try { await model.invoke('Hello'); } finally { setTimeout(next, 5000); }
        }
        setTimeout(next, 5000);
      `,
    ),
  ],
  invalid: [
    ...importForms({ ...forms, body: (n) => poll(`new ${n.ChatOpenAI}()`, '⟦setInterval⟧') }).map(
      ({ name, ...module }) => reports(name, module, overlaps('5 s')),
    ),

    rewrites(
      'a statement with an async function becomes a loop',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        export function start() {
          ⟦setInterval⟧(async () => {
            const ticket = await inbox.next();
            if (!ticket) return;
            await model.invoke(ticket.text);
          }, 5_000);
        }
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        export function start() {
          const runAgain = async () => {
            try {
              await (async () => {
                const ticket = await inbox.next();
                if (!ticket) return;
                await model.invoke(ticket.text);
              })();
            } finally {
              setTimeout(runAgain, 5_000);
            }
          };
          setTimeout(runAgain, 5_000);
        }
      `,
      { ...overlaps('5 s'), suggests: { messageId: 'loop' } },
    ),
    rewrites(
      'a function by name, and a constant',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const MINUTE = 60_000;
        async function refresh() {
          await model.invoke('Refresh');
        }
        ⟦setInterval⟧(refresh, MINUTE);
      `,
      code`
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const MINUTE = 60_000;
        async function refresh() {
          await model.invoke('Refresh');
        }
        const runAgain = async () => {
          try {
            await refresh();
          } finally {
            setTimeout(runAgain, MINUTE);
          }
        };
        setTimeout(runAgain, MINUTE);
      `,
      { ...overlaps('1 min'), suggests: { messageId: 'loop' } },
    ),
    reports(
      'an interval that is kept, one of a service, and one whose condition is no guard',
      code`
        import { ChatOpenAI } from '@langchain/openai';
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        const model = new ChatOpenAI();
        const triage = ChatPromptTemplate.fromTemplate('{ticket}').pipe(model);
        export const timer = ⟦setInterval⟧(() => triage.invoke({ ticket: 'x' }), 30_000);
        class Poller {
          start() { this.timer = ⟦globalThis.setInterval⟧(() => this.poll(), 500); }
          async poll() {
            const ticket = await this.inbox.next();
            if (!ticket) return;
            await triage.invoke({ ticket });
          }
        }
        export const watch = (enabled) => ⟦setInterval⟧(async () => {
          if (!enabled) return;
          await model.invoke('Hello');
        }, 5000);
      `,
      overlaps('30 s', '`triage.invoke()`'),
      overlaps('500 ms', '`triage.invoke()`', 'globalThis.setInterval'),
      overlaps('5 s'),
    ),
    reports(
      'a limiter that lets several through',
      code`
        import pLimit from 'p-limit';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const limit = pLimit(5);
        export const timer = ⟦setInterval⟧(() => limit(() => model.invoke('b')), 5000);
      `,
      overlaps('5 s'),
    ),
    reports(
      'cron jobs',
      code`
        import cron from 'node-cron';
        import { CronJob } from 'cron';
        import { Cron } from 'croner';
        import schedule from 'node-schedule';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        ⟦cron.schedule⟧('* * * * *', async () => { await model.invoke('a'); }, { timezone: 'Europe/Berlin' });
        ⟦cron.schedule⟧('*/5 * * * *', () => model.invoke('a'), { noOverlap: false });
        ⟦new CronJob⟧('*/10 * * * * *', () => model.invoke('b'), null, true);
        ⟦CronJob.from⟧({ cronTime: '0,30 * * * * *', onTick: () => model.invoke('c'), start: true });
        ⟦new Cron⟧('0-59/2 * * * *', () => model.invoke('d'));
        ⟦schedule.scheduleJob⟧('poll', '* * * * *', () => model.invoke('e'));
      `,
      option('cron.schedule', '1 min', 'noOverlap'),
      option('cron.schedule', '5 min', 'noOverlap'),
      option('CronJob', '10 s', 'waitForCompletion'),
      option('CronJob.from', '30 s', 'waitForCompletion'),
      option('Cron', '2 min', 'protect'),
      skip('schedule.scheduleJob', '1 min'),
    ),
    reports(
      'jobs of toad-scheduler that may overrun, and the interval of a window',
      code`
        import { AsyncTask, CronJob, SimpleIntervalJob } from 'toad-scheduler';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const task = new AsyncTask('triage', async () => { await model.invoke('a'); }, console.error);
        ⟦new SimpleIntervalJob⟧({ minutes: 1, seconds: 30 }, task, { preventOverrun: false });
        ⟦new CronJob⟧({ cronExpression: '*/20 * * * * *' }, task);
        const timer = ⟦window.setInterval⟧(() => model.invoke('b'), 5000);
      `,
      option('SimpleIntervalJob', '1.5 min', 'preventOverrun'),
      option('CronJob', '20 s', 'preventOverrun'),
      overlaps('5 s', undefined, 'window.setInterval'),
    ),
    reports(
      'decorators of Nest',
      {
        filename: 'src/poller.ts',
        code: code`
          import { Injectable } from '@nestjs/common';
          import { Cron, CronExpression, Interval } from '@nestjs/schedule';
          import { ChatOpenAI } from '@langchain/openai';
          @Injectable()
          export class Poller {
            private readonly model = new ChatOpenAI();
            @⟦Cron⟧(CronExpression.EVERY_30_SECONDS) async poll() { await this.model.invoke('a'); }
            @⟦Interval⟧('refresh', 5000) async refresh() { await this.model.invoke('b'); }
            @Cron(CronExpression.EVERY_HOUR) async report() { await this.model.invoke('c'); }
          }
        `,
      },
      option('@Cron', '30 s', 'waitForCompletion', '`this.model.invoke()`'),
      skip('@Interval', '5 s', '`this.model.invoke()`'),
    ),
  ],
});

const project = new TestProject({
  'package.json': '{ "dependencies": { "@langchain/openai": "1" } }',
  'src/triage.ts': code`
    import { ChatOpenAI } from '@langchain/openai';
    const model = new ChatOpenAI();
    export const triage = (text: string) => model.invoke(text);
  `,
});
afterAll(() => project.remove());

test('a call of another file', () => {
  expect(
    project.report(
      'src/poll.ts',
      code`
        import { triage } from './triage';
        setInterval(async () => { await triage('x'); }, 5000);
      `,
      { rules: { 'langchain/no-overlapping-interval': 'error' } },
    ),
  ).toEqual([
    '2 no-overlapping-interval: `setInterval` starts `triage()` (calls `model.invoke()` in ' +
      '`src/triage.ts:3`) every 5 s: slow runs pile up. Start the next when one ends.',
  ]);
});
