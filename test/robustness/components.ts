/**
 * Components of Vue, Svelte and Astro: their parsers add scopes, references and nodes that no JavaScript parser has.
 */
import * as typescript from '@typescript-eslint/parser';
import * as astro from 'astro-eslint-parser';
import type { Linter } from 'eslint';
import * as svelte from 'svelte-eslint-parser';
import * as vue from 'vue-eslint-parser';
import { code } from '../helpers/code.ts';

export interface Framework {
  readonly filename: string;
  readonly languageOptions: Linter.LanguageOptions;
  /** A component with a script, whose markup uses names. */
  readonly write: (script: string, names: readonly string[]) => string;
  readonly components: Readonly<Record<string, string>>;
}

const VUE = {
  'a client that the template names': code`
    <script setup lang="ts">
    import { ref } from 'vue';
    import { ChatOpenAI } from '@langchain/openai';

    const llm = new ChatOpenAI({ model: 'gpt-4o-mini' });
    const answer = ref('');

    async function ask(question: string) {
      answer.value = (await llm.invoke(question)).text;
      llm.invoke('and then?');
    }
    async function askAll(questions: string[]) {
      answer.value = (await Promise.all(questions.map((question) => llm.invoke(question)))).join();
    }
    </script>

    <template>
      <p>Model: {{ llm.model }}</p>
      <ModelBadge :model="llm" v-bind="{ llm }" @retry="llm.invoke('hi')" />
      <button :disabled="!llm" @click="ask('hi')">{{ answer || llm.invoke('hello') }}</button>
      <Questions @ask="askAll" @clear="() => { for (const q of ['a', 'b']) llm.invoke(q); }" />
    </template>
  `,
  'lists, slots and two-way bindings': code`
    <script setup lang="ts">
    import { computed, ref, watch, watchEffect } from 'vue';
    import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
    import { ChatPromptTemplate } from '@langchain/core/prompts';
    import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';

    const props = defineProps<{ questions: string[]; llm?: ChatOpenAI }>();
    const emit = defineEmits<{ answered: [text: string] }>();
    const temperature = ref(0);
    const model = computed(() => props.llm ?? new ChatOpenAI({ temperature: temperature.value }));
    const chain = computed(() => ChatPromptTemplate.fromTemplate('{q}').pipe(model.value));
    const store = new MemoryVectorStore(new OpenAIEmbeddings());
    const models = { fast: new ChatOpenAI({ model: 'gpt-4o-mini' }), exact: new ChatOpenAI({ model: 'o3' }) };

    watch(() => props.questions, async (questions) => {
      const answers = await chain.value.batch(questions.map((q) => ({ q })));
      for (const answer of answers) emit('answered', answer.text);
    });
    watchEffect(() => { model.value.invoke('warm up'); });

    async function askAll() {
      return Promise.all(props.questions.map((question) => model.value.invoke(question)));
    }
    defineExpose({ model, askAll });
    </script>

    <script lang="ts">
    import { ChatOpenAI as Shared } from '@langchain/openai';
    export const shared = new Shared({ maxConcurrency: 4 });
    export default { inheritAttrs: false };
    </script>

    <template>
      <ul>
        <li v-for="(question, index) in questions" :key="index">
          {{ question }}
          <button @click="async () => { await Promise.all(questions.map((q) => shared.invoke(q))) }">all</button>
          <span v-for="llm in [models.fast, models.exact]" :key="llm.model" v-text="llm.invoke(question)" />
        </li>
      </ul>
      <Search v-slot="{ store: found = store }" v-model="temperature" :store>
        {{ found.similaritySearch('x', 100) }} {{ model.temperature }} {{ chain }}
      </Search>
      <component
          :is="models[temperature > 0 ? 'fast' : 'exact']"
          v-on="{ click: askAll, [models.fast.model]: model }"
        />
    </template>
  `,
  'the Options API': code`
    <script>
    import { ChatOpenAI } from '@langchain/openai';
    import { RunnableSequence } from '@langchain/core/runnables';

    const shared = new ChatOpenAI({ timeout: 20 });

    export default {
      props: { questions: Array },
      data() {
        return { llm: new ChatOpenAI(), answers: [], shared };
      },
      computed: {
        chain() {
          return RunnableSequence.from([this.llm, (reply) => reply.text]);
        },
        llms: { get() { return [this.llm, this.shared]; }, set(value) { this.llm = value[0]; } },
      },
      async created() {
        for (const question of this.questions) {
          const llm = new ChatOpenAI();
          this.answers.push(await llm.invoke(question));
        }
        this.llm.invoke('warm up');
      },
      methods: {
        async ask(question) {
          this.answers = await Promise.all(this.questions.map((each) => this.llm.invoke(each)));
          return this.chain.invoke(question);
        },
      },
    };
    </script>

    <template>
      <button @click="ask(llm.model)">{{ chain.invoke(answers) }} {{ shared.timeout }}</button>
    </template>
  `,
  'a lazy client, a cycle of names, JSX': code`
    <script setup lang="tsx">
    import { ChatOpenAI, type ChatOpenAIFields } from '@langchain/openai';

    let llm: ChatOpenAI | undefined;
    const getLlm = () => (llm ??= new ChatOpenAI(options));
    const options: ChatOpenAIFields = { ...options, timeout: 20 };
    var model = new ChatOpenAI(options), other = model, model = other;
    const Badge = () => <b onClick={() => getLlm().invoke('hi')}>{model.model}</b>;
    </script>

    <template>
      <Badge :llm="llm" :other :model="model" v-model:options="options" @click="llm = model; model = llm" />
      <input v-model="model.temperature" @input="getLlm().invoke($event.target.value)" />
    </template>
  `,
};

