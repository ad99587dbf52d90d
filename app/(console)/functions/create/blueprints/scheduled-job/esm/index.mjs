import { setTimeout as wait } from 'node:timers/promises';

const batchSize = 25;
/** Milliseconds kept for ending well. */
const reserve = 500;

/** @type {import('aws-lambda').Handler<import('aws-lambda').ScheduledEvent>} */
export const handler = async (event, context) => {
  const items = findItems(event.time);
  let done = 0;
  while (done < items.length && context.getRemainingTimeInMillis() > reserve) {
    await Promise.all(items.slice(done, done + batchSize).map(work));
    done = Math.min(done + batchSize, items.length);
    console.log(`${done} of ${items.length}`);
  }
  return { scheduledFor: event.time, done, left: items.length - done };
};

/** Stands for a query: what is due at the scheduled time, not at the time of running. */
function findItems(time) {
  return Array.from({ length: 100 }, (_, index) => ({ id: index + 1, due: time }));
}

/** Stands for the work. It may run twice for one item, so it must not mind. */
async function work(item) {
  await wait(2);
  return item.id;
}
