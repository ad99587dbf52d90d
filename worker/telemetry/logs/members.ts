import { integer, list, map, maxLength, minLength, pattern, text } from '../../../core/model.ts';

// The members that many operations of CloudWatch Logs share, with AWS's constraints.

const groupNameConstraints = [minLength(1), maxLength(512), pattern('[\\.\\-_/#A-Za-z0-9]+')];
const streamNameConstraints = [minLength(1), maxLength(512), pattern('[^:*]*')];

export const groupName = () => text(...groupNameConstraints);
export const groupIdentifier = () => text(minLength(1), maxLength(2048), pattern('[\\w#+=/:,.@-]*'));
export const streamName = () => text(...streamNameConstraints);
export const streamNames = () => list(streamNameConstraints, { min: 1, max: 100 });
/** Milliseconds since the epoch. */
export const time = () => integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
export const token = () => text(minLength(1));
/** Of lists of groups and streams. */
export const describeLimit = () => integer({ min: 1, max: 50 });
/** Of events. */
export const eventsLimit = () => integer({ min: 1, max: 10_000 });
export const filterPattern = () => text(maxLength(1024));

const tagCharacters = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]';
const tagKeyConstraints = [minLength(1), maxLength(128), pattern(`(${tagCharacters}+)`)];
export const tags = () =>
  map({
    keys: tagKeyConstraints,
    values: [maxLength(256), pattern(`(${tagCharacters}*)`)],
    sensitive: false,
  });
export const tagKeys = () => list(tagKeyConstraints, { max: 50 });
