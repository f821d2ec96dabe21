import rule from '../../rules/no-stacked-retries.ts';
import { reports, silent } from '../helpers/cases.ts';
import { code } from '../helpers/code.ts';
import { StrictRuleTester } from '../helpers/rule-tester.ts';

const imports = code`
  import { ChatAnthropic } from '@langchain/anthropic';
  import { ChatOpenAI } from '@langchain/openai';
`;

const settings = { langchain: { version: '1.4.0' } };

new StrictRuleTester().run<[], 'drop' | 'stacked'>(rule, {
  valid: [
    silent('retries that the config of the calls switches off', {
      code: code`
          ${imports}
          const model = new ChatOpenAI({ model: 'gpt-4o' }).withConfig({ maxRetries: 0 });
          export const retried = model.withRetry({ stopAfterAttempt: 3 });
        `,
      settings,
    }),
    silent('a version of which nobody knows what it makes of them', {
      code: code`
          ${imports}
          const model = new ChatOpenAI({ model: 'gpt-4o' }).withConfig({ maxRetries: 0 });
          export const retried = model.withRetry({ stopAfterAttempt: 3 });
        `,
      settings: { langchain: { version: '1.0.0' } },
    }),
  ],
  invalid: [
    reports<'drop' | 'stacked'>(
      'retries of a config: as many, and squared',
      {
        code: code`
          ${imports}
          const gpt = new ChatOpenAI({ model: 'gpt-4o' }).withConfig({ maxRetries: 1 });
          export const first = gpt.⟦withRetry⟧({ stopAfterAttempt: 3 });
          const claude = new ChatAnthropic({ model: 'claude-sonnet-4-5' }).withConfig({ maxRetries: 2 });
          export const second = claude.⟦withRetry⟧({ stopAfterAttempt: 2 });
        `,
        settings,
      },
      {
        messageId: 'stacked',
        data: {
          layer: 'withRetry()',
          outer: '3',
          between: '',
          all: 'both',
          inner: '2',
          product: '6',
          model: 'ChatOpenAI',
          advice: 'Drop `withRetry()`',
        },
        suggestions: [{ messageId: 'drop', output: ['gpt.withRetry({ stopAfterAttempt: 3 })', 'gpt'] }],
      },
      {
        messageId: 'stacked',
        data: {
          layer: 'withRetry()',
          outer: '2',
          between: '',
          all: 'both',
          inner: '9',
          product: '18',
          model: 'ChatAnthropic',
          advice: 'Drop `withRetry()`',
        },
        suggestions: [{ messageId: 'drop', output: ['claude.withRetry({ stopAfterAttempt: 2 })', 'claude'] }],
      },
    ),
  ],
});
