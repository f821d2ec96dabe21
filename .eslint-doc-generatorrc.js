/** @type {import('eslint-doc-generator').GenerateOptions} */
export default {
  // `all` holds every rule: its column would say nothing. `flat/recommended` is `recommended` by another name.
  ignoreConfig: ['all', 'flat/recommended'],
  ruleDocSectionInclude: ['Why it hurts', 'Wrong', 'Right', 'What it cannot see', 'When not to use it'],
};
