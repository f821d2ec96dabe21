import express from 'express';
import { z } from 'zod';
import { pool } from './database.js';
import { monthlyReport, weeklyReport } from './report.js';
import { advice } from './routes/advice.js';
import { articles } from './routes/articles.js';
import { assistant } from './routes/assistant.js';
import { questions } from './routes/questions.js';
import { tickets } from './routes/tickets.js';
import { ticketSchema } from './types.js';

const app = express();
app.use(express.json({ limit: '5mb' }));

app.use('/questions', questions);
app.use('/tickets', tickets);
app.use('/articles', articles);
app.use('/advice', advice);
app.use('/assistant', assistant);

app.post('/reports/:period', async (req, res) => {
  const closed = z.array(ticketSchema).parse(req.body);
  const report = req.params.period === 'week' ? await weeklyReport(closed) : await monthlyReport(closed);
  res.type('text/markdown').send(report);
});

app.get('/health', async (_req, res) => {
  await pool.query('SELECT 1');
  res.json({ waiting: pool.waitingCount });
});

const server = app.listen(Number(process.env.PORT ?? 3000));
process.once('SIGTERM', () => {
  server.close(() => void pool.end());
});