const SVELTE = {
  'a client that the markup uses': code`
    <script lang="ts">
      import { ChatOpenAI } from '@langchain/openai';

      let { questions }: { questions: string[] } = $props();
      const llm = new ChatOpenAI({ model: 'gpt-4o-mini' });
      let answer = $state('');
      const chain = $derived(llm.withConfig({ tags: questions }));

      $effect(() => {
        chain.invoke('warm up');
      });

      async function ask(question: string) {
        answer = (await llm.invoke(question)).text;
      }
      async function askAll() {
        return Promise.all(questions.map((question) => chain.invoke(question)));
      }
    </script>

    <p class={llm.model}>Model: {llm.model} {answer}</p>
    {#each questions as question, index (question)}
      {@const model = new ChatOpenAI({ temperature: index })}
      {#await model.invoke(question)}waiting{:then reply}{reply.text}{:catch error}{error.message}{/await}
      <button onclick={() => ask(question)} {...llm} {llm}>{@html llm.invoke(question)}</button>
    {:else}
      {#await askAll() then replies}{replies.length}{/await}
    {/each}
    {#snippet badge(llm: ChatOpenAI)}<b>{llm.model}{llm.invoke('hi')}</b>{/snippet}
    {@render badge(llm)}
    {#key llm}{#if llm}<Badge bind:llm={answer} on:retry={() => llm.batch(questions)} />{/if}{/key}
    <style>p { color: red; }</style>
  `,
  'stores, reactive statements and a module script': code`
    <script context="module">
      import { ChatOpenAI as Shared } from '@langchain/openai';
      export const shared = new Shared({ maxConcurrency: 4 });
      export async function load({ params }) {
        const model = new Shared();
        return { answer: await model.invoke(params.q) };
      }
    </script>

    <script>
      import { writable } from 'svelte/store';
      import { ChatOpenAI } from '@langchain/openai';

      export let docs = [];
      export let llm = shared;
      const model = writable(new ChatOpenAI());
      let answers = [];
      $: chain = llm.withConfig({ tags: docs });
      $: llm = llm ?? chain;
      $: docs.forEach((doc) => { const each = new ChatOpenAI(); each.invoke(doc); });
      $: ({ temperature } = $model);
      $: if (docs.length > 0) {
        for (const doc of docs) { const each = new ChatOpenAI(); answers.push(each.invoke(doc)); }
      }
      $model = new ChatOpenAI({ timeout: 20 });
      $model.batch(docs);
    </script>

    <input bind:value={$model.temperature} use:action={llm} on:input={() => $model.invoke('x')} class:busy={chain} />
    {#each [$model, llm] as { model: name, ...rest }}{name} {rest.invoke} {temperature}{/each}
  `,
  'a cycle of names': code`
    <script>
      import { ChatOpenAI } from '@langchain/openai';
      var model = new ChatOpenAI({ maxConcurrency: 2 }), other = model, model = other;
      const options = { ...options, timeout: 20 };
      let llm = $state(new ChatOpenAI(options));
      $effect(() => { llm = llm; model = model.withConfig(options); });
    </script>

    <Badge bind:llm bind:model {...options} onclick={() => (llm = model)}>
      {llm.invoke(model)}{model.batch(options)}
    </Badge>
  `,
};

