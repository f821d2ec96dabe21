/** Programs that parse and are unlike what rules expect: each is linted by every rule, which must not throw. */

/** Opens the import gate, and gives the samples values of every kind to stumble over. */
export const HEAD = `
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { RunnableSequence, RunnableLambda } from '@langchain/core/runnables';
import { StateGraph, Annotation, START, Send } from '@langchain/langgraph';
import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
import { initChatModel, createAgent, tool } from 'langchain';
import pLimit from 'p-limit';
import express from 'express';
const model = new ChatOpenAI({ maxConcurrency: 5, timeout: 20 });
const embeddings = new OpenAIEmbeddings();
const chain = ChatPromptTemplate.fromTemplate('{x}').pipe(model);
const app = express();
`;

/** Valid in JavaScript and in TypeScript. */
export const JAVASCRIPT_SOUP: Readonly<Record<string, string>> = {
  'odd calls of a model': `
    model.invoke(); model.batch(); model.batch(...xs); model.batch([], ...ys); model.batch(xs, null);
    model.batch(xs, undefined);
    model.batch(xs, []); model.batch(xs, [{ maxConcurrency: 1 }, ...rest]); model.batch(xs, {}, {});
    model.batch([, , 1]);
    model['batch'](xs); model[\`batch\`](xs); model['ba' + 'tch'](xs); model[batch](xs); model?.batch?.(xs);
    (model?.batch)(xs);
    model.batch\`tagged\`; new model.batch(xs); model.batch.call(model, xs); model.batch.apply(model, [xs]);
    model.batch.bind(model)(xs);
    Reflect.apply(model.batch, model, [xs]); delete model.batch; model.batch = null; typeof model.batch(xs);
    void model.batch(xs);
    (0, model.batch)(xs); (model.batch || other)(xs); (c ? model : null).batch(xs); (model, chain).batch(xs);`,
  'odd constructions': `
    new ChatOpenAI; new ChatOpenAI(...args); new ChatOpenAI(null); new ChatOpenAI('gpt'); new ChatOpenAI([]);
    new (ChatOpenAI)({});
    new (class extends ChatOpenAI {})(); new (c ? ChatOpenAI : Other)(); new ChatOpenAI({ ...o });
    new ChatOpenAI({ [k]: 1, ['timeout']: 2 });
    new ChatOpenAI({ get timeout() { return 1; }, set timeout(v) {}, timeout() {} }); new ChatOpenAI({ timeout });
    new ChatOpenAI({ timeout: -1 }); new ChatOpenAI({ timeout: 1n }); new ChatOpenAI({ timeout: '20' });
    new ChatOpenAI({ timeout: 5 ** 2 * 1e3 / 0 });
    new ChatOpenAI({ timeout: NaN, maxConcurrency: Infinity });
    new ChatOpenAI({ 'timeout': 0x14, 1: 2, __proto__: null });
    new ChatOpenAI({ configuration: null, clientOptions: [], timeout: timeout ?? (x ||= 20) });
    ChatOpenAI({ timeout: 20 });
    new ChatOpenAI({ timeout: Number(process.env.T ?? 20) }); new ChatOpenAI({ timeout: parseInt() });
    new ChatOpenAI({ timeout: +'' });`,
  'odd promise combinators': `
    Promise.all(); Promise.all(...xs); Promise.all(null); Promise.all([]);
    Promise.all([, ...xs.map(x => model.invoke(x)), ,]); Promise['all'](xs.map(f));
    Promise?.all?.(xs.map((x) => model.invoke(x))); Promise.all(xs.map()); Promise.all(xs.map(...fs));
    Promise.all(xs.map(model.invoke, model));
    Promise.all(xs.map(async function* () { yield model.invoke(1); }));
    Promise.all(xs.map(({ a: [b = model.invoke()] = [] }) => b));
    Promise.all(xs.map((x) => { throw model.invoke(x); })); Promise.all((await ys).map((x) => model.invoke(x)));
    Promise.all(new Set(xs));
    Promise.all(Array.from()); Promise.all(Array.from({ length: n }, () => model.invoke(n)));
    Promise.all([...Array(n)].map((_, i) => model.invoke(i)));
    Promise.all(xs.map((x) => x.map((y) => y.map((z) => model.invoke(z))))).then();
    await Promise.all(Promise.all(Promise.all(xs.map((x) => chain.invoke(x)))));
    const { all } = Promise; all(xs.map((x) => model.invoke(x)));
    Promise.all.call(Promise, xs.map((x) => model.invoke(x)));`,
  'loops and labels': `
    outer: for (;;) { inner: while (true) { if (a) continue outer; else break inner; new ChatOpenAI(); } do ;
      while (b); break; }
    for (var i in xs) for (const [k, { v }] of Object.entries(xs)) new ChatOpenAI({ k, v }); for (x.y of ys) ;
    for ([a, b] of c) model.invoke(a);
    for (let m = new ChatOpenAI(), j = 0; j < m.length; j++, m.invoke()) ; for (const x of xs) ;
    async function f() { for await (const chunk of await model.stream('')) if (chunk) return model.invoke(chunk); }
    lbl: { break lbl; } switch (model.invoke()) { case chain: default: { new ChatOpenAI(); } }
    while (await model.invoke()) new ChatOpenAI(); if (a) new ChatOpenAI(); else for (;;) model.batch(xs);`,
  'destructuring and aliases': `
    const { invoke, ...rest } = model; invoke(); rest.batch();
    const { a: { b: { c = new ChatOpenAI() } = {} } = {} } = {}; c.invoke();
    const [m1, , [m2] = [model], ...ms] = [model, 1]; m1.batch(xs); m2.batch(xs); ms[0].batch(xs);
    let a1 = b1; let b1 = a1; a1.batch(xs); let z = model; z = z.bindTools([]); z = z; z.invoke();
    ({ p: z } = { p: model }); [z] = [model];
    const self = self; self.invoke(); var v1; var v1; v1.batch(xs); { let model = model; } 
    let lazy; const get = () => (lazy ??= new ChatOpenAI()); get().batch(xs); const rec = () => rec(); rec().invoke();
    const r2 = function r2() { return r2; }; r2().batch(xs);
    const o = { model, o: null, get self() { return this; }, ['x' + 1]: model, async *[Symbol.iterator]() {},
      __proto__: chain }; o.self.self.model.batch(xs); o[0].batch(xs);
    const { [key()]: dyn = model } = o; dyn.batch(xs);`,
  classes: `
    class A extends (class extends ChatOpenAI {}) {
      static { this.m = new ChatOpenAI(); for (;;) this.m.batch(xs); } #p = model; static #s; accessor;
      'quoted' = chain; 42 = 1;
      #m() { return this.#p.batch(this.#p); } get #g() { return this.#m();
      } static async *[Symbol.asyncIterator]() { yield* super.x; }
      constructor() { super(...arguments); this.m ??= new ChatOpenAI(); this['n'] = model; ({ a: this.q } = {});
      #p in this; }
      async invoke(x) { return super.invoke(x); } batch = (xs) => super.batch(xs); }
    class B { m = this.m; f = this.g(); g() { return this.f; } } new B().m.batch(xs); class C extends C {}
    class D extends null {} class E extends (0, ChatOpenAI) {}
    (class {}).m?.batch(xs); class F extends mixin(ChatOpenAI) { run() { return this.invoke(1); } }`,
  'functions of every kind': `
    function* gen() { const x = yield model.invoke(); yield* xs.map((y) => model.invoke(y)); }
    async function* agen() { yield await model.batch(yield); }
    const arrow = async (a = model.invoke(), { b = new ChatOpenAI() } = {}, ...[c]) => ({ a, b, c });
    (async () => { await arrow(); })(); +function () { model.invoke(); }();
    function hoisted(cb = () => hoisted()) { return cb?.(); } hoisted(hoisted(hoisted));
    xs.map(hoisted.bind(null, model)); xs.forEach(async function named() { named; await model.invoke(); });
    const mutual = (x) => mutual2(x); function mutual2(x) { return mutual(x); } Promise.all(xs.map(mutual));
    Promise.all(xs.map(mutual2)); app.get('/', mutual);
    tag\`\${model.invoke()} \${\`\${new ChatOpenAI()}\`}\`; String.raw\`\\u\`;
    import('@langchain/openai').then(({ ChatOpenAI }) => new ChatOpenAI()); import.meta.url; (async () => {})`,
  handlers: `
    app.get(); app.get('/'); app.get('/', ...hs);
    app.get('/', null, [a, [b]], async (req, res) => { new ChatOpenAI(); model.invoke();
      res.json(await model.batch(req.body)); });
    app['post']('/', handler); app[verb]('/', () => new ChatOpenAI());
    app.use(express.Router().get('/', (q, s, n) => n(model.invoke(q))));
    app.route('/').get(h).post((r, s) => s.end(model));
    export const GET = async (request) => new Response(await model.invoke(await request.text())), POST = GET;
    export async function PUT() { 'use server'; return model; } export { PUT as DELETE };
    exports.handler = async (event) => model.invoke(event); module.exports = { handler: (e) => new ChatOpenAI() };
    module.exports.handler = exports.handler;
    export default { fetch: () => new ChatOpenAI(), async queue(batch) { batch.batch(); } };
    const t = tool(async ({ x }) => model.invoke(x), {}); tool(); tool(...a);
    new StateGraph().addNode('a', async (s) => new ChatOpenAI().invoke(s)).addNode(...n).addNode().addEdge(START,
      'a').compile().invoke();
    new StateGraph(Annotation.Root({})).addNode({ a: () => model.invoke(), ...b }).addConditionalEdges('a',
      (s) => s.xs.map((x) => new Send('a', x))).compile(); createAgent();
      createAgent({ model: 'x', tools: [t, ...ts] }).invoke();`,
  'sparse syntax': `
    ;;; if (a); else; {} ({}); []; () => {}; async () => {}; (() => {})(); label: ; debugger; 'use strict'; null;
    undefined; this; /re/giu; 1_000; 0b1; 0o7; 1n; a?.b?.[c]?.(d); a ??= b; a ||= b; a &&= b; a ** b;
    try { model.invoke(); } catch { new ChatOpenAI(); } finally { for (;;) break; } throw model.invoke();
    var { length } = ''; export {}; export * from './x.js'; export * as ns from './y.js'; import './side-effect.js';`,
  'RunnableSequence and friends': `
    RunnableSequence.from(); RunnableSequence.from([]); RunnableSequence.from([, model, ...steps]);
    RunnableSequence.from(steps).batch(xs); RunnableSequence['from']([model]).invoke();
    chain.pipe().pipe(null).pipe(...x).pipe(model.pipe(chain)).withConfig().withRetry().withFallbacks([]).batch(xs);
    model.bindTools().withStructuredOutput().invoke(); new RunnableLambda().batch(); RunnableLambda.from();
    await PGVectorStore.initialize(); PGVectorStore.fromDocuments(...docs);
    (await PGVectorStore.fromTexts()).asRetriever().invoke(); new PGVectorStore().asRetriever(100)?.batch();
    await initChatModel().batch(xs); (await initChatModel()).batch(xs);
    embeddings.embedQuery(); xs.map(embeddings.embedQuery); Promise.all(xs.map((x) => embeddings.embedQuery(x)));
    const limit = pLimit(); pLimit(Infinity)(() => model.invoke()); pLimit(...n);
    Promise.all(xs.map((x) => limit(() => model.invoke(x))));`,
};

