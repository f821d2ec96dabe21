import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { defineComponent, h, onMounted, ref } from 'vue';

import './style.css';

/** Loads the playground where there is a browser. */
const Playground = defineComponent(() => {
  const root = ref<HTMLElement | null>(null);
  onMounted(async () => {
    const { mount } = await import('../../playground/playground.ts');
    if (root.value) await mount(root.value);
  });
  return () => h('div', { ref: root }, 'Loading the linter …');
});

const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('LintPlayground', Playground);
  },
};

export default theme;
