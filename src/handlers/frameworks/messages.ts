import { type FrameworkRow } from './row.ts';

/** Frameworks that deliver messages: sockets and bots. */
export const messageFrameworks: readonly FrameworkRow[] = [
  // Sockets
  {
    name: 'Socket.IO',
    unit: 'event',
    calls: [
      { form: 'method', sources: /^socket\.io$/u, shared: true, names: /^(?:on|onAny|use)$/u },
      // `function registerChat(io, socket) { socket.on('ask', …); }` in a separate file
      {
        form: 'method',
        receivers: /^socket$/u,
        names: /^on$/u,
        except: /^(?:close|connect(?:ion)?|connect_error|disconnect(?:ing)?|end|error|open|ready)$/u,
      },
    ],
  },
  {
    name: 'ws',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^(?:ws|isomorphic-ws)$/u,
        shared: true,
        names: /^(?:addEventListener|on)$/u,
        except: /^(?:close|error|listening|open)$/u,
      },
      {
        form: 'assigned',
        sources: /^(?:ws|isomorphic-ws)$/u,
        receivers: /^(?:ws|\w*[sS]ocket)$/u,
        shared: true,
        names: /^onmessage$/u,
      },
    ],
  },
  // Bots
  {
    name: 'grammY',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^(?:grammy$|https:\/\/deno\.land\/x\/grammy)/u,
        shared: true,
        names: /^(?:callbackQuery|chatType|command|filter|gameQuery|hears|inlineQuery|on|reaction|use)$/u,
      },
      { form: 'function', sources: /^@grammyjs\/conversations$/u, names: /^createConversation$/u },
      { form: 'method', sources: /^@grammyjs\/menu$/u, names: /^(?:interact|text)$/u },
    ],
  },
  {
    name: 'Telegraf',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^telegraf(?:\/|$)/u,
        shared: true,
        names: /^(?:action|command|enter|hears|help|inlineQuery|leave|mention|on|reaction|settings|start|url|use)$/u,
      },
      { form: 'new', sources: /^telegraf(?:\/|$)/u, names: /^(?:Scenes\.)?WizardScene$/u },
    ],
  },
  {
    name: 'Telegram',
    unit: 'message',
    calls: [{ form: 'method', sources: /^node-telegram-bot-api$/u, shared: true, names: /^on(?:Text)?$/u }],
  },
  {
    name: 'discord.js',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^(?:discord\.js|eris|oceanic\.js)$/u,
        shared: true,
        names: /^(?:addListener|on)$/u,
        except: /^(?:client)?ready$|^error$|^warn$|^debug$/iu,
      },
    ],
    // The command and event files of the discord.js guide.
    exports: [
      { names: /^default$/u, keys: /^(?:autocomplete|execute)$/u, keysOnly: true, imports: /^discord\.js$/u },
      { names: /^(?:autocomplete|execute)$/u, imports: /^discord\.js$/u },
    ],
    parameters: [{ names: /^(?:\w+Interaction|Interaction)$/u, sources: /^discord\.js$/u }],
  },
  {
    name: 'Slack',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^@slack\/bolt$/u,
        shared: true,
        names: /^(?:action|assistant|command|event|function|message|options|shortcut|use|view)$/u,
      },
      {
        form: 'new',
        sources: /^@slack\/bolt$/u,
        names: /^Assistant$/u,
        keys: /^(?:threadContextChanged|threadStarted|userMessage)$/u,
      },
    ],
    parameters: [{ names: /^Slack\w+MiddlewareArgs$/u, sources: /^@slack\/bolt$/u }],
  },
  {
    name: 'WhatsApp',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^whatsapp-web\.js$/u,
        names: /^on$/u,
        except: /^(?:qr|ready|authenticated|auth_failure|disconnected)$/u,
      },
    ],
  },
  {
    name: 'Bot Framework',
    unit: 'message',
    calls: [
      {
        form: 'method',
        sources: /^(?:botbuilder|@microsoft\/teams-ai)$/u,
        names: /^(?:activity|message|on[A-Z]\w*)$/u,
      },
    ],
  },
];
