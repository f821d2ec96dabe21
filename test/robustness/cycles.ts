/** Programs in which every name refers to itself and to its neighbours, by whatever leads from one to another. */
import fc from 'fast-check';
import { code } from '../helpers/code.ts';

const HEAD = code`
  import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
  import { RunnableSequence, RunnableLambda } from '@langchain/core/runnables';
  import { PGVectorStore } from '@langchain/community/vectorstores/pgvector';
  import { StateGraph, START } from '@langchain/langgraph';
  import { createAgent, tool } from 'langchain';
  import pLimit from 'p-limit';
  import express from 'express';
  const app = express();
`;

type Names = readonly [a: string, b: string, c: string];
type Write = (...names: Names) => string;

/** Declarations with `var` may stand again for the same name. */
export const javascript: readonly Write[] = [
  (a) => `var ${a} = ${a};`,
  (a, b) => `var ${a} = ${b};`,
  (a) => `var ${a} = new ChatOpenAI({ maxConcurrency: 2 });`,
  (a, b) => `var ${a} = new ChatOpenAI(${b});`,
  (a, b) => `var ${a} = { ...${a}, ...${b}, timeout: 5 };`,
  (a, b) =>
    `var ${a} = { ...${b}, ...(${a} ? ${a} : {}), maxConcurrency: ${a}, configuration: { ...${a}.configuration } };`,
  (a, b) => `var ${a} = [...${a}, ...${b}, ${a}];`,
  (a, b) => `var ${a} = ${a} ? ${b} : ${a};`,
  (a, b) => `var ${a} = ${b} ?? ${a};`,
  (a, b, c) => `var { ${b} = ${a}, ...${c} } = ${a};`,
  (a, b) => `var [${a}, ${b} = ${a}] = [${b}, ${a}];`,
  (a, b) => `var ${a} = ${a} + ${b} * ${a};`,
  (a, b) => `var ${a} = \`\${${a}}\${${b}}\`.trim();`,
  (a, b) => `var ${a} = () => ${a}(${b});`,
  (a, b) => `var ${a} = async (${b} = ${a}) => await ${b}(${a}());`,
  (a, b) => `var ${a} = ${b}.bind(${a});`,
  (a, b) =>
    `var ${a} = class extends ${b} { m = this.m; n = new ${a}(); static s = ${a}.s; ` +
    'run() { return this.m.run(this.n); } };',
  (a, b) => `var ${a} = { get self() { return this.self; }, m: ${b}, n: ${a}, run() { return ${a}.run(${b}.n); } };`,
  (a, b) => `var ${a} = ${a}.pipe(${b}).pipe(${a}).withConfig(${b});`,
  (a, b) => `var ${a} = ${a}.withFallbacks([${a}, ${b}]).withRetry();`,
  (a, b) => `var ${a} = RunnableSequence.from([${a}, ${b}, (x) => ${a}.invoke(x)]);`,
  (a, b) => `var ${a} = new RunnableLambda({ func: (x) => ${a}.invoke(${b}) });`,
  (a, b) => `var ${a} = createAgent({ model: ${b}, tools: [${a}, ...${b}] });`,
  (a, b) => `var ${a} = tool(async (x) => ${a}.invoke(${b}), ${a});`,
  (a, b) => `var ${a} = new StateGraph(${b}).addNode('a', ${a}).addNode('b', ${b}).addEdge(START, 'a').compile();`,
  (a, b) => `var ${a} = await PGVectorStore.initialize(new OpenAIEmbeddings(${a}), { ...${b}, pool: ${a} });`,
  (a, b) => `var ${a} = ${b}.map((x) => ${a}.concat(x)).filter(${a});`,
  (a, b) => `var ${a} = pLimit(${a}), ${b} = ${a}(() => ${b}.invoke(${a}));`,
  (a, b) => `var ${a} = Promise.all(${a}.map((x) => ${b}.invoke(${a})));`,
  (a, b) => `var ${a} = ${a}.slice(0, ${b}.length), ${b} = ${b}.slice(${a});`,
  (a, b) => `${a} = ${b}; ${b} = ${a};`,
  (a, b) => `${a} ??= ${b}; ${b} ||= new ChatOpenAI(${a});`,
  (a, b) => `${a}.m = ${b}; ${b}.m = ${a}.m; ${a}.timeout = ${a}.timeout;`,
  (a, b) => `[${a}, ${b}] = [${b}, ${a}]; ({ ${a}, x: ${b} } = ${a});`,
  (a, b) => `${a}.push(${a}, ...${b}); ${a}.set(${a}, ${b});`,
  (a, b) => `function f${a}(${a}) { return ${a} ? f${b}(${a}) : f${a}(f${b}(${a})); } var ${a} = f${a}(${b});`,
  (a, b) => `async function g${a}(${b} = ${a}, x = x) { for (const y of ${b}) await g${a}(y, ${a}); return g${a}; }`,
  (a, b) => `for (var ${a} = new ChatOpenAI(); ;) { var ${a} = ${a}; ${a}.invoke(${b}); }`,
  (a, b) => `for (const x of ${a}) { var ${b} = new ChatOpenAI(${b}); var ${a} = ${b}; await ${a}.invoke(x); }`,
  (a) => `{ const ${a} = { ...${a}, timeout: 5 }; new ChatOpenAI(${a}).batch(${a}, ${a}); }`,
  (a) => `{ let ${a} = ${a}; const x = ${a}, y = x; ${a} = y; ${a}.batch([${a}]); }`,
  (a) => `{ class ${a} extends ${a} {} new ${a}().batch(${a}); }`,
  (a, b) => `{ class ${a} extends ${b} {} class ${b} extends ${a} {} new ${a}(new ${b}()).invoke(${a}); }`,
  (a, b) => `{ const ${a} = ${b}.m, ${b} = { m: ${a}, ...${b} }; ${a}.invoke(${b}); }`,
  (a, b) =>
    `app.post('/', async (req, res) => { var ${a} = new ChatOpenAI(${a}); ` +
    `var ${b} = ${a}, ${a} = ${b}; res.json(await ${b}.invoke(${a})); });`,
  (a, b) => `app.get('/', ${a}); app.get('/', (req, res) => ${b}(${a}, res));`,
  (a, b) => `export const get${a} = () => (${a} ??= ${b} = get${a}());`,
  (a, b) => `${a}.batch(${b}, { ...${a}, signal: ${a} }); ${a}.invoke(${a}).then(${b});`,
  (a, b) => `new ChatOpenAI({ ...${a}, timeout: ${a}, maxRetries: ${b}, maxConcurrency: ${a}.n + ${b} });`,
  (a, b) =>
    `Promise.all(${a}.map(async (${b}) => ${b}.invoke(${a}))); ` +
    `${a}.similaritySearch(${b}, ${a}); ${a}.embedQuery(${a});`,
  (a, b) => `if (!${a}) ${a} = ${b}; else if (${a}.has(${a})) ${b} = ${a}.get(${b});`,
];

