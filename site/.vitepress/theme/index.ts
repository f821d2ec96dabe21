import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { defineComponent, h, onMounted, ref } from 'vue';
import chart from '../../../docs/images/proof.svg?raw';

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

/** The chart of the README, in the colours of the page: by itself it would follow the system, not the page's switch. */
const ProofChart = defineComponent(() => () => {
  const innerHTML = chart.replace(/<style>.*?<\/style>/su, '');
  // It scrolls where the page is narrow, by the keyboard too.
  return h('div', { class: 'proof', tabindex: 0, role: 'group', 'aria-label': 'Chart', innerHTML });
});

const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('LintPlayground', Playground);
    app.component('ProofChart', ProofChart);
  },
};

export default theme;