/** TypeScript only. */
export const TYPESCRIPT_SOUP: Readonly<Record<string, string>> = {
  decorators: `
    @Injectable() @(foo.bar)() class S { @Input() private readonly m: ChatOpenAI; @prop accessor y = model;
      constructor(@Inject(X) private readonly llm: ChatOpenAI, @Dec() public b?: any,
      protected override readonly c = new ChatOpenAI()) {}
      @Get(':id') async find(@Param('id') id: string): Promise<unknown> { new ChatOpenAI();
      return this.llm.batch([id]); } @Post() create = async () => this.llm.invoke(1); @Sub static x;
      @Cron('* * * * *') private tick() { this.m.invoke(); } }
    @Controller export default class extends S {}`,
  'using declarations': `
    function scope() { using m = new ChatOpenAI(); m.batch(xs); }
    async function ascope() { await using store = await PGVectorStore.initialize(e, c);
      for (using x of xs) x.invoke(); await store.similaritySearch(''); }`,
  'enums, namespaces and declarations': `
    enum E { A = 1, B = A << 1, 'c d' = 'x'.length } const enum CE { T = 20 } declare enum DE { X }
    new ChatOpenAI({ timeout: E.A, maxConcurrency: CE.T });
    namespace N.M { export const model = new ChatOpenAI(); for (;;) model.batch(xs); }
    declare module 'x' { export const m: ChatOpenAI; } declare global { var g: ChatOpenAI; } N.M.model.batch(xs);
    g.batch(xs);
    abstract class Abs { abstract m: ChatOpenAI; abstract run(): Promise<void>; declare d: ChatOpenAI;
      [k: string]: any; readonly #r!: ChatOpenAI; go() { this.m.batch(xs); this.d.batch(xs); this.#r.batch(xs); } }
    import fs = require('node:fs'); import Alias = N.M; export import Out = N.M; declare const ambient: ChatOpenAI;
    ambient.batch(xs); declare function df(m: ChatOpenAI): ChatOpenAI; df(model).batch(xs);`,
  'overloads and signatures': `
    function over(x: string): ChatOpenAI; function over(x: number): Promise<ChatOpenAI>;
    function over(x: any): any { return x; } over('').batch(xs); (await over(1)).batch(xs);
    class O { m(x: 1): ChatOpenAI; m(x: any): any {} constructor(); constructor(x?: any) {} } new O().m(1).batch(xs);
    function isModel(x: unknown): x is ChatOpenAI { return true; }
    function asserts(x: unknown): asserts x is ChatOpenAI {}
    function self(this: ChatOpenAI, ...rest: [ChatOpenAI, number?]): typeof this { this.batch(rest); return this; }
    type Fn = new (...a: any[]) => ChatOpenAI; const fn: Fn = ChatOpenAI; new fn().batch(xs);`,
  'a JSX spread child': `const el = <A>{...xs.map((x) => model.invoke(x))}</A>;`,
  'type syntax around values': `
    (model as any as ChatOpenAI)!.batch(xs); model satisfies ChatOpenAI; (model as const)!.invoke!<string>(1);
    const x: ChatOpenAI | null | undefined = null; x?.batch(xs); const y: typeof model = z; y.batch(xs);
    const m: import('@langchain/openai').ChatOpenAI = q; m.batch(xs); const g: Promise<Awaited<ChatOpenAI>>[] = [];
    (await g[0]).batch(xs); const rec: Record<string, ChatOpenAI> = {}; rec.a.batch(xs); rec['b']?.batch(xs);
    type T1 = T2; type T2 = T1; const cyc: T1 = z; cyc.batch(xs); interface I extends I { m: I; } const ii: I = z;
    ii.m.m.batch(xs); const u: keyof ChatOpenAI = 'batch'; model[u](xs); const inst = ChatOpenAI<string>;
    new inst().batch(xs);
    const tup: [a: ChatOpenAI, b?: ChatOpenAI, ...rest: ChatOpenAI[]] = z; tup[0].batch(xs);
    const cond: T1 extends infer U ? U : never = z; cond.invoke();
    const mapped: { readonly [K in 'a']-?: ChatOpenAI } = z; mapped.a.batch(xs);
    function gen<const T extends ChatOpenAI = ChatOpenAI>(t: T, { m = t }: { m?: T } = {}) { t.batch(xs); m.batch(xs);
      Promise.all(xs.map((x) => t.invoke(x))); } gen<ChatOpenAI>(model); let def!: ChatOpenAI; def.batch(xs);`,
};

