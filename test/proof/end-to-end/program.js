import { ChatOpenAI } from '@langchain/openai';

const model = new ChatOpenAI({
  model: 'gpt-4o-mini',
  timeout: Number(process.env.MODEL_TIMEOUT),
  maxRetries: 0,
  configuration: { baseURL: process.env.MODEL_URL },
});

const reviews = Array.from({ length: 200 }, (_, index) => ({ text: `review ${index}` }));
// One sentence for each review, in the order of the reviews.
const summaries = await Promise.all(reviews.map((review) => model.invoke(`Summarize in one sentence: ${review.text}`)));
for (const summary of summaries) console.log(summary.text);
