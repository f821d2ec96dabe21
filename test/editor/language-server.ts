/** A client of the language server of the VS Code ESLint extension. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  ApplyWorkspaceEditRequest,
  CodeActionRequest,
  Command,
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExecuteCommandRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  type CodeAction,
  type Diagnostic,
  type ProtocolConnection,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { root } from '../helpers/packed-project.ts';

export type { Range };

export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #connection: ProtocolConnection;
  readonly #folder: string;
  readonly #published = new Map<string, { readonly version: number | undefined; readonly diagnostics: readonly Diagnostic[] }>();
  #applied: WorkspaceEdit[] = [];
  #pulls = false;
  #version = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#process = spawn(process.execPath, [join(root, 'node_modules/vscode-langservers-extracted/bin/vscode-eslint-language-server'), '--stdio'], { cwd: folder });
    this.#connection = createProtocolConnection(this.#process.stdout, this.#process.stdin);
  }

  /** Starts the server on a project, with the settings of the extension at their defaults. */
  static async start(folder: string): Promise<LanguageServer> {
    const server = new LanguageServer(folder);
    await server.#initialize();
    return server;
  }

  async #initialize(): Promise<void> {
    const uri = pathToFileURL(this.#folder).href;
    const connection = this.#connection;
    const settings = {
      validate: 'on',
      packageManager: 'npm',
      useESLintClass: true,
      useFlatConfig: true,
      experimental: {},
      codeAction: { disableRuleComment: { enable: false, location: 'separateLine', commentStyle: 'line' }, showDocumentation: { enable: true } },
      codeActionOnSave: { enable: true, mode: 'all' },
      format: false,
      quiet: false,
      onIgnoredFiles: 'off',
      options: {},
      rulesCustomizations: [],
      run: 'onType',
      problems: { shortenToSingleLine: false },
      nodePath: null,
      workingDirectory: { directory: this.#folder },
      workspaceFolder: { name: basename(this.#folder), uri },
    };
    connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => settings));
    connection.onRequest(RegistrationRequest.type, () => undefined);
    connection.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => {
      this.#applied.push(edit);
      return { applied: true };
    });
    connection.onNotification(PublishDiagnosticsNotification.type, ({ uri: document, version, diagnostics }) => {
      this.#published.set(document, { version, diagnostics });
    });
    connection.listen();
    const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- Its type asks for it.
      rootUri: null,
      workspaceFolders: [{ name: basename(this.#folder), uri }],
      capabilities: {
        workspace: { configuration: true, applyEdit: true, workspaceFolders: true, workspaceEdit: { documentChanges: true } },
        textDocument: {
          publishDiagnostics: { versionSupport: true, codeDescriptionSupport: true },
          diagnostic: { dynamicRegistration: false },
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } } },
        },
      },
    });
    this.#pulls = capabilities.diagnosticProvider !== undefined;
    await connection.sendNotification(InitializedNotification.type, {});
  }

  async open(file: string, text: string): Promise<readonly Diagnostic[]> {
    this.#version = 1;
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: this.#uri(file), languageId: 'typescript', version: this.#version, text },
    });
    return this.#diagnose(file);
  }

  /** Types into the document; nothing is saved. */
  async change(file: string, text: string): Promise<readonly Diagnostic[]> {
    this.#version += 1;
    await this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.#uri(file), version: this.#version },
      contentChanges: [{ text }],
    });
    return this.#diagnose(file);
  }

  async #diagnose(file: string): Promise<readonly Diagnostic[]> {
    const uri = this.#uri(file);
    if (this.#pulls) {
      const report = await this.#connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
      if (report.kind !== 'full') throw new Error('The server kept its diagnostics.');
      return report.items;
    }
    const until = Date.now() + 30_000;
    while (Date.now() < until) {
      const published = this.#published.get(uri);
      if (published?.version === this.#version) return published.diagnostics;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`No diagnostics for version ${String(this.#version)} of ${file}.`);
  }

  /** What the light bulb offers at a range. */
  async quickFixes(file: string, diagnostics: readonly Diagnostic[], range: Range): Promise<readonly (CodeAction | Command)[]> {
    return (await this.#connection.sendRequest(CodeActionRequest.type, { textDocument: { uri: this.#uri(file) }, range, context: { diagnostics: [...diagnostics], only: ['quickfix'] } })) ?? [];
  }

  /** The text after an action, as the editor applies it. */
  async apply(text: string, action: CodeAction | Command): Promise<string> {
    const command = Command.is(action) ? action : action.command;
    this.#applied = !Command.is(action) && action.edit ? [action.edit] : [];
    if (command) await this.#connection.sendRequest(ExecuteCommandRequest.type, { command: command.command, arguments: command.arguments ?? [] });
    return this.#applied.flatMap(getEdits).sort((a, b) => toOffset(text, b.range.start) - toOffset(text, a.range.start)).reduce((rest, { range, newText }) => rest.slice(0, toOffset(text, range.start)) + newText + rest.slice(toOffset(text, range.end)), text);
  }

  /** The text after the action that `"source.fixAll.eslint"` runs on save. */
  async fixOnSave(file: string, text: string): Promise<string> {
    const range = { start: { line: 0, character: 0 }, end: { line: text.split('\n').length, character: 0 } };
    const actions = (await this.#connection.sendRequest(CodeActionRequest.type, { textDocument: { uri: this.#uri(file) }, range, context: { diagnostics: [], only: ['source.fixAll.eslint'] } })) ?? [];
    let fixed = text;
    for (const action of actions) fixed = await this.apply(fixed, action);
    return fixed;
  }

  async stop(): Promise<void> {
    await this.#connection.sendRequest(ShutdownRequest.type);
    await this.#connection.sendNotification(ExitNotification.type);
    this.#connection.dispose();
    this.#process.kill();
  }

  #uri(file: string): string {
    return pathToFileURL(join(this.#folder, file)).href;
  }
}

function getEdits({ changes = {}, documentChanges = [] }: WorkspaceEdit): readonly TextEdit[] {
  return [...Object.values(changes).flat(), ...documentChanges.flatMap((change) => ('edits' in change ? (change.edits as TextEdit[]) : []))];
}

function toOffset(text: string, { line, character }: Range['start']): number {
  const lines = text.split('\n');
  return lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0) + character;
}
