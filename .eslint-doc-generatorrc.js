/** @type {import('eslint-doc-generator').GenerateOptions} */
export default {
  // `all` holds every rule: its column would say nothing.
  ignoreConfig: ['all'],
  ruleDocSectionInclude: ['Why it hurts', 'Wrong', 'Right', 'What it cannot see', 'When not to use it'],
};
