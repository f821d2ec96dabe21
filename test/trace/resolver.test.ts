import { describe, expect, test } from 'vitest';
import type { LangChainValue, Resolution } from '../../src/trace/value.ts';
import { code } from '../helpers/code.ts';
import { findMarked, parseFile } from '../helpers/file.ts';
import { importForms, lookalikes } from '../helpers/shape-matrix.ts';

function resolveAll(source: string, settings: Readonly<Record<string, unknown>> = {}): Resolution[] {
  const file = parseFile(source, { settings });
  return findMarked(file).map((node) => file.resolve(node));
}

function summary(value: LangChainValue): string {
  const names = [value, ...value.alternatives].map((each) => `${each.kind} ${each.className}`).join(' | ');
  return `${names}${value.optional ? '?' : ''}`;
}

/**
 * What each `$(…)` is: `chatModel ChatOpenAI`, alternatives with `|`, a trailing `?` when it may be nullish, else `no`
 * or `unknown`.
 */
function shown(source: string, settings?: Readonly<Record<string, unknown>>): string[] {
  return resolveAll(source, settings).map((resolution) =>
    resolution.is === 'yes' ? summary(resolution.value) : resolution.is,
  );
}

function reason(source: string): string {
  const [resolution] = resolveAll(source);
  if (!resolution || resolution.is === 'yes') throw new Error('resolved');
  return resolution.reason;
}

const openai = code`
  import { ChatOpenAI } from '@langchain/openai';
  import { ChatAnthropic } from '@langchain/anthropic';
`;
const model = 'chatModel ChatOpenAI';

describe('import forms', () => {
  const construct = (n: { ChatOpenAI: string }) => code`
    const model = new ${n.ChatOpenAI}({ model: 'gpt-4o-mini' });
    $(model);
  `;
  test.each(importForms({ module: '@langchain/openai', names: ['ChatOpenAI'], body: construct }))(
    '$name',
    ({ code: source, settings }) => {
      expect(shown(source, settings)).toEqual([model]);
    },
  );
  test.each(lookalikes({ module: '@langchain/openai', names: ['ChatOpenAI'], body: construct }))(
    'quiet: $name',
    ({ code: source, settings }) => {
      // A look-alike from another package leaves the file without listeners; then nothing is asked at all.
      const withGate = code`
        import '@langchain/core/runnables';
        ${source}
      `;
      expect(shown(withGate, settings)).not.toContain(model);
    },
  );

  test.each([
    ['langchain/chat_models/openai', 'ChatOpenAI', model],
    ['langchain/dist/chat_models/openai.js', 'ChatOpenAI', model],
    ['npm:@langchain/openai@0.6.17', 'ChatOpenAI', model],
    ['npm:langchain/chat_models/openai', 'ChatOpenAI', model],
    ['https://esm.sh/@langchain/openai@0.6.17?target=es2022', 'ChatOpenAI', model],
    ['@langchain/azure-openai', 'AzureChatOpenAI', 'chatModel AzureChatOpenAI'],
    ['@langchain/community/vectorstores/pgvector', 'PGVectorStore', 'vectorStore PGVectorStore'],
  ])('constructs from %s', (module, name, expected) => {
    expect(shown(`import { ${name} } from '${module}';\n$(new ${name}());`)).toEqual([expected]);
  });

  test('a factory is awaited before it is a value', () => {
    expect(
      shown(code`
        import { initChatModel } from 'langchain';
        const pending = initChatModel('openai:gpt-4o');
        $(pending);
        $(await pending);
      `),
    ).toEqual(['no', expect.stringMatching(/^chatModel /u)]);
  });

  test('a name of another package stays foreign beside LangChain', () => {
    expect(
      shown(code`
        import { ChatOpenAI } from './fork';
        import '@langchain/core/messages';
        $(new ChatOpenAI());
      `),
    ).toEqual(['no']);
    expect(shown(`import '@langchain/core/messages';\n$(new ChatOpenAI());`)).toEqual(['unknown']);
  });
});

