import { z } from 'zod';
import { list, maxLength, minLength, text } from '../../../core/model.ts';

// The members that operations of CloudWatch share.

const dimension = z.object({
  Name: text(minLength(1), maxLength(255)),
  Value: text(minLength(1), maxLength(1024)),
});

/** As a record; AWS allows 30. */
export const dimensions = () =>
  z
    .array(dimension)
    .refine((all) => all.length <= 30, 'Member must have length less than or equal to 30')
    .transform((all) => Object.fromEntries(all.map(({ Name, Value }) => [Name, Value])));
export const namespace = () => text(minLength(1), maxLength(255));
export const metricName = () => text(minLength(1), maxLength(255));
/** From seconds to milliseconds since the epoch. */
export const timestamp = () => z.number().transform((seconds) => seconds * 1000);
export const unit = () => text(minLength(1), maxLength(64));
export const statistics = () => list([minLength(1), maxLength(32)], { min: 1, max: 20 });
/** Seconds. */
export const period = () =>
  z
    .int()
    .refine(
      (seconds) => seconds >= 60 && seconds % 60 === 0,
      'Member must be a multiple of 60: Hearth keeps minutes',
    );
