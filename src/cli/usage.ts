/** What is wrong with how the command was called, or with what it was given: shown without a stack, exit code 2. */
export class UsageError extends Error {}

export const USAGE = `Usage: eslint-plugin-langchain <command> [paths]

  check [paths]        Lint with the recommended rules, or by the project's own configuration where there is one.
      --format <name>  A formatter of ESLint.
  inventory [paths]    What one process can have in flight, where, and what bounds it.
      --json, --markdown, --html   The form; Markdown is the default.
      --compare <file>             What has changed since an inventory in JSON.
      --fail-over-budget           Exit with 1 when it exceeds settings.langchain.budget.
  init                 Show the ESLint configuration that fits the project.
      --write          Write it; an existing configuration is never overwritten.

  --help, --version
`;