/** Parsed with JSX on. */
export const JSX_SOUP: Readonly<Record<string, string>> = {
  JSX: `
    export default async function Page({ params: { id } }) { const m = new ChatOpenAI(); const r = model.invoke(id);
      return <><Foo.Bar {...r} {...await m.batch(xs)} a={r} b="c" d:e={<></>} f>
        {xs.map((x) => <Item key={x} v={model.invoke(x)} />)}{/* c */}</Foo.Bar></>; }
    const C = () => { useEffect(() => { model.invoke(''); }, [model]);
      return <button onClick={async () => { await model.batch(xs); }}>{model.stream('')}</button>; };`,
};

/** Parsed as a `.ts` file, where `<` opens a type. */
export const ANGLE_BRACKET_SOUP = `
    (<ChatOpenAI>model).batch(xs); (<any>model)!.invoke(1);
    const f = <T,>(t: T) => (<ChatOpenAI><unknown>t).batch(xs); f<string>(''); <void>model.invoke(1);
    Promise.all(<Promise<unknown>[]>xs.map((x) => <unknown>model.invoke(x)));
    new (<typeof ChatOpenAI>ChatOpenAI)({ timeout: <number>20 }); (<any>await model.stream(1)).x;`;

const OPENAI = "import { ChatOpenAI } from '@langchain/openai';\n";