describe('names', () => {
  test('const, alias, as, satisfies, non-null', () => {
    expect(
      shown(code`
        ${openai}
        const model = new ChatOpenAI();
        const alias = model;
        $(alias as any);
        $(alias satisfies object);
        $(alias!);
        $((0, alias));
      `),
    ).toEqual([model, model, model, model]);
  });

  test('let counts when every write is one', () => {
    expect(
      shown(code`
        ${openai}
        let m = new ChatOpenAI();
        if (x) m = new ChatAnthropic();
        $(m);
      `),
    ).toEqual(['chatModel ChatOpenAI | chatModel ChatAnthropic']);
    expect(shown(`${openai}let m;\nm = new ChatOpenAI();\n$(m);`)).toEqual([model]);
    expect(
      shown(code`
        ${openai}
        let m = null;
        function init() { m = new ChatOpenAI(); }
        $(m);
      `),
    ).toEqual([`${model}?`]);
    expect(shown(`${openai}let m = new ChatOpenAI();\nm = getModel();\n$(m);`)).toEqual(['unknown']);
    expect(
      shown(code`
        ${openai}
        let m = new ChatOpenAI();
        m = { invoke() {} };
        $(m);
      `),
    ).toEqual(['unknown']);
    expect(shown(`${openai}let m;\n({ m } = { m: new ChatOpenAI() });\n$(m);`)).toEqual([model]);
    expect(shown(`${openai}let m = new ChatOpenAI();\n[m] = load();\n$(m);`)).toEqual(['unknown']);
    expect(shown(`${openai}let m = new ChatOpenAI();\nm += 1;\n$(m);`)).toEqual(['unknown']);
  });

  test('an annotation says what writes do not', () => {
    expect(
      shown(code`
        ${openai}
        let m: ChatOpenAI | null = null;
        export function init(given) { m = given; }
        $(m);
      `),
    ).toEqual([`${model}?`]);
  });

  test('cycles end', () => {
    expect(shown(`${openai}let a = b;\nlet b = a;\n$(a);\n$(b);`)).toEqual(['unknown', 'unknown']);
    expect(
      shown(code`
        ${openai}
        let a = new ChatOpenAI();
        let b = a;
        a = b;
        $(a);
        $(b);
      `),
    ).toEqual([model, model]);
    expect(shown(`${openai}function f() { return f(); }\n$(f());`)).toEqual(['unknown']);
    expect(shown(`${openai}class A extends A {}\n$(new A());`)).toEqual([expect.stringMatching(/^(?:no|unknown)$/u)]);
  });

  test('literals that hold themselves end', () => {
    expect(
      shown(code`
        ${openai}
        let s = { m: new ChatOpenAI() };
        s = { ...s, done: true };
        $(s.m);
      `),
    ).toEqual([model]);
    expect(
      shown(code`
        ${openai}
        let s = {};
        if (x) s = { ...s, a: s.b }; else s = { ...s, b: s.a };
        $(s.a);
        $(s.b.a);
      `),
    ).toEqual(['unknown', 'unknown']);
    expect(
      shown(
        code`
          ${openai}
          let all = [new ChatOpenAI()];
          all = [...all, new ChatOpenAI()];
          $(all[0]);
          for (const each of all) $(each);
        `,
      ),
    ).toEqual(['unknown', 'chatModel ChatOpenAI | chatModel ChatOpenAI']);
  });

  test('the answer does not depend on who is asked first', () => {
    const source = code`
      ${openai}
      let a = b;
      let b = c;
      let c = new ChatOpenAI();
      c = a;
    `;
    expect(shown(`${source}$(a);\n$(b);\n$(c);`)).toEqual([model, model, model]);
    expect(shown(`${source}$(c);\n$(b);\n$(a);`)).toEqual([model, model, model]);
  });

  test('shadowing', () => {
    expect(
      shown(
        code`
          ${openai}
          const model = new ChatOpenAI();
          function f(model) { $(model); }
          { const model = 1; $(model); }
          $(model);
        `,
      ),
    ).toEqual(['unknown', 'no', model]);
  });

  test('globals that nothing defines', () => {
    expect(shown(`${openai}$(model);\n$(window.model);\n$(globalThis.model());`)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
});

describe('alternatives', () => {
  test('conditional and logical expressions', () => {
    expect(
      shown(code`
        ${openai}
        const openai = new ChatOpenAI();
        $(fast ? openai : new ChatAnthropic());
        $(fast ? openai : undefined);
        $(openai ?? new ChatAnthropic());
        $(given ?? new ChatOpenAI());
        $(enabled && openai);
        $(fast ? openai : load());
      `),
    ).toEqual([
      `${model} | chatModel ChatAnthropic`,
      `${model}?`,
      `${model} | chatModel ChatAnthropic`,
      expect.stringMatching(/ChatOpenAI/u),
      `${model}?`,
      'unknown',
    ]);
  });

  test('??= and ||= give what they assign', () => {
    expect(
      shown(code`
        ${openai}
        let cached;
        export const get = () => (cached ??= new ChatOpenAI());
        $(get());
        $(cached);
      `),
    ).toEqual([model, model]);
    expect(
      shown(code`
        ${openai}
        let cached;
        function get() { cached ||= new ChatOpenAI(); return cached; }
        $(get());
      `),
    ).toEqual([model]);
  });

  test('certain: nothing else can stand in its place', () => {
    const certain = (source: string): boolean[] =>
      resolveAll(source).map((resolution) => resolution.is === 'yes' && resolution.value.certain);
    expect(
      certain(code`
        ${openai}
        const m = new ChatOpenAI();
        $(m);
        $(m.bindTools([]));
      `),
    ).toEqual([true, true]);
    expect(
      certain(
        code`
          ${openai}
          function f(m: ChatOpenAI, n = new ChatOpenAI()) { $(m); $(n); }
          $(given ?? new ChatOpenAI());
          $(c ? new ChatOpenAI() : new ChatAnthropic());
        `,
      ),
    ).toEqual([false, false, false, false]);
    expect(certain(`${openai}class Mine extends ChatOpenAI {}\n$(new Mine());`)).toEqual([false]);
  });
});

describe('objects, arrays, destructuring', () => {
  test('object properties', () => {
    expect(
      shown(code`
        ${openai}
        const models = {
          fast: new ChatOpenAI(),
          'deep one': new ChatAnthropic(),
          nested: { inner: new ChatOpenAI() },
          get lazy() { return new ChatOpenAI(); },
        } as const;
        $(models.fast);
        $(models['deep one']);
        $(models.nested?.inner);
        $(models.lazy);
        $(models.missing);
        $(models[name]);
      `),
    ).toEqual([model, 'chatModel ChatAnthropic', model, model, 'unknown', 'unknown']);
  });

  test('a spread may bring a property, and a write may change it', () => {
    expect(
      shown(code`
        ${openai}
        const base = { m: new ChatOpenAI() };
        const all = { ...base, n: 1 };
        $(all.m);
      `),
    ).toEqual([model]);
    expect(
      shown(code`
        ${openai}
        const all = { m: new ChatOpenAI(), ...given };
        $(all.m);
      `),
    ).toEqual(['unknown']);
    expect(
      shown(code`
        ${openai}
        const all = { m: null };
        all.m = new ChatOpenAI();
        $(all.m);
      `),
    ).toEqual([`${model}?`]);
    expect(
      shown(code`
        ${openai}
        const all = {};
        all.m = new ChatOpenAI();
        $(all.m);
      `),
    ).toEqual([model]);
    expect(
      shown(code`
        ${openai}
        const all = { m: new ChatOpenAI() };
        all.m = load();
        $(all.m);
      `),
    ).toEqual(['unknown']);
  });

  test('destructuring with defaults and nesting', () => {
    expect(
      shown(code`
        ${openai}
        const { a, b: { c = new ChatOpenAI() } = {}, d: renamed } = { a: new ChatOpenAI(), d: new ChatAnthropic() };
        $(a);
        $(c);
        $(renamed);
        const [first, , third] = [new ChatOpenAI(), 1, new ChatAnthropic()];
        $(first);
        $(third);
        function answer({ llm = new ChatOpenAI(), tools } = {}) { $(llm); $(tools); }
      `),
    ).toEqual([model, model, 'chatModel ChatAnthropic', model, 'chatModel ChatAnthropic', model, 'unknown']);
  });

  test('elements of arrays', () => {
    expect(
      shown(code`
        ${openai}
        const models = [new ChatOpenAI(), new ChatAnthropic()];
        for (const each of models) $(each);
        $(models[0]);
        $(models.at(1));
        $(models[index]);
        models.map((each) => $(each));
        models.filter(Boolean).forEach((each) => { $(each); });
        for (const each of Object.values({ a: new ChatOpenAI(), b: new ChatOpenAI() })) $(each);
        for (const each of [new ChatOpenAI(), load()]) $(each);
        for (const [name, each] of [['a', new ChatOpenAI()]]) $(each);
      `),
    ).toEqual([
      'chatModel ChatOpenAI | chatModel ChatAnthropic',
      model,
      'chatModel ChatAnthropic',
      'chatModel ChatOpenAI | chatModel ChatAnthropic',
      'chatModel ChatOpenAI | chatModel ChatAnthropic',
      'chatModel ChatOpenAI | chatModel ChatAnthropic',
      'chatModel ChatOpenAI | chatModel ChatOpenAI',
      'unknown',
      model,
    ]);
  });

  test('await Promise.all of a written list', () => {
    expect(
      shown(code`
        import { initChatModel } from 'langchain';
        import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
        const [model, store] = await Promise.all([initChatModel('gpt-4o'), PGVectorStore.initialize(embeddings, {})]);
        $(model);
        $(store);
      `),
    ).toEqual([expect.stringMatching(/^chatModel /u), 'vectorStore PGVectorStore']);
  });
});

describe('classes', () => {
  test('fields: initialiser, constructor assignment, annotation, parameter property, ??=, getter', () => {
    expect(
      shown(code`
        ${openai}
        class Answers {
          fast = new ChatOpenAI();
          #secret = new ChatOpenAI();
          private slow: ChatAnthropic;
          lazy?: ChatOpenAI;
          static shared = new ChatOpenAI();
          constructor(private readonly llm: ChatOpenAI, given: ChatAnthropic, readonly other = new ChatOpenAI()) {
            this.slow = given;
            this.assigned = new ChatOpenAI();
          }
          get current() { return (this.cached ??= new ChatOpenAI()); }
          ask() {
            $(this.fast);
            $(this.#secret);
            $(this.slow);
            $(this.lazy);
            $(Answers.shared);
            $(this.llm);
            $(this.other);
            $(this.assigned);
            $(this.current);
            $(this.cached);
            const { fast } = this;
            $(fast);
            [1].map(() => $(this.fast));
            function plain() { $(this.fast); }
          }
        }
        $(new Answers().fast);
      `),
    ).toEqual([
      model,
      model,
      'chatModel ChatAnthropic',
      `${model}?`,
      model,
      model,
      model,
      model,
      model,
      model,
      model,
      model,
      'unknown',
      model,
    ]);
  });

  test('a field that something unknown is written to is unknown', () => {
    expect(
      shown(code`
        ${openai}
        class A { m = new ChatOpenAI(); set(x) { this.m = x; } ask() { $(this.m); } }
      `),
    ).toEqual(['unknown']);
  });

  test('heritage', () => {
    expect(
      shown(code`
        import { Runnable } from '@langchain/core/runnables';
        import { ChatOpenAI } from '@langchain/openai';
        class Mine extends ChatOpenAI { helper = new ChatOpenAI(); ask() { $(this); $(this.helper); } }
        class Step extends Runnable { }
        class Sub extends Step { }
        $(new Mine());
        $(new Sub());
      `),
    ).toEqual([model, model, model, 'runnable Runnable']);
  });
});

describe('functions', () => {
  test('same-file functions, methods and async ones', () => {
    expect(
      shown(code`
        ${openai}
        function make() { if (x) { return new ChatOpenAI(); } return new ChatOpenAI({ model: 'b' }); }
        const arrow = (name: string) => new ChatOpenAI({ model: name });
        async function later() { const m = new ChatOpenAI(); return m; }
        class Factory { make() { return new ChatOpenAI(); } static of() { return new ChatOpenAI(); } }
        const object = { make: () => new ChatOpenAI(), also() { return new ChatOpenAI(); } };
        $(make());
        $(arrow('a'));
        $(later());
        $(await later());
        $(new Factory().make());
        $(Factory.of());
        $(object.make());
        $(object.also());
        $((() => new ChatOpenAI())());
        function* many() { return new ChatOpenAI(); }
        $(many());
        function mixed() { if (x) return 1; return new ChatOpenAI(); }
        $(mixed());
      `),
    ).toEqual([
      'chatModel ChatOpenAI | chatModel ChatOpenAI',
      model,
      'no',
      model,
      model,
      model,
      model,
      model,
      model,
      'unknown',
      'unknown',
    ]);
  });

  test('a return type says what the body does not', () => {
    expect(
      shown(code`
        import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
        function make(): BaseChatModel { return registry.get('x'); }
        async function later(): Promise<BaseChatModel> { return registry.get('x'); }
        declare function declared(): BaseChatModel;
        $(make());
        $(await later());
        $(later());
      `),
    ).toEqual(['chatModel BaseChatModel', 'chatModel BaseChatModel', 'no']);
  });

  test('parameters: annotation, default, constraint', () => {
    expect(
      shown(code`
        import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
        import { Runnable } from '@langchain/core/runnables';
        import * as lc from '@langchain/openai';
        type Model = BaseChatModel | lc.ChatOpenAI;
        interface Deps { llm: BaseChatModel; tools?: string[] }
        function run<T extends Runnable>(
          chain: T,
          a: lc.ChatOpenAI,
          b?: Model,
          { llm }: Deps,
          { d }: { d: BaseChatModel },
          list: BaseChatModel[],
          e: Readonly<Deps>,
          f = new lc.ChatOpenAI(),
          g
        ) {
          $(chain); $(a); $(b); $(llm); $(d); $(list[0]); for (const each of list) $(each); $(e.llm); $(f); $(g);
        }
      `),
    ).toEqual([
      'runnable Runnable',
      model,
      'chatModel BaseChatModel | chatModel ChatOpenAI?',
      'chatModel BaseChatModel',
      'chatModel BaseChatModel',
      'unknown',
      'chatModel BaseChatModel',
      'chatModel BaseChatModel',
      model,
      'unknown',
    ]);
  });

  test('utility types over same-file functions', () => {
    expect(
      shown(code`
        ${openai}
        const make = async () => new ChatOpenAI();
        function use(
          a: Awaited<ReturnType<typeof make>>,
          b: InstanceType<typeof ChatOpenAI>,
          c: any,
          d: import('@langchain/openai').ChatOpenAI,
          e: typeof import('@langchain/openai')
        ) {
          $(a); $(b); $(c); $(c as ChatOpenAI); $(<ChatOpenAI>c); $(d); $(e);
        }
      `),
    ).toEqual([model, model, 'unknown', model, model, model, 'unknown']);
  });
});

describe('builders', () => {
  test('the methods that derive: pipe, the with… and as… ones, bindTools, bind, assign, pick, map', () => {
    expect(
      shown(code`
        import { ChatPromptTemplate } from '@langchain/core/prompts';
        import { StringOutputParser } from '@langchain/core/output_parsers';
        import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
        import { ChatOpenAI } from '@langchain/openai';
        const model = new ChatOpenAI();
        const prompt = ChatPromptTemplate.fromTemplate('{x}');
        const chain = prompt.pipe(model).pipe(new StringOutputParser());
        $(chain);
        $(model.bindTools!(tools));
        $(model.withStructuredOutput(schema));
        $(model.withConfig({}).withRetry().withFallbacks([other]));
        $(chain.assign({}).pick('x'));
        $(chain.asTool({}));
        $(model.bind({ stop: [] }));
        $(prompt.map());
        $(new MemoryVectorStore(embeddings).asRetriever({ k: 3 }));
        $(await prompt.partial({}));
        $(model.unknownMethod());
        $(await model.invoke('x'));
      `),
    ).toEqual([
      'sequence RunnableSequence',
      model,
      'sequence RunnableSequence',
      model,
      'sequence RunnableSequence',
      'tool RunnableToolLike',
      model,
      'runnable RunnableEach',
      'retriever VectorStoreRetriever',
      'prompt ChatPromptTemplate',
      'unknown',
      'unknown',
    ]);
  });

  test('the steps of a sequence', () => {
    const steps = (source: string): string[] =>
      resolveAll(source)
        .flatMap((resolution) => (resolution.is === 'yes' ? (resolution.value.steps ?? []) : []))
        .map((step) => (step.is === 'yes' ? step.value.kind : step.is));
    const head = code`
      import { RunnableSequence } from '@langchain/core/runnables';
      import { ChatPromptTemplate } from '@langchain/core/prompts';
      import { ChatOpenAI } from '@langchain/openai';
      const prompt = ChatPromptTemplate.fromTemplate('{x}');
      const model = new ChatOpenAI();
    `;
    expect(steps(`${head}$(prompt.pipe(model).pipe(parse));`)).toEqual(['prompt', 'chatModel', 'unknown']);
    expect(steps(`${head}$(RunnableSequence.from([prompt, model, load()]));`)).toEqual([
      'prompt',
      'chatModel',
      'unknown',
    ]);
    expect(steps(`${head}$(RunnableSequence.from(list));`)).toEqual(['unknown']);
    expect(steps(`${head}$(RunnableSequence.from([prompt, model]).pipe(model));`)).toEqual([
      'prompt',
      'chatModel',
      'chatModel',
    ]);
  });

  test('a state graph of thirty calls', () => {
    const nodes = Array.from({ length: 30 }, (_, index) => `.addNode('n${String(index)}', fn)`).join('');
    expect(
      shown(
        code`
          import { StateGraph, Annotation } from '@langchain/langgraph';
          const app = new StateGraph(State)${nodes}.addEdge('a', 'b').compile();
          $(app);
        `,
      ),
    ).toEqual(['graph CompiledStateGraph']);
    expect(
      shown(
        code`
          import { StateGraph } from '@langchain/langgraph';
          const workflow = new StateGraph(State);
          workflow.addNode('a', f);
          $(workflow.compile({ checkpointer }));
        `,
      ),
    ).toEqual(['graph CompiledStateGraph']);
  });

  test('agents and graphs of factories', () => {
    expect(
      shown(code`
        import { createAgent, tool } from 'langchain';
        import { createReactAgent } from '@langchain/langgraph/prebuilt';
        $(createAgent({ model: 'openai:gpt-4o', tools: [] }));
        $(createReactAgent({ llm, tools: [] }));
        $(tool(async () => 'x', { name: 'x' }));
      `).map((each) => each.split(' ')[0]),
    ).toEqual(['agent', 'graph', 'tool']);
  });

  test('a builder on alternatives keeps them', () => {
    expect(
      shown(code`
        ${openai}
        const m = c ? new ChatOpenAI() : new ChatAnthropic();
        $(m.bindTools(tools));
      `),
    ).toEqual([`${model} | chatModel ChatAnthropic`]);
  });

  test('not every value has every builder', () => {
    expect(
      shown(code`
        import { OpenAIEmbeddings } from '@langchain/openai';
        $(new OpenAIEmbeddings().pipe(x));
      `),
    ).toEqual(['unknown']);
    expect(
      shown(code`
        import { createAgent } from 'langchain';
        $(createAgent({}).pipe(x));
      `),
    ).toEqual(['unknown']);
  });
});

describe('chosen when it runs', () => {
  const both = `${model} | chatModel ChatAnthropic`;

  test('a member of a record by a computed name', () => {
    expect(
      shown(code`
        ${openai}
        import { local } from './local';
        const models = { fast: new ChatOpenAI(), smart: new ChatAnthropic() };
        $(models[name]);
        const mixed = { fast: new ChatOpenAI(), local };
        $(mixed[name]);
        const changed = { fast: new ChatOpenAI() };
        changed[name] = local;
        $(changed[name]);
        const spread = { ...models, fast: new ChatOpenAI() };
        $(spread[name]);
      `),
    ).toEqual([both, 'unknown', 'unknown', 'unknown']);
  });

  test('one of several functions', () => {
    expect(
      shown(code`
        ${openai}
        const fast = () => new ChatOpenAI();
        const smart = () => new ChatAnthropic();
        $((c ? fast : smart)());
        const makers = { fast, smart };
        $(makers[name]());
        $([fast, smart][i]());
        $((c ? fast : load)());
      `),
    ).toEqual([both, both, both, 'unknown']);
  });
});

describe('functions without a body', () => {
  test('the return type of a declared function', () => {
    expect(
      shown(code`
        ${openai}
        declare function getModel(): ChatOpenAI;
        $(getModel());
        declare function openModel(): Promise<ChatOpenAI>;
        $(await openModel());
        declare function choose(name: string): ChatOpenAI;
        declare function choose(name: number): string;
        $(choose(name));
      `),
    ).toEqual([model, model, 'unknown']);
  });

  test('the return type of a method that is abstract or of an interface', () => {
    expect(
      shown(code`
        ${openai}
        abstract class Base {
          protected abstract model(): ChatOpenAI;
          run() { $(this.model()); }
        }
        interface Models {
          chat(): ChatOpenAI;
          choose(name: string): ChatOpenAI;
          choose(name: number): string;
        }
        function run(models: Models) {
          $(models.chat());
          $(models.choose(name));
        }
      `),
    ).toEqual([model, model, 'unknown']);
  });
});

describe('compiled CommonJS', () => {
  test('__importStar, __importDefault, tslib, (0, x.fn)()', () => {
    expect(
      shown(code`
        "use strict";
        var __importStar = (this && this.__importStar) || (function () { return function (mod) { return mod; }; })();
        const tslib_1 = require("tslib");
        const openai_1 = require("@langchain/openai");
        const star = __importStar(require("@langchain/openai"));
        const viaTslib = tslib_1.__importStar(require("@langchain/openai"));
        const prebuilt_1 = require("@langchain/langgraph/prebuilt");
        $(new openai_1.ChatOpenAI());
        $(new star.ChatOpenAI());
        $(new viaTslib.ChatOpenAI());
        $((0, prebuilt_1.createReactAgent)({}));
      `).map((each) => each.split(' ')[0]),
    ).toEqual(['chatModel', 'chatModel', 'chatModel', 'graph']);
  });
});

describe('reasons', () => {
  test.each([
    [`${openai}$(load());`, 'is the result of `load()`'],
    [`${openai}function f(x) { $(x); }`, 'is a parameter without a LangChain type'],
    [`${openai}$(models[i]);`, 'is a member whose name is computed'],
    [`${openai}import pg from 'pg';\n$(new pg.Pool());`, 'comes from `pg`'],
    [
      "import { Nothing } from '@langchain/openai';\n$(new Nothing());",
      'is an instance of `Nothing`, which is not in the catalogue',
    ],
    [
      code`
        ${openai}
        async function f() { return new ChatOpenAI(); }
        $(f());
      `,
      'is a promise of a LangChain value',
    ],
  ])('%s', (source, expected) => {
    expect(reason(source)).toBe(expected);
  });
});

describe('odd code', () => {
  test('deep nesting', () => {
    const nested = 'f('.repeat(400) + 'x' + ')'.repeat(400);
    expect(shown(`${openai}$(${nested});`)).toEqual(['unknown']);
  });

  test('a chain is followed to its end, however long', () => {
    const chained = `new ChatOpenAI()${'.withConfig({})'.repeat(400)}`;
    expect(shown(`${openai}const m = ${chained};\n$(m);\n$(m.withRetry());`)).toEqual([
      'chatModel ChatOpenAI',
      'chatModel ChatOpenAI',
    ]);
  });

  test('one of a hundred values is told, one of more is not', () => {
    const oneOf = (count: number): string =>
      code`
        ${openai}
        let m = new ChatOpenAI();
        ${'if (c()) m = new ChatOpenAI();\n'.repeat(count - 1)}$(m);
      `;
    expect(shown(oneOf(100))).toEqual([Array.from({ length: 100 }, () => 'chatModel ChatOpenAI').join(' | ')]);
    expect(reason(oneOf(101))).toBe('may be one of too many values');
  });
});
