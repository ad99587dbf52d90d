import { createError } from '@middy/util';

const minimumForDiscountCents = 10_000;
const discountPercent = 5;

/**
 * Prices an order.
 *
 * @param {{ items?: { sku: string, quantity: number }[] }} order
 * @param {Map<string, { sku: string, name: string, priceCents: number }>} products
 * @throws an HTTP 400 that names the first wrong item
 */
export function priceOrder(order, products) {
  if (!Array.isArray(order?.items) || order.items.length === 0) {
    throw createError(400, 'The order needs at least one item.');
  }
  const lines = order.items.map(({ sku, quantity }) => {
    const product = products.get(sku);
    if (!product) throw createError(400, `There is no product ${JSON.stringify(sku)}.`);
    if (!Number.isInteger(quantity) || quantity < 1) {
      throw createError(400, `The quantity of ${sku} must be a whole number of at least 1.`);
    }
    return { sku, quantity, amountCents: quantity * product.priceCents };
  });
  const subtotalCents = lines.reduce((sum, line) => sum + line.amountCents, 0);
  const discountCents =
    subtotalCents >= minimumForDiscountCents ? Math.round((subtotalCents * discountPercent) / 100) : 0;
  return { lines, subtotalCents, discountCents, totalCents: subtotalCents - discountCents };
}
