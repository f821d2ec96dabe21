/** A client of the language server of the VS Code ESLint extension. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  ApplyWorkspaceEditRequest,
  type CodeAction,
  CodeActionRequest,
  Command,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExecuteCommandRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  type Range,
  RegistrationRequest,
  ShutdownRequest,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { root } from '../helpers/packed-project.ts';

export type { Range };

/** What the editor calls the language of a file. */
function getLanguage(file: string): string {
  const extension = extname(file).slice(1);
  return extension === 'ts' ? 'typescript' : extension;
}

export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #connection: ProtocolConnection;
  readonly #folder: string;
  #applied: WorkspaceEdit[] = [];
  #version = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#process = spawn(
      process.execPath,
      [join(root, 'node_modules/vscode-langservers-extracted/bin/vscode-eslint-language-server'), '--stdio'],
      { cwd: folder },
    );
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
      codeAction: {
        disableRuleComment: { enable: false, location: 'separateLine', commentStyle: 'line' },
        showDocumentation: { enable: true },
      },
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
    connection.listen();
    await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- Its type asks for it.
      rootUri: null,
      workspaceFolders: [{ name: basename(this.#folder), uri }],
      capabilities: {
        workspace: {
          configuration: true,
          applyEdit: true,
          workspaceFolders: true,
          workspaceEdit: { documentChanges: true },
        },
        textDocument: {
          diagnostic: { dynamicRegistration: false },
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } } },
        },
      },
    });
    await connection.sendNotification(InitializedNotification.type, {});
  }

  async open(file: string, text: string): Promise<readonly Diagnostic[]> {
    this.#version = 1;
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: this.#uri(file), languageId: getLanguage(file), version: this.#version, text },
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
    const report = await this.#connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri: this.#uri(file) },
    });
    if (report.kind !== 'full') throw new Error('The server kept its diagnostics.');
    return report.items;
  }

  /** What the light bulb offers at a range. */
  async quickFixes(
    file: string,
    diagnostics: readonly Diagnostic[],
    range: Range,
  ): Promise<readonly (CodeAction | Command)[]> {
    return (
      (await this.#connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri: this.#uri(file) },
        range,
        context: { diagnostics: [...diagnostics], only: ['quickfix'] },
      })) ?? []
    );
  }

  /** The text after an action, as the editor applies it. */
  async apply(text: string, action: CodeAction | Command): Promise<string> {
    const command = Command.is(action) ? action : action.command;
    this.#applied = !Command.is(action) && action.edit ? [action.edit] : [];
    if (command)
      await this.#connection.sendRequest(ExecuteCommandRequest.type, {
        command: command.command,
        arguments: command.arguments ?? [],
      });
    return TextDocument.applyEdits(TextDocument.create('', '', 0, text), this.#applied.flatMap(getEdits));
  }

  /** The text after the action that `"source.fixAll.eslint"` runs on save. */
  async fixOnSave(file: string, text: string): Promise<string> {
    const range = { start: { line: 0, character: 0 }, end: { line: text.split('\n').length, character: 0 } };
    const actions =
      (await this.#connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri: this.#uri(file) },
        range,
        context: { diagnostics: [], only: ['source.fixAll.eslint'] },
      })) ?? [];
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
  return [
    ...Object.values(changes).flat(),
    ...documentChanges.flatMap((change) => ('edits' in change ? (change.edits as TextEdit[]) : [])),
  ];
}
