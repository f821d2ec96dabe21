import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import { createAgent } from 'langchain';
import { pool } from './database.js';
import { answerModel } from './models.js';
import { planDetails, readAttachment, serviceStatus } from './tools.js';

export const agent = createAgent({
  model: answerModel,
  tools: [planDetails, readAttachment, serviceStatus],
  checkpointer: new PostgresSaver(pool),
});