export const typescript: readonly Write[] = [
  (a) => `type T${a} = T${a}; var ${a} = ${a} as T${a};`,
  (a, b) => `type U${a} = U${b} | U${a}[] | Promise<U${a}>; declare var ${a}: U${a};`,
  (a, b) =>
    `interface I${a} extends I${a}, I${b} { m: I${a}; n: I${b}['m']; run(x: I${a}): I${b}; } declare var ${a}: I${a};`,
  (a, b) => `type V${a} = { m: V${b} } & V${a}; declare var ${a}: V${a}, ${b}: V${a}['m'];`,
  (a, b) => `var ${a}: typeof ${b}, ${b}: typeof ${a};`,
  (a) => `declare function h${a}<T extends T>(x: T): ReturnType<typeof h${a}>; var ${a} = h${a}(${a});`,
  (a) => `{ const ${a}: typeof ${a} = ${a}; ${a}.batch(${a}!); }`,
  (a, b) => `enum E${a} { A = E${a}.A, B = E${b}.B } new ChatOpenAI({ timeout: E${a}.B });`,
  (a, b) => `namespace N${a} { export var ${a} = N${a}.${a} ?? N${b}.${b}; } import Q${a} = N${a}.${a};`,
  (a, b) =>
    `class K${a} { constructor(private m: K${a}, readonly n = m) { this.m = this.n; ` +
    `} run() { return this.n.run(${b}); } } var ${a} = new K${a}(${a});`,
  (a, b) => `var ${a} = <any>${a} satisfies typeof ${b};`,
];

const names = ['a', 'b', 'c', 'model'] as const;
const triple: fc.Arbitrary<Names> = fc.tuple(
  fc.constantFrom(...names),
  fc.constantFrom(...names),
  fc.constantFrom(...names),
);

/** Programs of such lines, some in a function. Many lines fit many names: a program is small, and its web is dense. */
export function cyclicPrograms(lines: readonly Write[]): fc.Arbitrary<string> {
  const line = fc.tuple(fc.constantFrom(...lines), triple).map(([write, each]) => write(...each));
  return fc.tuple(fc.array(line, { minLength: 1, maxLength: 9, size: 'max' }), fc.boolean()).map(([body, isInside]) => {
    const isNested = isInside && !body.some((each) => /^export|^enum|^namespace/u.test(each));
    return HEAD + (isNested ? `export async function run() {\n${body.join('\n')}\n}\n` : `${body.join('\n')}\n`);
  });
}

/** Each line by itself, with one name, with two, and with the names exchanged behind it. */
export function eachLine(lines: readonly Write[]): readonly string[] {
  return lines.flatMap((write) => [
    HEAD + write('a', 'a', 'a'),
    HEAD + write('a', 'b', 'c'),
    `${HEAD}${write('a', 'b', 'c')}\n${write('b', 'a', 'c')}`,
    `${HEAD}var a = new ChatOpenAI();\n${write('a', 'b', 'c')}\n${write('b', 'a', 'c')}\na.invoke(b); b.batch(a, a);`,
  ]);
}
