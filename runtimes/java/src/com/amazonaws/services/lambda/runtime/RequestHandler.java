package com.amazonaws.services.lambda.runtime;

/** A handler whose event is read from JSON and whose result is written as JSON. */
public interface RequestHandler<I, O> {
  O handleRequest(I input, Context context);
}
