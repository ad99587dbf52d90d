import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import httpErrorHandler from '@middy/http-error-handler';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpRouter from '@middy/http-router';
import { createError } from '@middy/util';
import catalogue from './products.json' with { type: 'json' };
import { priceOrder } from './quote.js';

const logger = new Logger({ serviceName: 'shop' });
const products = new Map(catalogue.map((product) => [product.sku, product]));

function json(statusCode, body) {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function listProducts() {
  return json(200, { products: [...products.values()] });
}

async function getProduct(event) {
  const product = products.get(event.pathParameters.sku);
  if (!product) throw createError(404, `There is no product ${JSON.stringify(event.pathParameters.sku)}.`);
  return json(200, product);
}

async function createQuote(event) {
  const quote = priceOrder(event.body, products);
  logger.info('Quote made', { items: quote.lines.length, totalCents: quote.totalCents });
  return json(201, quote);
}

/** A small shop behind an HTTP API or a function URL: events and results of payload format 2.0. */
export const handler = middy()
  .use(injectLambdaContext(logger, { resetKeys: true }))
  .use(
    httpErrorHandler({
      logger: (error) => logger[error.statusCode < 500 ? 'warn' : 'error']('Request failed', { error }),
      fallbackMessage: 'Internal error',
    }),
  )
  .handler(
    httpRouter([
      { method: 'GET', path: '/products', handler: listProducts },
      { method: 'GET', path: '/products/{sku}', handler: getProduct },
      { method: 'POST', path: '/quotes', handler: middy(createQuote).use(httpJsonBodyParser()) },
    ]),
  );
