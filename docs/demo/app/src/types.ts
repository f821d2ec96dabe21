import { z } from 'zod';

export const ticketSchema = z.object({
  id: z.string(),
  subject: z.string(),
  body: z.string(),
  messages: z.array(z.object({ author: z.string(), text: z.string() })).default([]),
});
export type Ticket = z.infer<typeof ticketSchema>;

export interface Article {
  readonly url: string;
  readonly title: string;
  readonly body: string;
}
