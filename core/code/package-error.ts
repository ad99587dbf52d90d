import { ServiceError } from '../errors.ts';
import { limits } from '../limits.ts';

/** Lambda's one answer to every zip that is broken or dangerous; `reason` is for the log. */
export function cannotUnzip(reason: string | Error): ServiceError {
  return new ServiceError(
    'InvalidParameterValueException',
    'Could not unzip uploaded file. Please check your file, then try to upload again.',
    { cause: reason },
  );
}

/** The answer to a package without a file in it. */
export function emptyPackage(): ServiceError {
  return new ServiceError('InvalidParameterValueException', 'Uploaded file must be a non-empty zip');
}

/** The answer to a zip over 50 MB. */
export function zippedTooLarge(): ServiceError {
  return new ServiceError(
    'RequestEntityTooLargeException',
    `Zipped size must be smaller than ${limits.codeZippedBytes} bytes`,
  );
}

/** The answer to files over 250 MB together. */
export function unzippedTooLarge(): ServiceError {
  return new ServiceError(
    'InvalidParameterValueException',
    `Unzipped size must be smaller than ${limits.codeUnzippedBytes} bytes`,
  );
}
