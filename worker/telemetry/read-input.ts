import type { z } from 'zod';
import type { JsonObject } from '../../core/caller.ts';
import { ServiceError } from '../../core/errors.ts';
import { validate } from '../../core/validation.ts';
import { AwsFault } from './aws-fault.ts';

/**
 * Checks a request against its model.
 * @throws AwsFault InvalidParameterException, in AWS's words; SerializationException for a wrong JSON type.
 */
export function readInput<Model extends z.ZodType>(model: Model, input: JsonObject): z.output<Model> {
  try {
    return validate(model, input);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const code = error.code === 'SerializationException' ? error.code : 'InvalidParameterException';
    throw new AwsFault(code, error.message);
  }
}
