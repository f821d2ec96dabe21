/** An error in the command's arguments or input: printed without a stack, exit code 2. */
export class UsageError extends Error {}

export const USAGE = `Usage: eslint-plugin-langchain <command> [paths]

  check [paths]        Lint with the project's configuration, or the recommended rules if it has none.
      --format <name>  An ESLint formatter.
  inventory [paths]    What one process can have in flight, where, and what bounds it.
      --json, --markdown, --html   Output format; Markdown by default.
      --compare <file>             What has changed since an earlier JSON inventory.
      --fail-over-budget           Exit with 1 if it exceeds settings.langchain.budget.
  init                 Show the ESLint configuration that fits the project.
      --write          Write it; an existing configuration is never overwritten.

  --help, --version
`;