const ASTRO = {
  'a client of the frontmatter': code`
    ---
    import { ChatOpenAI } from '@langchain/openai';
    import Layout from '../layouts/Layout.astro';

    interface Props { questions: string[] }
    const { questions } = Astro.props;
    const llm = new ChatOpenAI({ model: 'gpt-4o-mini' });
    const answers = await Promise.all(questions.map((question) => llm.invoke(question)));
    for (const question of questions) {
      const each = new ChatOpenAI();
      await each.invoke(question);
    }
    llm.invoke('warm up');
    if (questions.length === 0) return Astro.redirect('/');
    ---

    <Layout title={llm.model} {llm} {...llm}>
      {answers.map((answer) => <p>{answer.text}</p>)}
      {questions.map(async (question) => {
        const model = new ChatOpenAI({ timeout: 20, user: question });
        return <li class:list={[llm.model]}>{await model.invoke(question)}</li>;
      })}
      <Fragment set:html={await llm.invoke('hi')} />
      {llm.invoke('hi')}
      <script>
        import { ChatOpenAI } from '@langchain/openai';
        const llm = new ChatOpenAI();
        document.body.addEventListener('click', async () => { await llm.batch(['a', 'b']); llm.invoke('x'); });
      </script>
      <script define:vars={{ llm }}>console.log(llm);</script>
    </Layout>
    <style>p { color: red; }</style>
  `,
  'a cycle of names': code`
    ---
    import { ChatOpenAI } from '@langchain/openai';
    var model = new ChatOpenAI({ maxConcurrency: 2 }), other = model, model = other;
    const options = { ...options, timeout: 20 };
    export async function getStaticPaths() { return [{ params: { model: new ChatOpenAI(options).model } }]; }
    export async function POST({ request }) {
      return new Response(await new ChatOpenAI().invoke(await request.text()));
    }
    ---
    <Badge {model} {...options} client:load>{model.invoke(other)}{[1, 2].map((model) => model.batch(options))}</Badge>
  `,
  'no frontmatter': code`
    <p>{new (await import('@langchain/openai')).ChatOpenAI().invoke('hi')}</p>
  `,
};

const parserOptions = { parser: typescript, sourceType: 'module', ecmaFeatures: { jsx: true } };

export const frameworks: Readonly<Record<string, Framework>> = {
  Vue: {
    filename: 'src/components/Chat.vue',
    languageOptions: { parser: vue, parserOptions },
    write: (script, names) =>
      [
        `<script setup lang="tsx">\n${script}\n</script>`,
        `<template><div>`,
        ...names.map(
          (name) =>
            `<p :a="${name}" @b="${name}.invoke('hi')" @c="${name} = ${name}" v-model="${name}">` +
            `{{ ${name}.model }}</p>`,
        ),
        `</div></template>\n`,
      ].join('\n'),
    components: VUE,
  },
  Svelte: {
    filename: 'src/lib/Chat.svelte',
    languageOptions: { parser: svelte, parserOptions },
    write: (script, names) =>
      [
        `<script lang="ts">\n${script}\n</script>`,
        ...names.map(
          (name) => `<p a={${name}} on:b={() => (${name} = ${name})} bind:c={${name}}>{${name}.invoke('hi')}</p>\n`,
        ),
      ].join('\n'),
    components: SVELTE,
  },
  Astro: {
    filename: 'src/pages/chat.astro',
    languageOptions: { parser: astro, parserOptions },
    write: (script, names) =>
      [
        `---\n${script}\n---`,
        ...names.map((name) => `<p a={${name}} {...${name}}>{${name}.invoke('hi')}{[1].map((x) => (${name} = x))}</p>`),
      ].join('\n'),
    components: ASTRO,
  },
};