/** Modules on which a rule, or what it offers, once failed. */
export const FOUND: Readonly<Record<string, string>> = {
  'a class of JavaScript, which espree gives no list of interfaces': `${OPENAI}
const model = new ChatOpenAI();
export class Warmup {
  async run(prompt) {
    model.invoke(prompt);
  }
}
`,
  'a client below a loop that stands on one line with its function, without semicolons': `${OPENAI}
export async function summarize(docs) { for (const doc of docs) {
    const model = new ChatOpenAI({ temperature: 0 })
    await model.invoke(doc)
  }
}
`,
  'a lazy client with a statement behind the imports on their line': `${OPENAI}
import express from 'express'; const prompt = [
  'Summarize:', 'in one sentence'];
const app = express();
app.post('/chat', async (req, res) => {
  if (req.body.deep) return res.json(await new ChatOpenAI({ model: 'o3' }).invoke([...prompt, req.body.text]));
  res.json({ text: req.body.text });
});
`,
  'a client in the head of a loop and of an if': `${OPENAI}
export async function POST(request) {
  let tries = 0;
  do {
    tries++;
  } while (new ChatOpenAI());
  if (new ChatOpenAI()) return Response.json(tries);
  switch (new ChatOpenAI()) {
    default:
      return Response.json(await request.text());
  }
}
`,
  'a pushed call that waits for one of its arguments': `${OPENAI}
import pLimit from 'p-limit';
const model = new ChatOpenAI();
const limit = pLimit(5);
export async function answerAll(questions) {
  const answers = [];
  for (const question of questions) answers.push(model.invoke(await question.text()));
  console.log(limit.pendingCount);
  return Promise.all(answers);
}
`,
};
