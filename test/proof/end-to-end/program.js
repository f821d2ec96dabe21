import { ChatOpenAI } from '@langchain/openai';

const model = new ChatOpenAI({
  model: 'gpt-4o-mini',
  timeout: Number(process.env.MODEL_TIMEOUT),
  maxRetries: 0,
  configuration: { baseURL: process.env.MODEL_URL },
});

/** One sentence for each review, in the order of the reviews. */
async function summarize(reviews) {
  return Promise.all(reviews.map((review) => model.invoke(`Summarize in one sentence: ${review.text}`)));
}

const reviews = Array.from({ length: 200 }, (_, index) => ({ text: `review ${index}` }));
const summaries = await summarize(reviews);
for (const summary of summaries) console.log(summary.text);
