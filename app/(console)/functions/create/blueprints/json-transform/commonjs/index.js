/**
 * @typedef {{ customer: string, item: string, quantity: number, price: number }} Order
 * @type {import('aws-lambda').Handler<{ orders: Order[] }>}
 */
exports.handler = async ({ orders }) => {
  const wrong = orders.filter((order) => !isOrder(order));
  if (wrong.length > 0) throw new TypeError(`Not an order: ${JSON.stringify(wrong[0])}`);

  const byCustomer = Object.groupBy(orders, (order) => order.customer);
  const customers = Object.entries(byCustomer).map(([customer, theirs]) => ({
    customer,
    items: theirs.reduce((sum, order) => sum + order.quantity, 0),
    total: inCents(theirs) / 100,
  }));
  console.log(`${orders.length} orders of ${customers.length} customers`);
  return { customers: customers.sort((a, b) => b.total - a.total), total: inCents(orders) / 100 };
};

function isOrder(order) {
  return typeof order?.customer === 'string' && order.quantity > 0 && order.price >= 0;
}

/** Whole cents: sums of fractions drift. */
function inCents(orders) {
  return orders.reduce((sum, order) => sum + Math.round(order.quantity * order.price * 100), 0);
}
