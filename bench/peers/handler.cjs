// The same work for every peer: the event comes back as JSON.
exports.handler = async (event) => event;
exports.http = (request, response) => response.json(request.body);
